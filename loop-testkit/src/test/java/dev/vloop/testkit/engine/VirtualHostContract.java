package dev.vloop.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vloop.spi.Host;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Time, and what happens in which order: what both engines of virtual time promise. */
abstract class VirtualHostContract extends HostFixture {
    @Test
    void time_starts_at_zero_and_at_the_origin() {
        assertThat(host.nanoTime()).isZero();
        assertThat(host.instant()).isEqualTo(Instant.parse("2000-01-01T00:00:00Z"));
        advance(5);
        assertThat(host.nanoTime()).isEqualTo(5 * S);
        assertThat(host.instant()).isEqualTo(Instant.parse("2000-01-01T00:00:05Z"));
    }

    @Test
    void each_sleeper_wakes_at_its_own_deadline_and_advancing_includes_the_end() {
        start("slow", () -> {
            sleep(3);
            log("slow");
        });
        start("fast", () -> {
            for (int i = 0; i < 3; i++) {
                sleep(1);
                log("fast");
            }
        });
        advance(3);
        assertThat(log).containsExactly("1 fast", "2 fast", "3 slow", "3 fast");
        assertThat(host.liveThreads()).isZero();
    }

    @Test
    void timers_of_one_instant_fire_in_the_order_of_creation_with_all_consequences_of_one_before_the_next() {
        Thread waiter = start("waiter", () -> {
            host.park(Host.NEVER);
            log("woken");
        });
        start("a", () -> {
            sleep(1);
            log("a");
            host.unpark(waiter);
        });
        start("b", () -> {
            sleep(1);
            log("b");
        });
        advance(1);
        assertThat(log).containsExactly("1 a", "1 woken", "1 b");
    }

    @Test
    void the_test_wakes_last_at_an_instant() throws InterruptedException {
        start("early", () -> log("first"));
        host.alarm(S, () -> log("alarm"));
        start("late", () -> {
            sleep(1);
            host.sleepUntil(host.nanoTime());
            log("after a sleep of nothing");
        });
        sleep(1);
        log("test");
        assertThat(log).containsExactly("0 first", "1 alarm", "1 after a sleep of nothing", "1 test");
    }

    @Test
    void settling_runs_what_is_due_and_does_not_move_time() {
        start("now", () -> log("now"));
        start("later", () -> sleep(1));
        settle();
        assertThat(log).containsExactly("0 now");
        assertThat(host.nextDeadline()).isEqualTo(S);
        assertThat(host.nanoTime()).isZero();
    }

    @Test
    void a_sleep_whose_deadline_has_passed_lets_others_go_first_and_does_not_overtake_those_that_are_due() {
        advance(5);
        start("a", () -> {
            host.sleepUntil(1);
            log("a");
        });
        start("b", () -> {
            host.sleepUntil(0);
            log("b");
        });
        start("c", () -> log("c"));
        settle();
        assertThat(log).containsExactly("5 c", "5 a", "5 b");
    }

    @Test
    void a_lone_thread_gets_no_further_than_the_test_lets_time_go() {
        start("ticker", () -> {
            for (int i = 0; i < 3; i++) {
                sleep(2);
                log("tick");
            }
        });

        advance(5);
        log("test");
        advance(1);

        assertThat(log).containsExactly("2 tick", "4 tick", "5 test", "6 tick");
    }

    @Test
    void time_does_not_go_back() {
        advance(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> host.advanceTo(S))
                .withMessageContaining("PT1S")
                .withMessageContaining("PT2S");
    }

    @Test
    void deadlines_that_never_come_set_no_timer() {
        start("s", () -> host.sleepUntil(Host.NEVER));
        start("p", () -> host.park(Host.NEVER));
        host.alarm(Host.NEVER, () -> log("never"));
        host.advanceTo(Host.NEVER - 1);
        assertThat(host.nextDeadline()).isEqualTo(Host.NEVER);
        assertThat(log).isEmpty();
    }

    @Test
    void a_new_thread_counts_as_running_and_an_abandoned_one_does_not() {
        Thread never = host.newThread("never", () -> log("never"));
        host.abandon(never);
        advance(1);
        assertThat(log).isEmpty();
        assertThat(host.liveThreads()).isZero();
    }

    @Test
    void randomness_is_the_same_every_time() {
        VirtualHost other = create(settings());
        assertThat(host.random().ints(5).toArray())
                .isEqualTo(other.random().ints(5).toArray());
        other.close();
    }

    @Test
    void what_is_ready_comes_before_an_alarm_of_the_same_instant() {
        Thread waiter = start("waiter", () -> {
            host.park(Host.NEVER);
            log("woken");
        });
        start("a", () -> {
            sleep(1);
            log("a");
            host.alarm(host.nanoTime(), () -> log("alarm"));
            host.unpark(waiter);
        });
        advance(1);
        assertThat(log).containsExactly("1 a", "1 woken", "1 alarm");
    }
}
