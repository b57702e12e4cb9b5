package dev.vloop.examples;

import dev.vloop.Iteration;
import dev.vloop.IterationOutcome;
import dev.vloop.LoopFailure;
import dev.vloop.LoopListener;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** Lets a test wait for what loops do. Thread-safe. */
final class Counts implements LoopListener {
    private final Map<String, Semaphore> successes = new ConcurrentHashMap<>();
    private final Map<String, Semaphore> failures = new ConcurrentHashMap<>();

    /** Waits until that many further iterations have succeeded, and forgets the failures until then. */
    void awaitSuccesses(String loop, int more) throws InterruptedException {
        of(loop, successes).drainPermits();
        of(loop, successes).acquire(more);
        of(loop, failures).drainPermits();
    }

    /** Waits until that many attempts have failed, since the start or since failures were last forgotten. */
    void awaitFailures(String loop, int more) throws InterruptedException {
        of(loop, failures).acquire(more);
    }

    @Override
    public void onIterationEnd(Iteration last, IterationOutcome outcome, Duration took) {
        if (outcome == IterationOutcome.SUCCESS) {
            of(last.loop().name(), successes).release();
        }
    }

    @Override
    public void onFailure(LoopFailure failure) {
        of(failure.loop().name(), failures).release();
    }

    private static Semaphore of(String loop, Map<String, Semaphore> all) {
        return all.computeIfAbsent(loop, name -> new Semaphore(0));
    }
}
