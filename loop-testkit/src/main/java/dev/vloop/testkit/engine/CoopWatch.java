package dev.vloop.testkit.engine;

import dev.vloop.testkit.engine.VirtualTimeError.Kind;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How the test's thread waits for the baton: in real time, looking now and then at who has it. A thread that has it
 * and is seen blocked again and again, while the baton does not move, waits where virtual time does not see it;
 * whether it is idle is not guessed. On the test's thread only.
 */
final class CoopWatch implements Runnable {
    private static final long LONGEST_TICK = 20_000_000;

    private final Baton baton;
    private final ExternalWork external;
    private final HostSettings settings;
    private final Supplier<List<ThreadReport>> threads;

    /** What was seen last, and since when (real time). */
    private long seenSwitches;

    private long since;
    private long blockedSince;

    CoopWatch(Baton baton, ExternalWork external, HostSettings settings, Supplier<List<ThreadReport>> threads) {
        this.baton = baton;
        this.external = external;
        this.settings = settings;
        this.threads = threads;
    }

    /** Begins a wait. */
    void begin() {
        seenSwitches = -1;
    }

    /** Pauses until the baton is granted or it is time to look, then looks. */
    @Override
    public void run() {
        LockSupport.parkNanos(
                this, Math.min(LONGEST_TICK, Math.max(1, settings.patience().toNanos() / 8)));
        Observation seen = look();
        if (seen != null && baton.breakUp()) {
            throw error(seen.kind, seen.node);
        }
    }

    private record Observation(Kind kind, @Nullable CoopNode node) {}

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
