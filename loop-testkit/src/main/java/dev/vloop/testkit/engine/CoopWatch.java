package dev.vloop.testkit.engine;

import dev.vloop.testkit.engine.VirtualTimeError.Kind;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How the test's thread waits for the baton: in real time, and with a look now and then at who has it. If the baton does not move, and the
 * thread that has it is seen blocked again and again, then that thread waits where virtual time does not see it. The watch does not guess
 * whether it is idle: the test fails. Confined to the test's thread.
 */
final class CoopWatch implements Runnable {
    /** The longest pause between two looks, in real nanoseconds. */
    private static final long LONGEST_TICK = 20_000_000;

    private final Baton baton;
    private final ExternalWork external;
    private final HostSettings settings;
    private final Supplier<List<ThreadReport>> threads;

    /** How often the baton had been handed over at the last look. A new wait begins with that, so it is never taken for the last one. */
    private long seenSwitches;

    /** Since when the watch has seen the baton in the same hands, in real nanoseconds. */
    private long since;

    /** Since when it has seen the thread that has the baton blocked, in real nanoseconds. */
    private long blockedSince;

    CoopWatch(Baton baton, ExternalWork external, HostSettings settings, Supplier<List<ThreadReport>> threads) {
        this.baton = baton;
        this.external = external;
        this.settings = settings;
        this.threads = threads;
    }

    /** Pauses until the baton is granted or it is time to look. Then looks. */
    @Override
    public void run() {
        LockSupport.parkNanos(
                this, Math.min(LONGEST_TICK, Math.max(1, settings.patience().toNanos() / 8)));
        Observation seen = look();
        if (seen != null && baton.breakUp()) {
            throw error(seen.kind, seen.node);
        }
    }

    /** What is wrong, and the thread that is to blame; null if no single one is. */
    private record Observation(Kind kind, @Nullable CoopNode node) {}

    /** {@return what is wrong, null if nothing is} */
    private @Nullable Observation look() {
        CoopNode runner = baton.runner();
        long now = System.nanoTime();
        if (external.overdue(settings.externalLimit()) != null) {
            return new Observation(Kind.EXTERNAL, null);
        }
        if (runner == null || baton.switches() != seenSwitches) {
            seenSwitches = baton.switches();
            since = now;
            blockedSince = now;
            return null;
        }
        Thread.State state = runner.thread().getState();
        if (state == Thread.State.RUNNABLE) {
            blockedSince = now;
            return now - since > settings.stall().toNanos() ? new Observation(Kind.SPIN, runner) : null;
        }
        if (state == Thread.State.TIMED_WAITING
                && Frames.isRealSleep(runner.thread().getStackTrace())) {
            return baton.switches() == seenSwitches ? new Observation(Kind.REAL_SLEEP, runner) : null;
        }
        if (now - blockedSince <= settings.patience().toNanos()) {
            return null;
        }
        return new Observation(state == Thread.State.NEW ? Kind.NEVER_STARTED : Kind.BLOCKED_ELSEWHERE, runner);
    }

    /** {@return an error with the state of all threads of the test} */
    VirtualTimeError error(Kind kind, @Nullable CoopNode node) {
        return Diagnosis.error(
                kind,
                "COOPERATIVE",
                baton.now(),
                node == null ? null : node.report(),
                external.overdue(settings.externalLimit()),
                threads.get());
    }
}
