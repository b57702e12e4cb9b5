package dev.vloop.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.spi.Host;
import org.junit.jupiter.api.Test;

/** Waits, and what ends them early: unpark and interrupt, in both engines. */
abstract class WaitContract extends VirtualHostContract {
    @Test
    void a_sleep_is_interrupted_at_the_current_instant_and_leaves_no_timer() {
        Thread sleeper = start("sleeper", () -> {
            try {
                sleep(100);
            } catch (InterruptedException e) {
                log("interrupted, flag " + Thread.currentThread().isInterrupted());
            }
        });
        advance(7);
        host.interrupt(sleeper);
        advance(1);
        assertThat(log).containsExactly("7 interrupted, flag false");
        assertThat(host.nextDeadline()).isEqualTo(Host.NEVER);
    }

    @Test
    void an_interrupt_past_the_seam_is_seen_at_the_current_instant_too() {
        for (int i = 0; i < 2_000; i++) {
            log.clear();
            Thread sleeper = start("sleeper", () -> sleep(100));
            Thread parked = start("parked", () -> {
                host.park(Host.NEVER);
                log("parked " + Thread.currentThread().isInterrupted());
            });
            settle();
            long now = host.nanoTime() / S;
            sleeper.interrupt();
            parked.interrupt();
            advance(1);
            assertThat(log).containsExactly(now + " sleeper interrupted", now + " parked true");
        }
        assertThat(host.nextDeadline()).isEqualTo(Host.NEVER);
    }

    @Test
    void each_interrupt_past_the_seam_is_seen_at_the_instant_at_which_it_comes() {
        Thread thread = start("twice", () -> {
            for (int i = 0; i < 2; i++) {
                host.park(Host.NEVER);
                log("parked " + Thread.interrupted());
            }
            sleep(100);
        });
        settle();
        for (int second = 0; second < 3; second++) {
            thread.interrupt();
            advance(1);
        }
        assertThat(log).containsExactly("0 parked true", "1 parked true", "2 twice interrupted");
    }

    @Test
    void an_interrupted_thread_does_not_begin_a_sleep() {
        start("self", () -> {
            Thread.currentThread().interrupt();
            sleep(1);
        });
        settle();
        assertThat(log).containsExactly("0 self interrupted");
    }

    @Test
    void park_has_one_permit_and_keeps_the_interrupt_flag() {
        Thread thread = start("p", () -> {
            host.unpark(Thread.currentThread());
            host.unpark(Thread.currentThread());
            host.park(Host.NEVER);
            log("permit");
            host.park(2 * S);
            log("deadline");
            host.park(Host.NEVER);
            log("unparked");
            host.park(Host.NEVER);
            log("interrupted " + Thread.currentThread().isInterrupted());
            host.park(Host.NEVER);
            log("at once");
        });
        advance(3);
        host.unpark(thread);
        advance(1);
        host.interrupt(thread);
        advance(1);
        assertThat(log).containsExactly("0 permit", "2 deadline", "3 unparked", "4 interrupted true", "4 at once");
    }

    @Test
    void unparking_a_sleeper_neither_ends_its_sleep_nor_is_lost() {
        Thread thread = start("s", () -> {
            sleep(5);
            log("slept");
            host.park(Host.NEVER);
            log("parked");
        });
        advance(1);
        host.unpark(thread);
        advance(9);
        assertThat(log).containsExactly("5 slept", "5 parked");
    }

    @Test
    void the_tests_own_waits_move_time() throws InterruptedException {
        Thread test = Thread.currentThread();
        start("loop", () -> {
            sleep(3);
            host.unpark(test);
            sleep(3);
            host.interrupt(test);
        });
        host.park(Host.NEVER);
        log("unparked");
        assertThatThrownBy(() -> host.sleepUntil(Host.NEVER)).isInstanceOf(InterruptedException.class);
        log("interrupted");
        host.park(7 * S);
        log("deadline");
        assertThat(log).containsExactly("3 unparked", "6 interrupted", "7 deadline");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void the_test_goes_on_before_time_moves_for_the_thread_that_woke_it() {
        Thread test = Thread.currentThread();
        start("waker", () -> {
            sleep(1);
            host.unpark(test);
            sleep(1);
            log("on");
        });

        host.park(Host.NEVER);
        log("woken");
        advance(5);

        assertThat(log).containsExactly("1 woken", "2 on");
    }

    @Test
    void an_interrupted_test_thread_stops_advancing() {
        Thread test = Thread.currentThread();
        start("loop", () -> {
            sleep(3);
            test.interrupt();
        });
        assertThatThrownBy(() -> advance(10))
                .isInstanceOf(VirtualTimeError.class)
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(host.nanoTime()).isEqualTo(3 * S);
        advance(1);
        assertThat(host.nanoTime()).isEqualTo(4 * S);
    }

    @Test
    void an_interrupt_of_the_test_stops_time_for_the_thread_that_made_it() {
        Thread test = Thread.currentThread();
        start("loop", () -> {
            sleep(3);
            test.interrupt();
            sleep(3);
            log("on");
        });
        assertThatThrownBy(() -> advance(10)).isInstanceOf(VirtualTimeError.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(host.nanoTime()).isEqualTo(3 * S);
        assertThat(log).isEmpty();
    }

    @Test
    void a_sleep_that_is_interrupted_does_not_return() {
        Thread sleeper = start("sleeper", () -> {
            sleep(100);
            log("slept");
        });
        advance(1);
        host.interrupt(sleeper);
        advance(1);
        assertThat(log).containsExactly("1 sleeper interrupted");
    }
}
