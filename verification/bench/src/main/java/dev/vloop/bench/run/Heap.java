package dev.vloop.bench.run;

import java.lang.management.ManagementFactory;

/** How much of the heap is live. */
final class Heap {
    private Heap() {}

    /** {@return bytes in use after the garbage has gone} The least of a few: what dies late may need several collections. */
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
