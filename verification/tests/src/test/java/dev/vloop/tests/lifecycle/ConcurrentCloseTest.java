package dev.vloop.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import dev.vloop.vthreads.VirtualLoops;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** On the real machine, without a wait for time: threads of virtual time can only be loops, which may not close. */
@DisplayName("R12: closes at the same time")
class ConcurrentCloseTest {
    @Test
    void each_returns_when_every_run_is_over() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch mayEnd = new CountDownLatch(1);
        LoopRuntime loops = VirtualLoops.create();
        Loop loop = loops.loop("job")
                .every(Duration.ofHours(1))
                .beforeLoop(began::countDown)
                .afterLoop(end -> mayEnd.await())
                .start(it -> {});
        began.await();
        List<Future<Boolean>> closers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 5; i++) {
                boolean close = i % 2 == 0;
                closers.add(threads.submit(() -> {
                    if (close) {
                        loops.close();
                    } else {
                        loops.shutdown(Duration.ZERO);
                    }
                    return loop.isRunning();
                }));
            }
            mayEnd.countDown();
        }
        for (Future<Boolean> closer : closers) {
            assertThat(closer.get()).isFalse();
        }
        assertThat(loop.join().isFailed()).isFalse();
    }
}
