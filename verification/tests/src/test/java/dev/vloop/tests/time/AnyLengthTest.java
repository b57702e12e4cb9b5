package dev.vloop.tests.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.MissedSlots;
import dev.vloop.Schedule;
import dev.vloop.tests.support.VirtualTimeTest;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("R20: any length")
class AnyLengthTest extends VirtualTimeTest {
    private static final Duration CENTURIES = Duration.ofDays(365L * 300);
    private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

    @Test
    void an_interval_of_a_nanosecond() {
        loops.loop("job")
                .every(Duration.ofNanos(1))
                .start(it -> events.add(it.now().toString()));
        loops.advance(Duration.ofNanos(3));
        assertThat(events)
                .containsExactly(
                        "2000-01-01T00:00:00Z",
                        "2000-01-01T00:00:00.000000001Z",
                        "2000-01-01T00:00:00.000000002Z",
                        "2000-01-01T00:00:00.000000003Z");
    }

    @ParameterizedTest
    @EnumSource(names = {"RUN_ONCE", "SKIP"})
    void an_interval_of_a_nanosecond_catches_up_at_once_after_an_hour(MissedSlots policy) {
        Loop loop = loops.loop("job")
                .every(Duration.ofNanos(1))
                .missed(policy)
                .count(2)
                .start(it -> it.sleep(Duration.ofHours(1)));
        loops.advance(Duration.ofHours(1).plusNanos(1));
        assertThat(loop.status().iterations()).isEqualTo(1);
        assertThat(loop.status().missedSlots()).isBetween(3_599_999_999_999L, 3_600_000_000_000L);
    }

    @Test
    void a_fixed_delay_of_a_nanosecond() {
        loops.loop("job").fixedDelay(Duration.ofNanos(1)).start(it -> note("body"));
        loops.advance(Duration.ofNanos(2));
        assertThat(events).containsExactly("body 0", "body 0", "body 0");
    }

    @Test
    void an_interval_of_three_hundred_years() {
        Loop loop = loops.loop("job").every(CENTURIES).start(it -> note("body"));
        loops.advance(Duration.ofDays(365L * 200));
        assertThat(events).containsExactly("body 0");
        assertThat(loop.nextIteration()).isEqualTo(ORIGIN.plus(CENTURIES));
        loop.stop();
        loops.settle();
        assertThat(loop.isRunning()).isFalse();
    }

    @Test
    void an_interval_as_long_as_can_be_said() throws Exception {
        Loop loop = loops.loop("job").every(FOR_EVER).start(it -> note("body"));
        LoopEnd end = loop.join(Duration.ofDays(365L * 200));
        assertThat(events).containsExactly("body 0");
        assertThat(end == null || end.equals(new LoopEnd.Completed(1))).isTrue();
    }

    @Test
    void a_fixed_delay_of_three_hundred_years() {
        Loop loop = loops.loop("job").fixedDelay(CENTURIES).start(it -> note("body"));
        loops.advance(Duration.ofDays(365L * 200));
        assertThat(events).containsExactly("body 0");
        assertThat(loop.nextIteration()).isEqualTo(ORIGIN.plus(CENTURIES));
    }

    @Test
    void an_initial_delay_of_three_hundred_years() {
        Loop loop = loops.loop("job").every(seconds(1)).initialDelay(CENTURIES).start(it -> note("body"));
        loops.advance(Duration.ofDays(365L * 200));
        assertThat(events).isEmpty();
        loop.trigger();
        loops.settle();
        assertThat(events).hasSize(1);
    }

    @Test
    void a_slot_of_the_wall_clock_in_three_hundred_years() {
        Instant far = ORIGIN.atOffset(ZoneOffset.UTC).plusYears(300).toInstant();
        Loop loop = loops.loop("job").schedule(Schedule.once(far)).start(it -> note("body"));
        loops.advance(Duration.ofDays(365L * 200));
        assertThat(events).isEmpty();
        assertThat(loop.nextIteration()).isEqualTo(far);
        loop.cancel();
        loops.settle();
        assertThat(loop.isRunning()).isFalse();
    }

    @Test
    void the_last_instant_there_is() {
        Instant last = Instant.MAX.minusNanos(1); // MAX itself stands for a slot that never comes
        Loop loop = loops.loop("job").schedule(Schedule.once(last)).start(it -> note("body"));
        loops.advance(seconds(10));
        assertThat(loop.nextIteration()).isEqualTo(last);
        assertThat(events).isEmpty();
    }

    @Test
    void the_first_instant_there_is_has_passed_and_is_due_now() {
        noting().schedule(at -> at.lastSlot() == null ? Instant.MIN : null).start(it -> note("body"));
        loops.advance(seconds(10));
        assertThat(events).containsExactly("before 0", "body 0", "after Completed 0");
    }

    @Test
    void a_timeout_a_backoff_and_a_lateness_of_three_hundred_years() {
        loops.loop("job")
                .every(seconds(10))
                .timeout(CENTURIES)
                .maxLateness(CENTURIES)
                .backoff((failure, random) -> FOR_EVER)
                .start(it -> {
                    note("body");
                    if (it.index() == 1) {
                        throw new java.io.IOException("no network");
                    }
                });
        loops.advance(seconds(100));
        assertThat(events).containsExactly("body 0", "body 10");
        assertThat(loops.get("job").status().state()).isEqualTo(dev.vloop.LoopState.BACKING_OFF);
    }

    @Test
    void a_sleep_of_three_hundred_years() {
        Loop loop = loops.loop("job").every(seconds(10)).start(it -> it.sleep(CENTURIES));
        loops.advance(Duration.ofDays(365));
        loop.cancel();
        loops.settle();
        assertThat(loop.isRunning()).isFalse();
    }
}
