package dev.vloop.tests.races;

import dev.vloop.Iteration;
import dev.vloop.IterationOutcome;
import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopFailure;
import dev.vloop.LoopListener;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** R36: each begin has exactly one end, on the same thread, within that of what it is a part of. Throws now and then, which harms nobody. */
final class Balance implements LoopListener {
    private static final int EVERY = 7;

    private final Queue<String> violations;

    /** What has begun on this thread and not ended. */
    private final ThreadLocal<Deque<String>> open = ThreadLocal.withInitial(ArrayDeque::new);

    /** Runs, iterations and attempts that have begun and not ended. */
    private final AtomicInteger active = new AtomicInteger();

    private final AtomicLong events = new AtomicLong();

    Balance(Queue<String> violations) {
        this.violations = violations;
    }

    /** When all loops are over. */
    void check() {
        if (active.get() != 0) {
            violations.add(active + " begins without an end");
        }
    }

    private void begin(String what) {
        active.incrementAndGet();
        open.get().push(what);
        failNowAndThen();
    }

    private void end(String what) {
        active.decrementAndGet();
        String begun = open.get().poll();
        if (!what.equals(begun) && violations.size() < 20) {
            violations.add(what + " ends, but " + begun + " had begun");
        }
        failNowAndThen();
    }

    private void failNowAndThen() {
        if (events.incrementAndGet() % EVERY == 0) {
            throw new IllegalStateException("a listener that fails");
        }
    }

    private static String name(Iteration iteration) {
        return iteration.loop().name() + " " + iteration.index();
    }

    @Override
    public void onStart(Loop loop) {
        begin(loop.name());
    }

    @Override
    public void onIteration(Iteration iteration) {
        begin(name(iteration));
    }

    @Override
    public void onAttempt(Iteration attempt) {
        begin(name(attempt) + "." + attempt.attempt());
    }

    @Override
    public void onAttemptEnd(Iteration attempt, Duration took, @Nullable LoopFailure failure) {
        end(name(attempt) + "." + attempt.attempt());
    }

    @Override
    public void onIterationEnd(Iteration last, IterationOutcome outcome, Duration took) {
        end(name(last));
    }

    @Override
    public void onEnd(Loop loop, LoopEnd end) {
        end(loop.name());
    }
}
