package dev.vloop.vthreads;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Reports and looks at the clock, on the real machine. */
@Tag("real-time")
@Timeout(60)
class RecurringAlarmTest {
    private static final SystemHost HOST = SystemHost.SHARED;
    private static final long SOON = 1_000_000L;

    private final CountDownLatch blocked = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);

    private long block() {
        blocked.countDown();
        try {
            goOn.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        over.countDown();
        return SOON;
    }

    @Test
    @DisplayName("R31, R38: an action that blocks, as a log may, holds up no other alarm and no cancel")
    void an_action_that_blocks_holds_up_nothing() throws InterruptedException {
        RecurringAlarm blocks = new RecurringAlarm(HOST, SOON, this::block);
        blocked.await();
        CountDownLatch rung = new CountDownLatch(1);
        HOST.alarm(HOST.nanoTime() + SOON, rung::countDown);
        rung.await();
        blocks.cancel();
        goOn.countDown();
        over.await();
    }

    @Test
    @DisplayName("it rings again and again until it is cancelled, also from within its action")
    void it_rings_until_it_is_cancelled() throws InterruptedException {
        AtomicInteger rung = new AtomicInteger();
        CountDownLatch third = new CountDownLatch(1);
        RecurringAlarm[] alarm = new RecurringAlarm[1];
        CountDownLatch set = new CountDownLatch(1);
        alarm[0] = new RecurringAlarm(HOST, SOON, () -> {
            if (rung.incrementAndGet() == 3) {
                awaitUninterrupted(set);
                alarm[0].cancel();
                third.countDown();
            }
            return SOON;
        });
        set.countDown();
        third.await();
        CountDownLatch later = new CountDownLatch(1);
        HOST.alarm(HOST.nanoTime() + 30 * SOON, later::countDown);
        later.await();
        assertThat(rung).hasValue(3);
    }

    @Test
    @DisplayName("R38: an action that throws is tried again: nothing that fails once is dead for ever")
    void an_action_that_throws_is_tried_again() throws InterruptedException {
        CountDownLatch second = new CountDownLatch(2);
        RecurringAlarm fails = new RecurringAlarm(HOST, SOON, () -> {
            second.countDown();
            throw new OutOfMemoryError("a test");
        });
        second.await();
        fails.cancel();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
