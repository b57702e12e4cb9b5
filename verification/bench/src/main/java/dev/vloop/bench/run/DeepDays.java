package dev.vloop.bench.run;

import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * Measures what deep virtual time costs: a loop that sleeps for 10 ms in each virtual second, with the library, or as code does that does
 * not know of it. Arguments: how the body waits, iterations, repetitions.
 */
final class DeepDays {
    /** When the last iteration slept, so that no read of the clock is left out. */
    private static volatile Instant last = Instant.EPOCH;

    private DeepDays() {}

    public static void main(String[] args) {
        boolean library = args[0].equals("iteration.sleep");
        int iterations = Integer.parseInt(args[1]);
        double[] took = new double[Integer.parseInt(args[2])];
        for (int i = 0; i < took.length; i++) {
            long start = System.nanoTime();
            day(library, iterations);
            took[i] = (System.nanoTime() - start) / 1e6;
        }
        Result.tell("cold", took[0]);
        double[] warm = Arrays.copyOfRange(took, took.length / 2, took.length);
        Arrays.sort(warm);
        Result.tell("warm", warm[warm.length / 2]);
        System.exit(0);
    }

    private static void day(boolean library, int iterations) {
        Duration pause = Duration.ofMillis(10);
        long[] count = {0};
        try (TestLoops loops = TestLoops.create()) {
            loops.loop("sleeper").every(Duration.ofSeconds(1)).count(iterations).start(it -> {
                if (library) {
                    last = it.scheduledAt();
                    it.sleep(pause);
                } else {
                    last = Instant.now();
                    Thread.sleep(10);
                }
                count[0]++;
            });
            loops.advance(Duration.ofSeconds(iterations));
        }
        if (count[0] != iterations) {
            throw new IllegalStateException(count[0] + " iterations");
        }
    }
}
