package dev.vloop.vthreads.timer;

import dev.vloop.internal.PlatformThreads;

/** Makes the timer's thread. */
class TimerThreads {
    static final String NAME = "vloop-timer";

    /** {@return the timer's own thread, not started} */
    Thread platform(Runnable timer) {
        return PlatformThreads.make(NAME, true, timer);
    }

    /** {@return what stands in while no platform thread is to be had, not started} */
    Thread virtual(Runnable timer) {
        return Thread.ofVirtual()
                .name(NAME)
                .inheritInheritableThreadLocals(false)
                .unstarted(timer);
    }
}
