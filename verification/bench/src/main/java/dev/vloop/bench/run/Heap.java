package dev.vloop.bench.run;

import java.lang.management.ManagementFactory;

/** Measures how much of the heap is live. */
final class Heap {
    private Heap() {}

    /** {@return the bytes in use after several garbage collections, the least of them: some objects need more than one to go} */
    static long live() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
            Thread.sleep(20);
        }
        return least;
    }
}
