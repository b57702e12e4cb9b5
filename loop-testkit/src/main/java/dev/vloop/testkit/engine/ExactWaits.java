package dev.vloop.testkit.engine;

import dev.vloop.spi.Host;
import dev.vloop.testkit.engine.ThreadReport.Doing;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The waits of the host in the exact engine. The test's thread lets {@link ExactPump} run until it may wake; a thread that is
 * carried parks, and so leaves the carrier.
 */
final class ExactWaits {
    private final Carrier carrier;
    private final ExactTimers timers;
    private final ExactPump pump;

    /** Whether the test's time was closed. */
    private final BooleanSupplier over;

    /** The permit of the test's thread. Any thread sets it. */
    private volatile boolean testPermit;

    ExactWaits(Carrier carrier, ExactTimers timers, ExactPump pump, BooleanSupplier over) {
        this.carrier = carrier;
        this.timers = timers;
        this.pump = pump;
        this.over = over;
    }

    void sleepUntil(long deadline) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (isTest()) {
            requireGoing();
            if (pump.run(deadline, () -> false)) {
                Thread.interrupted(); // the exception says it instead
                throw new InterruptedException();
            }
        } else {
            sleep(me(), deadline);
        }
    }

    private void sleep(ExactNode me, long deadline) throws InterruptedException {
        if (pump.passTo(deadline)) {
            return;
        }
        WakeUp wakeUp = begin(me, Doing.SLEEPING, deadline);
        try {
            while (!wakeUp.fired) {
                LockSupport.park(this);
                if (over.getAsBoolean()) {
                    throw new TestOver();
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        } finally {
            end(me, wakeUp);
        }
    }

    void park(long deadline) {
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        if (isTest()) {
            requireGoing();
            if (!testPermit) {
                pump.run(deadline, () -> testPermit);
            }
            testPermit = false;
            return;
        }
        ExactNode me = me();
        if (!me.permit && !pump.passTo(deadline)) {
            WakeUp wakeUp = begin(me, Doing.PARKED, deadline);
            try {
                while (!wakeUp.fired && !me.permit && !Thread.currentThread().isInterrupted()) {
                    LockSupport.park(this);
                    if (over.getAsBoolean()) {
                        throw new TestOver();
                    }
                }
            } finally {
                end(me, wakeUp);
            }
        }
        me.permit = false;
    }

    /** Any thread may call it. */
    void unpark(Thread thread) {
        if (thread == carrier.thread()) {
            testPermit = true;
            carrier.nudge();
            return;
        }
        ExactNode node = carrier.threads().node(thread);
        if (node != null) {
            node.permit = true;
            LockSupport.unpark(thread);
        }
    }

    private WakeUp begin(ExactNode me, Doing doing, long deadline) {
        if (over.getAsBoolean()) {
            throw new TestOver();
        }
        WakeUp wakeUp = new WakeUp(Math.max(deadline, timers.now()), me.thread());
        if (deadline != Host.NEVER) {
            timers.add(wakeUp);
        }
        me.doing = doing;
        me.deadline = deadline;
        return wakeUp;
    }

    private void end(ExactNode me, WakeUp wakeUp) {
        me.doing = Doing.RUNNING;
        timers.remove(wakeUp);
    }

    /** Refuses a wait of the test's thread after the end of the test. */
    void requireGoing() {
        if (over.getAsBoolean()) {
            throw Misuse.after(carrier.thread().getName());
        }
    }

    private boolean isTest() {
        return Thread.currentThread() == carrier.thread();
    }

    private ExactNode me() {
        ExactNode node = carrier.threads().node(Thread.currentThread());
        if (node == null) {
            throw Misuse.outside(timers.now());
        }
        return node;
    }

    /** The end of a wait. Confined to the carrier. */
    private static final class WakeUp extends VirtualTimer {
        private final Thread thread;
        private boolean fired;

        WakeUp(long deadline, Thread thread) {
            super(deadline);
            this.thread = thread;
        }

        @Override
        void fire() {
            fired = true;
            LockSupport.unpark(thread);
        }
    }
}
