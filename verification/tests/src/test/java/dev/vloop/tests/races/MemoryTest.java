package dev.vloop.tests.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopBody;
import dev.vloop.LoopBuilder;
import dev.vloop.LoopRuntime;
import dev.vloop.vthreads.VirtualLoops;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is over leaves nothing behind. */
class MemoryTest {
    private static final LoopBody NOTHING = iteration -> {};
    private static final LoopBody FORKS = iteration -> {
        iteration.fork(() -> 1);
        iteration.fork(() -> 2).get();
    };

    @Test
    @Tag("real-time")
    @DisplayName("R2, R12: twenty thousand runs that are over leave nothing in a runtime that goes on")
    void twenty_thousand_runs_leave_nothing() throws InterruptedException {
        assertThat(growth(NOTHING, 2_000, 20_000)).isLessThan(1.2);
    }

    @Test
    @Tag("real-time")
    @DisplayName("R32: twenty thousand forks that are over leave nothing in a runtime that goes on")
    void ten_thousand_runs_that_fork_leave_nothing() throws InterruptedException {
        assertThat(growth(FORKS, 1_000, 10_000)).isLessThan(1.2);
    }

    @Test
    @Tag("stress")
    @DisplayName("R2, R12: a million runs that are over leave nothing in a runtime that goes on")
    void a_million_runs_leave_nothing() throws InterruptedException {
        assertThat(growth(NOTHING, 20_000, 1_000_000)).isLessThan(1.05);
    }

    @Test
    @Tag("stress")
    @DisplayName("R32: a million forks that are over leave nothing in a runtime that goes on")
    void half_a_million_runs_that_fork_leave_nothing() throws InterruptedException {
        assertThat(growth(FORKS, 10_000, 500_000)).isLessThan(1.05);
    }

    /** {@return the heap after many runs, relative to that after a few} */
    private static double growth(LoopBody body, int few, int many) throws InterruptedException {
        try (LoopRuntime loops = VirtualLoops.create()) {
            loops.loop("waits").every(Duration.ofHours(1)).start(NOTHING); // so the timer has something to wait for
            Loop again = once(loops, "again").build(body);
            run(loops, again, body, few);
            long before = usedHeap();
            run(loops, again, body, many);
            long after = usedHeap();
            double growth = (double) after / before;
            System.out.printf(
                    "heap after %,d runs: %,d KB, after %,d more: %,d KB%n", few, before >> 10, many, after >> 10);
            return growth;
        }
    }

    /** Half of them of one loop, half of a new loop each. */
    private static void run(LoopRuntime loops, Loop again, LoopBody body, int runs) throws InterruptedException {
        for (int i = 0; i < runs; i += 2) {
            again.start().join();
            once(loops, "once-" + i).start(body).join();
        }
    }

    private static LoopBuilder once(LoopRuntime loops, String name) {
        return loops.loop(name).every(Duration.ofSeconds(1)).count(1).timeout(Duration.ofHours(1));
    }

    private static long usedHeap() throws InterruptedException {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            memory.gc();
            Thread.sleep(20); // for what is cleaned up after a collection
            least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}
