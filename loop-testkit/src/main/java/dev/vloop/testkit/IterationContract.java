package dev.vloop.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.vloop.Backoff;
import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.Schedule;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules 14 to 37: when an iteration is due, what its failures lead to, its forks, and wrong arguments. */
abstract class IterationContract extends RunContract {
    @Test
    @DisplayName("R14 an interval's slots are start + k * interval, whatever the body takes")
    void slots_do_not_drift() throws InterruptedException {
        List<Long> slots = Collections.synchronizedList(new ArrayList<>());
        runtime.loop("a")
                .every(TICK)
                .count(4)
                .start(it -> {
                    slots.add(it.scheduledAt().toEpochMilli());
                    it.sleep(TICK.dividedBy(4));
                })
                .join();
        long first = slots.get(0);
        assertThat(slots)
                .allSatisfy(slot -> assertThat((slot - first) % TICK.toMillis()).isZero());
    }

    @Test
    @DisplayName("R24, R25 a change of the interval re-arms a waiting loop")
    void a_change_rearms() throws InterruptedException {
        Loop loop = runtime.loop("a").every(LONG).count(2).start(it -> {});
        while (loop.nextIteration() == null) {
            runtime.clock().sleep(Duration.ofMillis(1));
        }
        loop.changeInterval(TICK);
        assertThat(loop.join()).isEqualTo(new LoopEnd.Completed(2));
        assertThat(loop.nextIteration()).isNull();
    }

    @Test
    @DisplayName("R26 a schedule that throws fails the run with that cause")
    void a_schedule_that_throws_fails() throws InterruptedException {
        IllegalStateException broken = new IllegalStateException("broken");
        Schedule schedule = context -> {
            throw broken;
        };
        assertThat(runtime.loop("a").schedule(schedule).start(it -> {}).join())
                .isEqualTo(new LoopEnd.Failed(0, broken));
    }

    @Test
    @DisplayName("R27 what nobody named fails the run")
    void what_nobody_named_fails() throws InterruptedException {
        IllegalStateException broken = new IllegalStateException("broken");
        Loop loop = runtime.loop("a").every(TICK).start(it -> {
            throw broken;
        });
        assertThat(loop.join()).isEqualTo(new LoopEnd.Failed(0, broken));
        assertThat(Objects.requireNonNull(loop.status().lastFailure()).cause()).isSameAs(broken);
    }

    @Test
    @DisplayName("R28 an I/O failure is retried: the same iteration, the next attempt")
    void an_io_failure_is_retried() throws InterruptedException {
        Loop loop = runtime.loop("a")
                .every(TICK)
                .count(1)
                .backoff(Backoff.fixed(TICK))
                .start(it -> {
                    events.add(it.index() + "/" + it.attempt());
                    if (it.attempt() < 3) {
                        throw new IOException("down");
                    }
                });
        assertThat(loop.join()).isEqualTo(new LoopEnd.Completed(1));
        assertThat(events).containsExactly("0/1", "0/2", "0/3");
        assertThat(loop.status().retries()).isEqualTo(2);
    }

    @Test
    @DisplayName("R30 a tolerated failure counts, and the loop goes on")
    void a_tolerated_failure_counts() throws InterruptedException {
        Loop loop = runtime.loop("a")
                .every(TICK)
                .count(2)
                .continueOn(IllegalStateException.class)
                .onFailure(failure -> events.add("failure " + failure.inARow()))
                .start(it -> {
                    throw new IllegalStateException("tolerated");
                });
        assertThat(loop.join()).isEqualTo(new LoopEnd.Completed(2));
        assertThat(events).containsExactly("failure 1", "failure 2");
    }

    @Test
    @DisplayName("R31 an attempt that takes too long is interrupted")
    void an_attempt_times_out() throws InterruptedException {
        Loop loop = runtime.loop("a")
                .every(TICK)
                .count(1)
                .timeout(TICK)
                .backoff(Backoff.fixed(TICK))
                .start(it -> {
                    if (it.attempt() == 1) {
                        it.sleep(LONG);
                    }
                });
        assertThat(loop.join()).isEqualTo(new LoopEnd.Completed(1));
        assertThat(loop.status().retries()).isEqualTo(1);
    }

    @Test
    @DisplayName("R32 an iteration is not over before its forks")
    void an_iteration_waits_for_its_forks() throws InterruptedException {
        runtime.loop("a")
                .every(TICK)
                .count(1)
                .afterLoop(end -> events.add("after"))
                .start(it -> it.fork(() -> {
                    it.sleep(TICK);
                    return events.add("fork");
                }))
                .join();
        assertThat(events).containsExactly("fork", "after");
    }

    @Test
    @DisplayName("R37 wrong arguments are refused at the call, with name and value")
    void wrong_arguments_are_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> runtime.loop("a").every(Duration.ofSeconds(-1)))
                .withMessageContaining("PT-1S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> runtime.loop("a").count(0))
                .withMessageContaining("0");
        assertThatIllegalArgumentException().isThrownBy(() -> runtime.loop(" "));
        assertThatIllegalStateException().isThrownBy(() -> runtime.loop("a").start(it -> {}));
    }
}
