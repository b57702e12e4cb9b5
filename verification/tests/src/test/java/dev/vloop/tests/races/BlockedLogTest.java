package dev.vloop.tests.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopRuntime;
import dev.vloop.vthreads.VirtualLoops;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("real-time")
@Timeout(60)
class BlockedLogTest {
    /** A log that blocks at the report on a loop that is deaf, and keeps others from the console. */
    private static final class BlockingHandler extends Handler {
        final CountDownLatch blocked = new CountDownLatch(1);
        final CountDownLatch goOn = new CountDownLatch(1);

        @Override
        public void publish(LogRecord record) {
            if (record.getMessage().contains("'deaf'")) {
                blocked.countDown();
                Deaf.await(goOn);
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @Test
    @DisplayName("R31, R38: while the log blocks at a report, another loop's timeout comes, and a loop starts")
    void a_log_that_blocks_holds_up_no_timeout() throws InterruptedException {
        Logger logger = Logger.getLogger("dev.vloop");
        BlockingHandler log = new BlockingHandler();
        CountDownLatch hears = new CountDownLatch(1);
        CountDownLatch begun = new CountDownLatch(1);
        logger.setUseParentHandlers(false);
        logger.addHandler(log);
        try (LoopRuntime loops = VirtualLoops.create()) {
            Loop deaf = loops.loop("deaf").every(Duration.ofHours(1)).start(iteration -> {
                begun.countDown();
                Deaf.await(hears);
            });
            begun.await();
            deaf.cancel();
            log.blocked.await(); // 5 s
            Loop slow = loops.loop("slow")
                    .every(Duration.ofHours(1))
                    .timeout(Duration.ofMillis(100))
                    .failOn(TimeoutException.class)
                    .start(iteration -> iteration.sleep(Duration.ofHours(1)));
            LoopEnd end = slow.join();
            assertThat(end).isInstanceOf(LoopEnd.Failed.class);
            assertThat(((LoopEnd.Failed) end).cause()).isInstanceOf(TimeoutException.class);
            hears.countDown();
            assertThat(deaf.join()).isInstanceOf(LoopEnd.Cancelled.class);
        } finally {
            log.goOn.countDown();
            hears.countDown();
            logger.removeHandler(log);
            logger.setUseParentHandlers(true);
        }
    }
}
