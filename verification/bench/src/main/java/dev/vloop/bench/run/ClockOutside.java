package dev.vloop.bench.run;

import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.FutureTask;

/**
 * Measures what a read of the clock costs on a thread that is of no test, in nanoseconds. Arguments: whether a test is under way, reads,
 * repetitions.
 */
final class ClockOutside {
    private ClockOutside() {}

    public static void main(String[] args) throws Exception {
        int reads = Integer.parseInt(args[1]);
        int repetitions = Integer.parseInt(args[2]);
        if (args[0].equals("no test")) {
            measure(reads, repetitions);
        } else {
            try (TestLoops loops = TestLoops.create()) {
                loops.loop("ticker").every(Duration.ofSeconds(1)).start(it -> {});
                loops.settle();
                FutureTask<Void> outside = new FutureTask<>(() -> measure(reads, repetitions), null);
                new Thread(outside, "outside").start();
                loops.external("outside", outside::get);
            }
        }
        System.exit(0);
    }

    private static void measure(int reads, int repetitions) {
        double[] took = new double[repetitions];
        for (int i = 0; i < repetitions; i++) {
            long start = System.nanoTime();
            long last = start;
            for (int k = 0; k < reads; k++) {
                last = Math.max(last, System.nanoTime());
            }
            took[i] = (double) (last - start) / reads;
        }
        Arrays.sort(took);
        Result.tell("ns per read", took[repetitions / 2]);
    }
}
