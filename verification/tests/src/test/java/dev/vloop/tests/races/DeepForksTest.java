package dev.vloop.tests.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Iteration;
import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopRuntime;
import dev.vloop.vthreads.VirtualLoops;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@DisplayName("R3, R38: a body that recurses until its stack is full, and calls the engine on its way")
@SuppressWarnings("InfiniteRecursion") // that is what is tested
class DeepForksTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private void forkDeeper(Iteration iteration) {
        iteration.fork(() -> null);
        forkDeeper(iteration);
    }

    private void forkDeeperAndWait(Iteration iteration, int untilFork) throws Exception {
        if (untilFork == 0) {
            iteration.fork(() -> null).get();
            forkDeeperAndWait(iteration, 50);
        }
        forkDeeperAndWait(iteration, untilFork - 1);
    }

    private void cancelDeeper(Iteration iteration) {
        try {
            cancelDeeper(iteration);
        } catch (StackOverflowError e) {
            iteration.loop().cancel();
            throw e;
        }
    }

    private @Nullable LoopEnd endOf(LoopRuntime loops, int round) throws InterruptedException {
        Loop loop = loops.loop("deep " + round).every(Duration.ofHours(1)).start(it -> {
            switch (round % 3) {
                case 0 -> forkDeeper(it);
                case 1 -> forkDeeperAndWait(it, round % 50);
                default -> cancelDeeper(it);
            }
        });
        return loop.join(LIMIT);
    }

    private void each_ends(int rounds) throws InterruptedException {
        LoopRuntime loops = VirtualLoops.create();
        try (LogCapture log = new LogCapture()) {
            log.mute();
            for (int round = 0; round < rounds; round++) {
                assertThat(endOf(loops, round)).as("round " + round).isNotNull();
            }
            loops.close();
        }
    }

    @Test
    @Tag("real-time")
    void it_ends() throws InterruptedException {
        each_ends(9);
    }

    @Test
    @Tag("stress")
    void it_ends_three_hundred_times() throws InterruptedException {
        each_ends(300);
    }
}
