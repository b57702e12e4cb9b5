package dev.vloop.bench.run;

import dev.vloop.bench.peers.VirtualTimes;
import java.util.Arrays;

/** Measures how fast loops run in virtual time, once per virtual second. Arguments: virtual time, loops, iterations, repetitions. */
final class VirtualDays {
    private VirtualDays() {}

    public static void main(String[] args) {
        VirtualTimes.VirtualTime time = VirtualTimes.of(args[0]);
        int loops = Integer.parseInt(args[1]);
        int iterations = Integer.parseInt(args[2]);
        double[] took = new double[Integer.parseInt(args[3])];
        for (int i = 0; i < took.length; i++) {
            long[] count = {0};
            long start = System.nanoTime();
            time.run(loops, iterations, () -> count[0]++);
            took[i] = (System.nanoTime() - start) / 1e6;
            if (count[0] != (long) loops * iterations) {
                throw new IllegalStateException(count[0] + " iterations");
            }
        }
        Result.tell("cold", took[0]);
        double[] warm = Arrays.copyOfRange(took, took.length / 2, took.length);
        Arrays.sort(warm);
        Result.tell("warm", warm[warm.length / 2]);
        System.exit(0);
    }
}
