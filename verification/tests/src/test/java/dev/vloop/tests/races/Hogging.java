package dev.vloop.tests.races;

import dev.vloop.Loop;
import dev.vloop.LoopFailure;
import dev.vloop.LoopRuntime;
import dev.vloop.vthreads.VirtualLoops;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;

/** A program whose loops compute on every carrier until they are interrupted. Its main thread asks things of them meanwhile. */
final class Hogging {
    private static final int LOOPS = 8;
    private static final int TIMEOUTS = 3;

    private Hogging() {}

    public static void main(String[] arguments) throws InterruptedException {
        List<CountDownLatch> timedOut = new ArrayList<>();
        LoopRuntime runtime = VirtualLoops.create();
        List<Loop> loops = new ArrayList<>();
        for (int i = 0; i < LOOPS; i++) {
            CountDownLatch timeouts = new CountDownLatch(TIMEOUTS);
            timedOut.add(timeouts);
            loops.add(runtime.loop("hog-" + i)
                    .every(Duration.ofMillis(1))
                    .timeout(Duration.ofMillis(100))
                    .continueOn(TimeoutException.class)
                    .onFailure((LoopFailure failure) -> timeouts.countDown())
                    .start(iteration -> compute()));
        }
        for (CountDownLatch timeouts : timedOut) {
            timeouts.await();
        }
        System.out.println("timed out");
        for (int i = 0; i < 1_000; i++) { // while others hold the carriers, and want the same locks
            if (runtime.find("hog-" + i % LOOPS) == null || runtime.loops().size() != LOOPS) {
                throw new AssertionError("not found");
            }
            loops.get(i % LOOPS).status();
            runtime.loop("idle-" + i % LOOPS)
                    .every(Duration.ofHours(1))
                    .build(iteration -> {})
                    .remove();
        }
        System.out.println("found");
        loops.getFirst().cancel();
        System.out.println("ended " + loops.getFirst().join().getClass().getSimpleName());
        runtime.close();
        System.out.println("closed");
    }

    private static void compute() throws InterruptedException {
        while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
        throw new InterruptedException();
    }
}
