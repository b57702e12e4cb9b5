package dev.vloop.tests.races;

import static dev.vloop.testkit.LoopAssertions.assertThat;

import dev.vloop.HookFailure;
import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopListener;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BrokenLogTest {
    private final Logger logger = Logger.getLogger("dev.vloop");

    @Test
    @DisplayName("R3, R36: a run ends, although a listener throws and the log that is told of it throws, too")
    void a_run_ends_although_the_log_throws() {
        Handler broken = new Handler() {
            @Override
            public void publish(LogRecord record) {
                throw new IllegalStateException("disk full");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        LoopListener listener = new LoopListener() {
            @Override
            public void onEnd(Loop loop, LoopEnd end) {
                throw new IllegalStateException("listener");
            }
        };
        logger.addHandler(broken);
        try (TestLoops loops = TestLoops.builder()
                .settings(settings -> settings.listener(listener))
                .create()) {
            Loop loop = loops.loop("l")
                    .every(Duration.ofSeconds(1))
                    .count(1)
                    .afterLoop(end -> {
                        throw new IllegalStateException("hook");
                    })
                    .start(iteration -> {});

            assertThat(loops.awaitEnd(loop))
                    .isCompleted()
                    .hasHookFailure(HookFailure.Hook.AFTER_LOOP, IllegalStateException.class);
        } finally {
            logger.removeHandler(broken);
        }
    }
}
