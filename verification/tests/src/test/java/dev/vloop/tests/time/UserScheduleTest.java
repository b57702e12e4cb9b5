package dev.vloop.tests.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.MissedSlots;
import dev.vloop.Schedule;
import dev.vloop.SlotContext;
import dev.vloop.tests.support.VirtualTimeTest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("R26: schedules of one's own")
class UserScheduleTest extends VirtualTimeTest {
    private Loop run(Schedule schedule) {
        Loop loop = noting().schedule(schedule)
                .onFailure(failure -> note("failure"))
                .start(it -> note("body"));
        loops.advance(seconds(100));
        return loop;
    }

    private static Throwable causeOf(Loop loop) {
        assertThat(loop.status().lastEnd()).isInstanceOf(LoopEnd.Failed.class);
        return ((LoopEnd.Failed) loop.status().lastEnd()).cause();
    }

    @Test
    void any_function_can_be_one() {
        run(at -> at.slots() == 3 ? null : at.runStart().plusSeconds(at.slots() * at.slots() * 10));
        assertThat(events).containsExactly("before 0", "body 0", "body 10", "body 40", "after Completed 40");
    }

    @Test
    void it_is_told_where_the_run_is() {
        List<SlotContext> asked = new ArrayList<>();
        loops.loop("job")
                .schedule(at -> {
                    asked.add(at);
                    return at.lastSlot() == null
                            ? at.now().plusSeconds(5)
                            : at.lastSlot().plusSeconds(10);
                })
                .start(it -> it.sleep(seconds(2)));
        loops.advance(seconds(8));
        Instant first = ORIGIN.plusSeconds(5);
        assertThat(asked.getFirst()).isEqualTo(new SlotContext(ORIGIN, ORIGIN, null, null, 0));
        assertThat(asked.getLast())
                .isEqualTo(new SlotContext(ORIGIN.plusSeconds(7), ORIGIN, first, ORIGIN.plusSeconds(7), 1));
    }

    @Test
    void a_slot_that_comes_while_it_looks_for_one_that_was_not_missed_is_on_time() {
        Schedule slow = new Schedule() {
            @Override
            public Instant next(SlotContext at) {
                Instant last = at.lastSlot();
                if (ORIGIN.plusSeconds(10).equals(last)) {
                    sleepForSixSeconds();
                }
                return last == null ? at.runStart() : last.plusSeconds(10);
            }

            @Override
            public boolean isMonotonic() {
                return true;
            }
        };
        loops.loop("job").schedule(slow).missed(MissedSlots.SKIP).start(it -> {
            note("body");
            it.sleep(millis(it.index() == 0 ? 14_500 : 0)); // the slot of 10 s is missed, that of 20 s is not
        });
        loops.advance(seconds(35));
        assertThat(events).containsExactly("body 0", "body 20.5", "body 30");
    }

