package dev.vloop.tests.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Iteration;
import dev.vloop.Loop;
import dev.vloop.LoopBuilder;
import dev.vloop.LoopListener;
import dev.vloop.MissedSlots;
import dev.vloop.Schedule;
import dev.vloop.tests.support.ListenerRelay;
import dev.vloop.tests.support.VirtualTimeTest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("R21: missed slots")
class MissedSlotsTest extends VirtualTimeTest {
    private static final class Reports implements LoopListener {
        final List<String> missed = new ArrayList<>();

        @Override
        public void onMissed(Loop loop, long slots, Instant first) {
            missed.add(slots + " from " + Duration.between(ORIGIN, first).toSeconds());
        }
    }

    /** How a schedule of ten seconds is made: each has an arithmetic of its own in the engine. */
    enum Kind {
        INTERVAL,
        MONOTONIC,
        WALL_CLOCK;

        Schedule everyTen() {
            Schedule ten = Schedule.every(seconds(10));
            return switch (this) {
                case INTERVAL -> ten;
                case MONOTONIC -> ten.shiftedBy(Duration.ZERO);
                case WALL_CLOCK ->
                    at -> at.lastSlot() == null ? at.runStart() : at.lastSlot().plusSeconds(10);
            };
        }
    }

    private final Reports reports = new Reports();

    MissedSlotsTest() {
        super(new ListenerRelay());
        listen(reports);
    }

    private LoopBuilder everyTen(Kind kind) {
        return loops.loop("job").schedule(kind.everyTen());
    }

