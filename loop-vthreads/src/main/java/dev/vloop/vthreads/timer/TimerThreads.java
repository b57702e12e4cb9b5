package dev.vloop.vthreads.timer;

import java.security.AccessController;
import java.security.PrivilegedAction;

/** Makes the timer's thread. It inherits nothing from whoever happens to need the timer first: that may be a plugin, which goes away. */
class TimerThreads {
    static final String NAME = "vloop-timer";

    /** {@return the timer's own thread, not started} Bodies that hold every carrier do not hold it up. */
    @SuppressWarnings("removal") // where there are access-control contexts, there is this way not to inherit one
    Thread platform(Runnable timer) {
        Maker maker = new Maker(timer);
        try {
            return AccessController.doPrivileged(maker);
        } catch (LinkageError e) { // a JDK that has dropped it has no such contexts
            return maker.run();
        }
    }

    /** {@return what stands in while no platform thread is to be had, not started} */
    Thread virtual(Runnable timer) {
        return Thread.ofVirtual()
                .name(NAME)
                .inheritInheritableThreadLocals(false)
                .unstarted(timer);
    }

    private static final class Maker implements PrivilegedAction<Thread> {
        private final Runnable timer;

        Maker(Runnable timer) {
            this.timer = timer;
        }

        @Override
        @SuppressWarnings("ThreadPriorityCheck") // nor does it inherit the priority
        public Thread run() {
            return Thread.ofPlatform()
                    .group(rootGroup())
                    .priority(Thread.NORM_PRIORITY)
                    .daemon()
                    .name(NAME)
                    .inheritInheritableThreadLocals(false) // nor the context class loader: it has the system's
                    .unstarted(timer);
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
