package dev.vloop.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.spi.Host;
import dev.vloop.testkit.engine.VirtualTimeError.Kind;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** External work, threads from outside, and what both engines say when time cannot go on. */
abstract class OutsideContract extends AlarmContract {
    /** {@return the result of work on another platform thread} */
    private static <T> CompletableFuture<T> elsewhere(java.util.function.Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        new Thread(() -> result.complete(work.get())).start();
        return result;
    }

    @Test
    void time_waits_for_external_work_and_others_go_on_at_the_instant() {
        CountDownLatch otherRan = new CountDownLatch(1);
        start("io", () -> {
            sleep(1);
            host.external(
                    "call",
                    () -> elsewhere(() -> {
                                try {
                                    otherRan.await();
                                } catch (InterruptedException e) {
                                    throw new IllegalStateException(e);
                                }
                                return 1;
                            })
                            .get());
            log("answered");
        });
        start("other", () -> {
            sleep(1);
            log("other");
            otherRan.countDown();
            sleep(1);
            log("later");
        });
        advance(3);
        assertThat(log).containsExactly("1 other", "1 answered", "2 later");
    }

    @Test
    void a_stranger_may_wake_and_interrupt_and_make_threads_while_time_is_held() throws Exception {
        Thread parked = start("parked", () -> {
            host.park(Host.NEVER);
            log("unparked");
        });
        Thread sleeper = start("sleeper", () -> sleep(100));
        start("holder", () -> {
            sleep(1);
            host.external(
                    "stranger",
                    () -> elsewhere(() -> {
                                host.unpark(parked);
                                host.interrupt(sleeper);
                                host.alarm(host.nanoTime() + S, () -> log("alarm"));
                                start("made", () -> log("made"));
                                return 1;
                            })
                            .get());
        });
        advance(5);
        assertThat(log).containsExactlyInAnyOrder("1 unparked", "1 sleeper interrupted", "1 made", "2 alarm");
        assertThat(host.liveThreads()).isZero();
    }

    @Test
    void a_stranger_may_wake_the_test() {
        Thread test = Thread.currentThread();
        start(
                "holder",
                () -> host.external(
                        "stranger",
                        () -> elsewhere(() -> {
                                    host.unpark(test);
                                    return 1;
                                })
                                .get()));
        host.park(Host.NEVER);
        assertThat(host.nanoTime()).isZero();
    }

    @Test
    void the_tests_own_external_work_just_runs() throws Exception {
        start("loop", () -> log("ran"));
        assertThat(host.external("x", () -> 7)).isEqualTo(7);
        assertThat(log).isEmpty();
        advance(1);
        assertThat(log).containsExactly("0 ran");
    }

    @Test
    void external_work_that_takes_too_long_is_named() {
        host.close();
        host = create(settings().withExternalLimit(Duration.ofMillis(100)));
        CompletableFuture<String> never = new CompletableFuture<>();
        start("io", () -> host.external("slow call", never::get));
        assertThatThrownBy(() -> advance(1))
                .isInstanceOfSatisfying(
                        VirtualTimeError.class, e -> assertThat(e.kind()).isEqualTo(Kind.EXTERNAL))
                .hasMessageContaining("slow call")
                .hasMessageContaining("'io'");
    }

    @Test
    void a_deadlock_is_told_at_once_with_all_stacks() {
        start("one", () -> host.park(Host.NEVER));
        start("two", () -> host.sleepUntil(Host.NEVER));
        advance(90);
        assertThatThrownBy(() -> host.park(Host.NEVER))
                .isInstanceOfSatisfying(
                        VirtualTimeError.class, e -> assertThat(e.kind()).isEqualTo(Kind.DEADLOCK))
                .hasMessageContaining("PT1M30S")
                .hasMessageContaining("'one' is parked without end")
                .hasMessageContaining("'two' sleeps without end")
                .hasMessageContaining("OutsideContract.java");
        advance(1);
        assertThat(host.nanoTime()).isEqualTo(91 * S);
    }

    @Test
    void a_spin_is_told() {
        host.close();
        host = create(settings().withSwitchLimit(1_000));
        start("spinner", () -> {
            while (!Thread.currentThread().isInterrupted()) {
                host.sleepUntil(0);
            }
        });
        start("other", () -> {
            while (!Thread.currentThread().isInterrupted()) {
                host.sleepUntil(0);
            }
        });
        assertThatThrownBy(() -> advance(1))
                .isInstanceOfSatisfying(
                        VirtualTimeError.class, e -> assertThat(e.kind()).isEqualTo(Kind.SPIN))
                .hasMessageContaining("spin: thread '")
                .hasMessageContaining("OutsideContract");
    }

    @Test
    void a_thread_that_is_made_and_never_started_is_named() {
        Thread never = host.newThread("never", () -> {});
        assertThatThrownBy(() -> advance(1))
                .isInstanceOfSatisfying(
                        VirtualTimeError.class, e -> assertThat(e.kind()).isEqualTo(Kind.NEVER_STARTED))
                .hasMessageContaining("never");
        assertThat(never.getState()).isEqualTo(Thread.State.NEW);
    }

    @Test
    void closing_ends_threads_that_still_wait_and_names_those_that_do_not_end() {
        host.close();
        host = create(settings().withExternalLimit(Duration.ofMillis(100)));
        CountDownLatch gate = new CountDownLatch(1);
        start("sleeper", () -> sleep(100));
        start("parked", () -> host.park(Host.NEVER));
        start(
                "deaf",
                () -> host.external("gate", () -> {
                    while (gate.getCount() > 0) {
                        try {
                            gate.await();
                        } catch (InterruptedException e) {
                            log("deaf");
                        }
                    }
                    return 1;
                }));
        start("worker", () -> {
            while (gate.getCount() > 0) {
                host.sleepUntil(host.nanoTime() + S);
            }
        });
        assertThatThrownBy(() -> advance(1)).hasMessageContaining("gate");
        assertThat(host.close()).extracting(ThreadReport::name).containsExactly("deaf");
        gate.countDown();
    }
}