    /** The first iteration takes so long, the others no time. */
    private void longFirst(Iteration it, long length) throws InterruptedException {
        note("slot " + Duration.between(ORIGIN, it.scheduledAt()).toSeconds());
        if (it.index() == 0) {
            it.sleep(seconds(length));
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void run_once_runs_the_latest_now_and_goes_on_at_the_next_future_slot(Kind kind) {
        Loop loop = everyTen(kind).missed(MissedSlots.RUN_ONCE).start(it -> longFirst(it, 45));
        loops.advance(seconds(60));
        assertThat(events).containsExactly("slot 0 0", "slot 40 45", "slot 50 50", "slot 60 60");
        assertThat(loop.status().missedSlots()).isEqualTo(3);
        assertThat(reports.missed).containsExactly("3 from 10");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void run_once_is_the_default(Kind kind) {
        everyTen(kind).start(it -> longFirst(it, 45));
        loops.advance(seconds(50));
        assertThat(events).containsExactly("slot 0 0", "slot 40 45", "slot 50 50");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void run_once_after_one_missed_slot_skips_none(Kind kind) {
        Loop loop = everyTen(kind).start(it -> longFirst(it, 15));
        loops.advance(seconds(20));
        assertThat(events).containsExactly("slot 0 0", "slot 10 15", "slot 20 20");
        assertThat(loop.status().missedSlots()).isZero();
        assertThat(reports.missed).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void run_once_with_the_end_of_the_body_on_a_slot_runs_that_one(Kind kind) {
        everyTen(kind).start(it -> longFirst(it, 30));
        loops.advance(seconds(40));
        assertThat(events).containsExactly("slot 0 0", "slot 30 30", "slot 40 40");
        assertThat(reports.missed).containsExactly("2 from 10");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void skip_runs_none_of_them(Kind kind) {
        Loop loop = everyTen(kind).missed(MissedSlots.SKIP).start(it -> longFirst(it, 45));
        loops.advance(seconds(60));
        assertThat(events).containsExactly("slot 0 0", "slot 50 50", "slot 60 60");
        assertThat(loop.status().missedSlots()).isEqualTo(4);
        assertThat(reports.missed).containsExactly("4 from 10");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void skip_runs_a_slot_at_the_very_end_of_the_body(Kind kind) {
        everyTen(kind).missed(MissedSlots.SKIP).start(it -> longFirst(it, 30));
        loops.advance(seconds(30));
        assertThat(events).containsExactly("slot 0 0", "slot 30 30");
        assertThat(reports.missed).containsExactly("2 from 10");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void run_all_runs_each_at_once_until_it_has_caught_up(Kind kind) {
        Loop loop = everyTen(kind).missed(MissedSlots.RUN_ALL).start(it -> longFirst(it, 45));
        loops.advance(seconds(60));
        assertThat(events)
                .containsExactly(
                        "slot 0 0", "slot 10 45", "slot 20 45", "slot 30 45", "slot 40 45", "slot 50 50", "slot 60 60");
        assertThat(loop.status().missedSlots()).isZero();
        assertThat(reports.missed).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void skipped_slots_do_not_count_as_iterations(Kind kind) {
        Loop loop = everyTen(kind).count(3).start(it -> longFirst(it, 45));
        loops.advance(seconds(50));
        assertThat(events).containsExactly("slot 0 0", "slot 40 45", "slot 50 50");
        assertThat(loop.isRunning()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void each_overrun_is_reported_once(Kind kind) {
        Loop loop = everyTen(kind).start(it -> it.sleep(seconds(25)));
        loops.advance(seconds(100));
        assertThat(reports.missed).containsExactly("1 from 10", "2 from 30", "1 from 60", "2 from 80");
        assertThat(loop.status().missedSlots()).isEqualTo(6);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_new_run_counts_its_missed_slots_from_0(Kind kind) {
        Loop loop = everyTen(kind).start(it -> it.sleep(seconds(25)));
        loops.advance(seconds(30));
        assertThat(loop.status().missedSlots()).isEqualTo(1);
        loop.restart();
        loops.settle();
        assertThat(loop.status().missedSlots()).isZero();
    }

    @ParameterizedTest
    @EnumSource(MissedSlots.class)
    void slots_later_than_the_limit_are_skipped_whatever_the_policy(MissedSlots policy) {
        Loop loop =
                everyTen(Kind.INTERVAL).missed(policy).maxLateness(seconds(12)).start(it -> longFirst(it, 45));
        loops.advance(seconds(50));
        switch (policy) {
            case RUN_ONCE -> assertThat(events).containsExactly("slot 0 0", "slot 40 45", "slot 50 50");
            case SKIP -> assertThat(events).containsExactly("slot 0 0", "slot 50 50");
            case RUN_ALL -> assertThat(events).containsExactly("slot 0 0", "slot 40 45", "slot 50 50");
        }
        assertThat(loop.status().missedSlots()).isEqualTo(policy == MissedSlots.SKIP ? 4 : 3);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void run_all_with_a_limit_runs_those_within_it(Kind kind) {
        everyTen(kind).missed(MissedSlots.RUN_ALL).maxLateness(seconds(25)).start(it -> longFirst(it, 45));
        loops.advance(seconds(50));
        assertThat(events).containsExactly("slot 0 0", "slot 20 45", "slot 30 45", "slot 40 45", "slot 50 50");
        assertThat(reports.missed).containsExactly("1 from 10");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void run_once_with_a_limit_of_zero_runs_only_what_is_on_time(Kind kind) {
        everyTen(kind).maxLateness(Duration.ZERO).start(it -> longFirst(it, 45));
        loops.advance(seconds(50));
        assertThat(events).containsExactly("slot 0 0", "slot 50 50");
        assertThat(reports.missed).containsExactly("4 from 10");
    }

    @ParameterizedTest
    @ValueSource(longs = {1_001, 5_000})
    void skip_skips_a_slot_that_it_waited_for_and_woke_more_than_a_second_late(long late) {
        Loop loop = loops.loop("job")
                .dailyAt(ZoneOffset.UTC, LocalTime.of(6, 0))
                .missed(MissedSlots.SKIP)
                .start(it -> note("body"));
        loops.advance(Duration.ofHours(6).minusSeconds(10));
        loops.moveWallClock(seconds(10).plusMillis(late));
        loops.advance(seconds(1));
        assertThat(events).isEmpty();
        assertThat(loop.status().missedSlots()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void the_first_missed_slot_runs_if_it_is_just_as_late_as_it_may_be(Kind kind) {
        everyTen(kind).maxLateness(seconds(5)).start(it -> longFirst(it, 15));
        loops.advance(seconds(20));
        assertThat(events).containsExactly("slot 0 0", "slot 10 15", "slot 20 20");
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_slot_just_as_late_as_it_may_be_runs(Kind kind) {
        everyTen(kind).maxLateness(seconds(5)).start(it -> longFirst(it, 45));
        loops.advance(seconds(50));
        assertThat(events).containsExactly("slot 0 0", "slot 40 45", "slot 50 50");
    }

    @Test
    void times_of_day_that_the_machine_slept_through_run_once() {
        Loop loop = loops.loop("job")
                .dailyAt(ZoneOffset.UTC, LocalTime.of(6, 0))
                .start(it -> note(
                        "slot " + Duration.between(ORIGIN, it.scheduledAt()).toHours()));
        loops.advance(Duration.ofHours(1));
        loops.moveWallClock(Duration.ofDays(3));
        loops.advance(seconds(5));
        assertThat(events).hasSize(1).first().asString().startsWith("slot 54 ");
        assertThat(loop.status().missedSlots()).isEqualTo(2);
        assertThat(reports.missed).containsExactly("2 from " + 6 * 3600);
    }

    @Test
    void times_of_day_that_the_machine_slept_through_are_skipped_if_so_wished() {
        Loop loop = loops.loop("job")
                .dailyAt(ZoneOffset.UTC, LocalTime.of(6, 0))
                .missed(MissedSlots.SKIP)
                .start(it -> note("body"));
        loops.advance(Duration.ofHours(1));
        loops.moveWallClock(Duration.ofDays(3));
        loops.advance(seconds(5));
        assertThat(events).isEmpty();
        assertThat(loop.status().missedSlots()).isEqualTo(3);
        assertThat(loop.nextIteration()).isEqualTo(Instant.parse("2000-01-04T06:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 999})
    void skip_still_runs_a_slot_that_it_waited_for_and_woke_less_than_a_second_late(long late) {
        loops.loop("job")
                .dailyAt(ZoneOffset.UTC, LocalTime.of(6, 0))
                .missed(MissedSlots.SKIP)
                .start(it -> note("body"));
        loops.advance(Duration.ofHours(6).minusSeconds(10));
        loops.moveWallClock(seconds(10).plusMillis(late));
        loops.advance(seconds(1));
        assertThat(events).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void skip_does_not_run_a_slot_that_a_body_was_half_a_second_too_long_for(Kind kind) {
        Loop loop = everyTen(kind).missed(MissedSlots.SKIP).start(it -> {
            note("slot " + Duration.between(ORIGIN, it.scheduledAt()).toSeconds());
            it.sleep(millis(10_500));
        });
        loops.advance(seconds(45));
        assertThat(events).containsExactly("slot 0 0", "slot 20 20", "slot 40 40");
        assertThat(reports.missed).containsExactly("1 from 10", "1 from 30");
        assertThat(loop.status().missedSlots()).isEqualTo(2);
    }
}
