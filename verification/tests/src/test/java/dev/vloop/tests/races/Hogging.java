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
import java.util.logging.Level;
import java.util.logging.Logger;

/** A program whose loops compute on every carrier until they are interrupted. Its main thread asks things of them meanwhile. */
final class Hogging {
    private static final int LOOPS = 8;
    private static final int TIMEOUTS = 30;

    private static final Logger LOG = Logger.getLogger("dev.vloop");

    private Hogging() {}

    public static void main(String[] arguments) throws InterruptedException {
        LOG.setLevel(Level.OFF); // nobody reads this program's output while it runs
        CountDownLatch timeouts = new CountDownLatch(TIMEOUTS); // of whichever: there need not be a carrier for each
        LoopRuntime runtime = VirtualLoops.create();
        List<Loop> loops = new ArrayList<>();
        for (int i = 0; i < LOOPS; i++) {
            loops.add(runtime.loop("hog-" + i)
                    .every(Duration.ofMillis(1))
                    .timeout(Duration.ofMillis(100))
                    .continueOn(TimeoutException.class)
                    .onFailure((LoopFailure failure) -> timeouts.countDown())
                    .start(iteration -> compute()));
        }
        timeouts.await();
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
        for (int i = 0; i < LOOPS / 2; i++) {
            loops.get(i).cancel();
        }
        runtime.close();
        for (Loop loop : loops) {
            System.out.println("ended " + loop.join().getClass().getSimpleName());
        }
        System.out.println("closed");
    }

    private static void compute() throws InterruptedException {
        while (!Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
        throw new InterruptedException();
    }
}
