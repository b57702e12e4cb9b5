package dev.vloop.testkit;

import java.util.concurrent.locks.LockSupport;

/** A timed wait of the JDK, kept in the order of virtual deadlines. The JDK looks at its own clock when it ends, so the end takes real time too. */
final class RealTimer extends VirtualTimer {
    private final long realDeadline;
    private final Runnable command;

    RealTimer(long deadline, long realDeadline, Runnable command) {
        super(deadline);
        this.realDeadline = realDeadline;
        this.command = command;
    }

    @Override
    void fire() {
        for (long left = realDeadline - System.nanoTime(); left > 0; left = realDeadline - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
        command.run();
    }
}
