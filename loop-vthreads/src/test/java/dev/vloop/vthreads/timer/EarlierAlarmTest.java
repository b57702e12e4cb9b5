package dev.vloop.vthreads.timer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("real-time")
@Timeout(60)
class EarlierAlarmTest {
    private static final long SOON = 1_000_000L;
    private static final long HOUR = 3_600_000_000_000L;

    private final CountedThreads threads = new CountedThreads();
    private final SystemTimer timer = new SystemTimer(failure -> {}, threads);

    @Test
    @DisplayName("R31: an alarm that is due before all others wakes the thread that sleeps until they are due")
    void an_alarm_before_all_others_comes_on_time() throws InterruptedException {
        CountDownLatch rung = new CountDownLatch(1);
        TimedAction far = timer.newAction(() -> {});
        far.set(timer.nanoTime() + HOUR);
        awaitLongSleep();
        timer.newAction(rung::countDown).set(timer.nanoTime() + SOON);
        assertThat(rung.await(20, TimeUnit.SECONDS)).isTrue();
        far.release();
    }

    @Test
    @DisplayName("R31: so does one that was set before, and is set anew to an earlier time")
    void an_alarm_that_is_set_anew_to_an_earlier_time_comes_on_time() throws InterruptedException {
        CountDownLatch rung = new CountDownLatch(1);
        TimedAction alarm = timer.newAction(rung::countDown);
        alarm.set(timer.nanoTime() + HOUR);
        awaitLongSleep();
        alarm.set(timer.nanoTime() + SOON);
        assertThat(rung.await(20, TimeUnit.SECONDS)).isTrue();
    }

    /** Until the thread sleeps, and has nothing else to wait for than what is far away. */
    private void awaitLongSleep() {
        while (threads.platform.getLast().getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
    }
}
