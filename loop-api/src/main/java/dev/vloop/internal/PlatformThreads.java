package dev.vloop.internal;

import java.security.AccessController;
import java.security.PrivilegedAction;

/**
 * Makes the platform threads that our own modules keep for themselves. They inherit nothing from whoever happens to need them first: that may be a
 * plugin, whose classes a thread would keep in memory.
 */
public final class PlatformThreads {
    private PlatformThreads() {}

    /**
     * {@return a thread that is not started} It has the system's class loader, no thread-locals, the topmost group and normal priority.
     *
     * @param name its name
     * @param daemon whether the JVM may end while it runs
     * @param body what it runs
     */
    @SuppressWarnings("removal") // where there are access-control contexts, there is this way not to inherit one
    public static Thread make(String name, boolean daemon, Runnable body) {
        Maker maker = new Maker(name, daemon, body);
        try {
            return AccessController.doPrivileged(maker);
        } catch (LinkageError e) { // a JDK that has dropped it has no such contexts
            return maker.run();
        }
    }

    private record Maker(String name, boolean daemon, Runnable body) implements PrivilegedAction<Thread> {
        @Override
        @SuppressWarnings("ThreadPriorityCheck") // nor does it inherit the priority
        public Thread run() {
            return Thread.ofPlatform()
                    .group(rootGroup())
                    .priority(Thread.NORM_PRIORITY)
                    .daemon(daemon)
                    .name(name)
                    .inheritInheritableThreadLocals(false)
                    .unstarted(body);
        }

        private static ThreadGroup rootGroup() {
            ThreadGroup group = Thread.currentThread().getThreadGroup();
            for (ThreadGroup parent = group.getParent(); parent != null; parent = group.getParent()) {
                group = parent;
            }
            return group;
        }
    }
}
