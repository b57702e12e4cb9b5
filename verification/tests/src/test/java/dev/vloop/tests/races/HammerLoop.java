package dev.vloop.tests.races;

import dev.vloop.Iteration;
import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What is known about one hammered loop, and what must hold. */
final class HammerLoop {
    final String name;
    final boolean mayBeCancelled;
    final long timeoutNanos;
    final int maxConcurrent;
    private final Queue<String> violations;

    /** Requests to cancel, counted before they are made, and when they are over. */
    final AtomicLong cancelsBegun = new AtomicLong();

    final AtomicLong cancelsOver = new AtomicLong();

    final AtomicLong starts = new AtomicLong();
    final AtomicLong ends = new AtomicLong();
    final AtomicLong afters = new AtomicLong();
    final AtomicLong bodies = new AtomicLong();
    final AtomicLong interrupted = new AtomicLong();
    final AtomicLong forksBegun = new AtomicLong();
    final AtomicLong forksOver = new AtomicLong();
    private final AtomicInteger inBody = new AtomicInteger();

    // of the run; written on its threads, which follow each other
    private volatile boolean open;
    private volatile long cancelsOverAtStart;

    /** A run may be cancelled before it has begun with anything, and then is interrupted nowhere. */
    private volatile long cancelsOverAtLastEnd;

    private volatile long nextIndex;
    private final AtomicInteger aftersOfRun = new AtomicInteger();

    /** An attempt begins after it, and its time limit with it. */
    private volatile long beforeAttempt;

    HammerLoop(String name, boolean mayBeCancelled, long timeoutNanos, int maxConcurrent, Queue<String> violations) {
        this.name = name;
        this.mayBeCancelled = mayBeCancelled;
        this.timeoutNanos = timeoutNanos;
        this.maxConcurrent = maxConcurrent;
        this.violations = violations;
    }

    void check(boolean holds, String what) {
        if (!holds && violations.size() < 20) {
            violations.add(name + ": " + what);
        }
    }

    void onStart() {
        check(!open, "a run begins before the last one is over");
        open = true;
        cancelsOverAtStart = cancelsOver.get();
        nextIndex = 0;
        aftersOfRun.set(0);
        starts.incrementAndGet();
    }

    void onIteration(Iteration iteration) {
        check(open, "an iteration outside of a run");
        beforeAttempt = System.nanoTime();
        if (maxConcurrent > 1) {
            return;
        }
        check(iteration.index() == nextIndex, "index " + iteration.index() + " instead of " + nextIndex);
        nextIndex = iteration.index() + 1;
    }

    void onIterationEnd(Iteration last) {
        check(open, "an end of an iteration outside of a run");
        check(maxConcurrent > 1 || last.index() == nextIndex - 1, "an end of another iteration");
    }

    void onEnd(LoopEnd end) {
        check(open, "a second end");
        check(aftersOfRun.get() == 1, aftersOfRun + " afterLoop in a run");
        check(inBody.get() == 0, "a body outlives its run");
        check(!end.isCancelled() || cancelsBegun.get() != cancelsOverAtLastEnd, "cancelled, and nobody asked for it");
        check(!end.isFailed(), "failed: " + end);
        open = false;
        cancelsOverAtLastEnd = cancelsOver.get();
        ends.incrementAndGet();
    }

    void beginBody() {
        check(inBody.incrementAndGet() <= maxConcurrent, "too many bodies at once");
        check(open, "a body outside of a run");
        bodies.incrementAndGet();
        checkFlag("at the begin of a body");
    }

    void endBody() {
        checkFlag("at the end of a body");
        beforeAttempt = System.nanoTime();
        inBody.decrementAndGet();
    }

    void checkFlag(String where) {
        if (Thread.currentThread().isInterrupted()) {
            checkInterrupt(where);
        }
    }

    /** The current thread was interrupted: that must have been asked for. */
    void checkInterrupt(String where) {
        interrupted.incrementAndGet();
        boolean timedOut = timeoutNanos > 0 && System.nanoTime() - beforeAttempt >= timeoutNanos;
        check(timedOut || cancelsBegun.get() != cancelsOverAtStart, "a stray interrupt " + where);
    }

    void beginAfterLoop() {
        afters.incrementAndGet();
        aftersOfRun.incrementAndGet();
        check(!Thread.currentThread().isInterrupted(), "the flag is set in afterLoop");
    }

    void endAfterLoop(boolean interrupted) {
        check(!interrupted && !Thread.currentThread().isInterrupted(), "an interrupt in afterLoop");
    }

    void cancels(Loop loop, Runnable request) {
        if (!mayBeCancelled) {
            loop.stop();
            return;
        }
        cancelsBegun.incrementAndGet();
        try {
            request.run();
        } finally {
            cancelsOver.incrementAndGet();
        }
    }
}