    private void sleepForSixSeconds() {
        try {
            loops.clock().sleep(seconds(6));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void null_at_the_start_completes_the_run_without_an_iteration() {
        run(at -> null);
        assertThat(events).containsExactly("before 0", "after Completed 0");
    }

    @Test
    void one_that_throws_at_the_start_fails_the_run_with_that_cause() {
        IllegalArgumentException cause = new IllegalArgumentException("no such month");
        Loop loop = run(at -> {
            throw cause;
        });
        assertThat(causeOf(loop)).isSameAs(cause);
        assertThat(events).containsExactly("before 0", "failure 0", "after Failed 0");
        assertThat(log.errors()).hasSize(1).first().asString().contains("'job': its schedule failed, the run ends");
    }

    @Test
    void one_that_throws_later_fails_the_run_with_that_cause() {
        IllegalArgumentException cause = new IllegalArgumentException("no such month");
        Loop loop = run(at -> {
            if (at.slots() == 2) {
                throw cause;
            }
            return at.runStart().plusSeconds(at.slots() * 10);
        });
        assertThat(causeOf(loop)).isSameAs(cause);
        assertThat(events).containsExactly("before 0", "body 0", "body 10", "failure 10", "after Failed 10");
    }

    @Test
    void one_that_throws_an_Error_fails_the_run_with_it() {
        AssertionError cause = new AssertionError("broken");
        Loop loop = run(at -> {
            if (at.slots() == 1) {
                throw cause;
            }
            return at.now();
        });
        assertThat(causeOf(loop)).isSameAs(cause);
    }

    @Test
    void one_that_throws_when_it_is_changed_to_fails_the_run() {
        IllegalArgumentException cause = new IllegalArgumentException("no such month");
        Loop loop = everySecond().start(it -> note("body"));
        loops.advance(millis(500));
        loop.changeSchedule(at -> {
            throw cause;
        });
        loops.settle();
        assertThat(causeOf(loop)).isSameAs(cause);
        assertThat(events).containsExactly("before 0", "body 0", "after Failed 0.5");
    }

    /** Each of its methods but one is as it should be. */
    private static final class Odd implements Schedule {
        private final String broken;
        private final RuntimeException thrown;

        Odd(String broken, RuntimeException thrown) {
            this.broken = broken;
            this.thrown = thrown;
        }

        private void call(String method) {
            if (method.equals(broken)) {
                throw thrown;
            }
        }

        @Override
        public @Nullable Instant next(SlotContext at) {
            call("next");
            return at.now().plusSeconds(1);
        }

        @Override
        public boolean isMonotonic() {
            call("isMonotonic");
            return false;
        }

        @Override
        public Set<ZoneId> zones() {
            call("zones");
            return Set.of();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"next", "isMonotonic", "zones"})
    void one_of_which_any_method_throws_fails_the_run_in_the_usual_way(String method) {
        IllegalArgumentException cause = new IllegalArgumentException(method);
        Loop first = run(new Odd(method, cause));
        assertThat(causeOf(first)).isSameAs(cause);
        assertThat(events).containsExactly("before 0", "failure 0", "after Failed 0");

        events.clear();
        Loop changed =
                noting().every(seconds(1)).onFailure(failure -> note("failure")).start(it -> {});
        loops.settle();
        changed.changeSchedule(new Odd(method, cause));
        loops.settle();
        assertThat(causeOf(changed)).isSameAs(cause);
        assertThat(events).containsExactly("before 100", "failure 100", "after Failed 100");
        assertThat(log.errors()).hasSize(2).allMatch(line -> line.contains("its schedule failed, the run ends"));
    }

    @Test
    void one_whose_zones_are_slow_is_cancelled_as_any_code() {
        Loop loop = noting().every(seconds(1)).start(it -> {});
        loops.settle();
        loop.changeSchedule(new Schedule() {
            @Override
            public @Nullable Instant next(SlotContext at) {
                return at.now();
            }

            @Override
            public Set<ZoneId> zones() {
                try {
                    loops.clock().sleep(seconds(60));
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                return Set.of();
            }
        });
        loops.advance(seconds(5));
        loop.cancel();
        loops.settle();
        assertThat(events).containsExactly("before 0", "after Cancelled 5");
    }

    @Test
    void one_that_goes_backwards_fails_the_run_and_says_so() {
        assertSaysSo(run(at -> at.runStart().plusSeconds(50 - 10 * at.slots())));
        assertThat(events).containsExactly("before 0", "body 50", "failure 50", "after Failed 50");
    }

    @Test
    void one_that_stands_still_fails_the_run_and_does_not_spin() {
        Instant constant = ORIGIN.plusSeconds(20);
        assertSaysSo(run(at -> constant));
        assertThat(events).containsExactly("before 0", "body 20", "failure 20", "after Failed 20");
    }

    @Test
    void one_that_stands_still_in_the_past_fails_the_run_and_does_not_spin() {
        assertSaysSo(run(at -> Instant.EPOCH));
        assertThat(events).endsWith("failure 0", "after Failed 0");
    }

    @Test
    void one_that_stands_still_fails_the_run_when_it_is_monotonic_too() {
        assertSaysSo(run(new Schedule() {
            @Override
            public @Nullable Instant next(SlotContext at) {
                return at.runStart();
            }

            @Override
            public boolean isMonotonic() {
                return true;
            }

            @Override
            public String toString() {
                return "still";
            }
        }));
    }

    @Test
    void one_that_answers_the_last_slot_when_it_is_changed_to_fails_the_run() {
        Loop loop = everySecond().start(it -> note("body"));
        loops.advance(millis(500));
        loop.changeSchedule(at -> ORIGIN);
        loops.settle();
        assertSaysSo(loop);
    }

    private void assertSaysSo(Loop loop) {
        assertThat(causeOf(loop))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("schedule")
                .hasMessageContaining("not after its last slot");
    }

    @Test
    void one_that_is_slow_is_cancelled_as_any_code() {
        Loop loop = noting().schedule(at -> {
                    try {
                        loops.clock().sleep(seconds(60));
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    return at.now();
                })
                .start(it -> note("body"));
        loops.advance(seconds(5));
        loop.cancel();
        loops.settle();
        assertThat(events).containsExactly("before 0", "after Cancelled 5");
    }

    @Test
    void after_the_failure_the_loop_can_be_started_again() {
        Loop loop = run(at -> at.slots() < 1 ? at.now() : at.lastSlot());
        loop.changeSchedule(Schedule.every(Duration.ofSeconds(10)));
        loop.start();
        loops.advance(seconds(10));
        assertThat(events).endsWith("before 100", "body 100", "body 110");
    }
}
