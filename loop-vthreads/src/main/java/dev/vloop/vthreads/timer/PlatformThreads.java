package dev.vloop.vthreads.timer;

import java.security.AccessController;
import java.security.PrivilegedAction;

/**
 * Makes the platform threads that the engine keeps for itself. They inherit nothing from whoever happens to need them first: that may be
 * a plugin, which goes away.
 */
public final class PlatformThreads {
    private PlatformThreads() {}

    /**
     * {@return a thread that is not started, with the system's class loader as its context class loader}
     *
     * @param name its name
     * @param daemon whether the JVM may end while it runs
     * @param body what it is to run
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

    private static final class Maker implements PrivilegedAction<Thread> {
        private final String name;
        private final boolean daemon;
        private final Runnable body;

        Maker(String name, boolean daemon, Runnable body) {
            this.name = name;
            this.daemon = daemon;
            this.body = body;
        }

        @Override
        @SuppressWarnings("ThreadPriorityCheck") // nor does it inherit the priority
        public Thread run() {
            return Thread.ofPlatform()
                    .group(rootGroup())
                    .priority(Thread.NORM_PRIORITY)
                    .daemon(daemon)
                    .name(name)
                    .inheritInheritableThreadLocals(false) // nor the context class loader
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
