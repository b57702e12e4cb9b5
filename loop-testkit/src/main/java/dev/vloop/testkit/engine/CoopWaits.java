package dev.vloop.testkit.engine;

import dev.vloop.testkit.engine.ThreadReport.Doing;
import dev.vloop.testkit.engine.VirtualTimeError.Kind;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The waits of the host in the cooperative engine: a thread gives up the baton and waits until it has it again. Each thread calls this
 * for itself.
 */
final class CoopWaits {
    private final CoopNode test;
    private final Baton baton;
    private final CoopWatch watch;

    /** Whether the test's time was closed. */
    private final BooleanSupplier over;

    /**
     * The error after which the threads of the test no longer take turns. Whatever the test does afterwards fails with it too.
     * Confined to the test's thread.
     */
    private @Nullable VirtualTimeError broken;

    CoopWaits(CoopNode test, Baton baton, CoopWatch watch, BooleanSupplier over) {
        this.test = test;
        this.baton = baton;
        this.watch = watch;
        this.over = over;
    }

    void sleepUntil(CoopNode me, long deadline) throws InterruptedException {
        do {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            block(me, Doing.SLEEPING, deadline);
        } while (baton.now() < deadline && !Thread.currentThread().isInterrupted());
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    void park(CoopNode me, long deadline) {
        if (!Thread.currentThread().isInterrupted()) {
            block(me, Doing.PARKED, deadline);
        }
    }

    /** Moves time. On the test's thread. */
    void advanceTo(long nanos) {
        do {
            block(test, Doing.SLEEPING, nanos);
            if (Thread.currentThread().isInterrupted()) {
                throw watch.error(Kind.INTERRUPTED, null);
            }
        } while (baton.now() < nanos);
    }

    /** Gives up the baton, and returns when this thread has it again. */
    private void block(CoopNode me, Doing doing, long deadline) {
        requireGoing(me);
        CoopNode next = baton.release(me, doing, deadline);
        if (next != me) {
            me.beginWait(); // before the next one runs: it may interrupt this one
            try {
                grant(next);
                awaitBaton(me);
            } finally {
                me.endWait();
            }
        }
        if (me == test) {
            Kind verdict = baton.takeVerdict();
            if (verdict != null) {
                throw watch.error(verdict, baton.accused());
            }
        }
    }

    private void requireGoing(CoopNode me) {
        if (me == test) {
            if (broken != null) {
                throw broken;
            }
            if (over.getAsBoolean()) {
                throw Misuse.after(me.thread().getName());
            }
        } else if (over.getAsBoolean()) {
            throw new TestOver();
        }
    }

    /** Returns when this thread has the baton again. */
    void awaitBaton(CoopNode me) {
        if (me == test) {
            try {
                me.awaitGrant(watch);
            } catch (VirtualTimeError e) {
                broken = e;
                throw e;
            }
        } else {
            awaitFirst(me);
            if (over.getAsBoolean()) {
                throw new TestOver();
            }
        }
    }

    /** Returns when a new thread has the baton for the first time, or the test is over. */
    void awaitFirst(CoopNode me) {
        me.awaitGrant(() -> LockSupport.park(this));
    }

    /** Hands the baton to whoever was chosen, if anybody was. */
    static void grant(@Nullable CoopNode next) {
        if (next != null) {
            next.grant();
        }
    }
}
