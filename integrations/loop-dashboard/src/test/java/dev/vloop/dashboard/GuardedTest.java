package dev.vloop.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("real-time")
class GuardedTest {
    private final Guarded patient = new Guarded("bot-dashboard-slots", Duration.ofSeconds(30));

    @Test
    void a_schedule_is_asked_on_a_daemon_of_that_name() throws Exception {
        Thread asked = patient.call(Thread::currentThread);
        assertThat(asked.getName()).isEqualTo("bot-dashboard-slots");
        assertThat(asked.isDaemon()).isTrue();
        assertThat(asked.isVirtual()).isFalse();
    }

    @Test
    void one_that_throws_whatever_it_is_does_not_stop_the_next() throws Exception {
        assertThatThrownBy(() -> patient.call(() -> {
                    throw new StackOverflowError("deep");
                }))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(StackOverflowError.class);
        assertThat(patient.call(() -> "next")).isEqualTo("next");
    }

    @Test
    void one_that_takes_too_long_is_interrupted_and_the_next_is_asked() throws Exception {
        Guarded guarded = new Guarded("slots", Duration.ofMillis(50));
        CountDownLatch interrupted = new CountDownLatch(1);
        assertThatThrownBy(() -> guarded.call(() -> {
                    try {
                        new CountDownLatch(1).await();
                    } finally {
                        interrupted.countDown();
                    }
                    return "never";
                }))
                .isInstanceOf(TimeoutException.class)
                .hasMessage("the schedule takes more than 50 ms");
        assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void while_one_does_not_come_back_no_thread_is_made_for_another() throws Exception {
        Guarded guarded = new Guarded("slots", Duration.ofMillis(50));
        CountDownLatch end = new CountDownLatch(1);
        AtomicReference<Thread> deaf = new AtomicReference<>();
        assertThatThrownBy(() -> guarded.call(() -> {
                    deaf.set(Thread.currentThread());
                    boolean over = false;
                    while (!over) {
                        try {
                            end.await();
                            over = true;
                        } catch (InterruptedException e) {
                            over = false;
                        }
                    }
                    return "late";
                }))
                .isInstanceOf(TimeoutException.class);
        assertThatThrownBy(() -> guarded.call(() -> "other"))
                .isInstanceOf(TimeoutException.class)
                .hasMessage("another schedule is still being asked");
        end.countDown();
        assertThat(deaf.get().join(Duration.ofSeconds(30))).isTrue();
        assertThat(guarded.call(() -> "other")).isEqualTo("other");
    }

    @Test
    void who_is_interrupted_while_it_asks_stops_asking() {
        Thread.currentThread().interrupt();
        CountDownLatch end = new CountDownLatch(1);
        assertThatThrownBy(() -> patient.call(() -> {
                    end.await();
                    return "late";
                }))
                .isInstanceOf(InterruptedException.class);
        end.countDown();
        assertThat(Thread.interrupted()).isFalse();
    }
}
