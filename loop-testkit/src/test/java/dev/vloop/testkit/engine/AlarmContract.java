package dev.vloop.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.spi.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Alarms and the wall clock, in both engines. */
abstract class AlarmContract extends WaitContract {
    @Test
    void an_alarm_runs_at_its_deadline_and_may_wake_threads() {
        Thread body = start("body", () -> sleep(100));
        host.alarm(4 * S, () -> {
            log("alarm");
            host.interrupt(body);
        });
        advance(10);
        assertThat(log).containsExactly("4 alarm", "4 body interrupted");
    }

    @Test
    void an_alarm_may_interrupt_the_very_thread_that_went_to_sleep_last() {
        Thread[] self = new Thread[1];
        self[0] = start("self", () -> {
            host.alarm(host.nanoTime() + 3 * S, () -> host.interrupt(self[0]));
            sleep(100);
        });
        advance(1);
        advance(5);
        assertThat(log).containsExactly("3 self interrupted");
    }

    @Test
    void a_cancelled_alarm_does_not_run_and_leaves_no_timer() {
        Host.Alarm alarm = host.alarm(S, () -> log("alarm"));
        alarm.cancel();
        alarm.cancel();
        assertThat(host.nextDeadline()).isEqualTo(Host.NEVER);
        advance(2);
        assertThat(log).isEmpty();
    }

    @Test
    void an_alarm_that_has_run_can_be_cancelled() {
        Host.Alarm alarm = host.alarm(S, () -> log("alarm"));
        advance(1);
        alarm.cancel();
        assertThat(log).containsExactly("1 alarm");
    }

    @Test
    void an_alarm_must_not_cancel_itself_and_what_it_throws_is_kept() {
        AtomicReference<Host.Alarm> self = new AtomicReference<>();
        self.set(host.alarm(S, () -> self.get().cancel()));
        advance(1);
        assertThat(host.uncaught()).singleElement().satisfies(uncaught -> {
            assertThat(uncaught.nanos()).isEqualTo(S);
            assertThat(uncaught.thrown()).hasMessageContaining("within its own action");
        });
    }

    @Test
    void what_escapes_from_a_body_is_kept() {
        start("bad", () -> {
            sleep(2);
            throw new IllegalArgumentException("oh");
        });
        advance(2);
        assertThat(host.uncaught()).singleElement().satisfies(uncaught -> {
            assertThat(uncaught.where()).isEqualTo("bad");
            assertThat(uncaught.nanos()).isEqualTo(2 * S);
            assertThat(uncaught.thrown()).hasRootCauseMessage("oh");
        });
        assertThat(host.liveThreads()).isZero();
    }

    @Test
    void the_wall_clock_moves_apart_from_the_monotonic_one_and_tells() {
        Thread sleeper = start("sleeper", () -> sleep(100));
        Host.Alarm watch = host.onClockJump(by -> {
            log("jump " + by);
            host.interrupt(sleeper);
        });
        advance(1);
        host.moveWallClock(Duration.ofHours(2));
        assertThat(host.nanoTime()).isEqualTo(S);
        assertThat(host.instant()).isEqualTo(Instant.parse("2000-01-01T02:00:01Z"));
        advance(1);
        watch.cancel();
        host.moveWallClock(Duration.ofHours(-1));
        assertThat(log).containsExactly("1 jump PT2H", "1 sleeper interrupted");
        assertThat(host.instant()).isEqualTo(Instant.parse("2000-01-01T01:00:02Z"));
    }

    @Test
    void only_threads_of_the_test_wait_and_only_the_tests_thread_moves_time() throws Exception {
        AtomicReference<Throwable> sleeping = new AtomicReference<>();
        AtomicReference<Throwable> moving = new AtomicReference<>();
        Thread stranger = new Thread(
                () -> {
                    try {
                        host.sleepUntil(S);
                    } catch (Throwable e) {
                        sleeping.set(e);
                    }
                },
                "stranger");
        stranger.start();
        stranger.join();
        start("body", () -> {
            try {
                host.advanceTo(S);
            } catch (Throwable e) {
                moving.set(e);
            }
        });
        settle();
        assertThat(sleeping.get())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("clock used outside its test")
                .hasMessageContaining("stranger");
        assertThat(moving.get()).isInstanceOf(IllegalStateException.class).hasMessageContaining("body");
    }

    @Test
    void a_closed_host_is_used_outside_its_test() {
        host.close();
        assertThatThrownBy(() -> host.sleepUntil(S)).hasMessageContaining("clock used outside its test");
        assertThatThrownBy(() -> host.newThread("x", () -> {})).hasMessageContaining("clock used outside its test");
        assertThat(host.nanoTime()).isZero();
    }

    @Test
    void a_move_of_the_wall_clock_is_seen_at_the_same_instant() {
        advance(1);
        assertThat(host.instant()).isEqualTo(Instant.parse("2000-01-01T00:00:01Z"));
        host.moveWallClock(Duration.ofHours(2));
        assertThat(host.instant()).isEqualTo(Instant.parse("2000-01-01T02:00:01Z"));
    }

    @Test
    void an_alarm_that_comes_as_a_thread_ends_is_no_stranger() {
        Thread parked = start("parked", () -> {
            host.park(Host.NEVER);
            log("unparked");
        });
        start("short", () -> sleep(1));
        host.alarm(2 * S, () -> host.unpark(parked));
        advance(3);
        assertThat(log).containsExactly("2 unparked");
        assertThat(host.outsideWakes()).isEmpty();
    }

    @Test
    void an_alarm_that_a_stranger_has_set_is_the_next_deadline() throws InterruptedException {
        Thread stranger = new Thread(() -> host.alarm(S, () -> log("alarm")));
        stranger.start();
        stranger.join();
        assertThat(host.nextDeadline()).isEqualTo(S);
    }

    @Test
    void a_thread_that_has_not_begun_when_its_test_ends_does_not_run() {
        start("late", () -> log("ran"));
        assertThat(host.close()).isEmpty();
        assertThat(log).isEmpty();
    }
}
