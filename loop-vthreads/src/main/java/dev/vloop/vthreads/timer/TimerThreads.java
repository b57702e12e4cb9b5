package dev.vloop.vthreads.timer;

import dev.vloop.internal.PlatformThreads;

/** Makes the timer's thread. */
class TimerThreads {
    static final String NAME = "vloop-timer";

    /** {@return the timer's own thread, not started} */
    Thread platform(Runnable timer) {
        return PlatformThreads.make(NAME, true, timer);
    }

    /** {@return a virtual thread that stands in while there is no platform thread; it is not started} */
    Thread virtual(Runnable timer) {
        return Thread.ofVirtual()
                .name(NAME)
                .inheritInheritableThreadLocals(false)
                .unstarted(timer);
    }

    /** Tries whether the JDK's timed parks work, see {@link JdkPark}. {@return whether they are known to work} */
    boolean tryPark() {
        return JdkPark.tryOnThread();
    }
}
