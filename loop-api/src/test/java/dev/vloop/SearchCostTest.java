package dev.vloop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.spi.CountableSchedule;
import dev.vloop.spi.CountableSchedule.Passed;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("R6, R20, R26: what a search for a slot costs")
class SearchCostTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicLong asked = new AtomicLong();

    /** A user's own schedule, which counts how often it is asked. */
    private final Schedule minutes = at -> {
        asked.incrementAndGet();
        Instant last = at.lastSlot();
        return last == null ? at.runStart() : last.plusSeconds(60);
    };

    @Test
    void jitter_over_jitter_adds_up_costs_and_does_not_multiply_them() {
        Duration hours = Duration.ofHours(3); // 180 slots look back each
        Schedule schedule = minutes.jitter(hours, "a").jitter(hours, "b").jitter(hours, "c");
        assertThat(schedule.nextRuns(START, 10)).hasSize(10);
        assertThat(asked.get()).isLessThan(10 * 4 * 3 * 180);
    }

    @Test
    void jitter_over_compositions_goes_on_and_does_not_seek_again() {
        Duration hours = Duration.ofHours(3);
        Schedule schedule = Schedule.anyOf(minutes.jitter(hours, "a"), minutes.shiftedBy(Duration.ofSeconds(1)))
                .until(START.plusSeconds(1_000_000))
                .limitedTo(1_000)
                .startingAt(START.minusSeconds(1))
                .jitter(hours, "b");
        schedule.nextRuns(START, 3);
        assertThat(asked.get()).isLessThan(20_000);
    }

    @Test
    void jitter_over_jitter_has_the_slots_of_jitter_one_by_one() {
        Schedule inner =
                Schedule.every(Duration.ofMinutes(1)).limitedTo(Long.MAX_VALUE).jitter(Duration.ofMinutes(7), "a");
        Schedule outer = inner.jitter(Duration.ofMinutes(11), "b");
        Jittered moves = (Jittered) outer;
        var expected = inner.nextRuns(START, 200).stream()
                .map(moves::shifted)
                .sorted()
                .distinct()
                .limit(150)
                .toList();
        assertThat(outer.nextRuns(START, 150)).isEqualTo(expected);
    }

    /** Each schedule walks over thousands of slots, or of days, in a loop of its own. */
    static Stream<Schedule> longSearches() {
        Schedule nanos = at -> {
            Instant last = at.lastSlot();
            return last == null ? at.runStart() : last.plusNanos(1);
        };
        Schedule hours = Schedule.every(Duration.ofHours(1));
        return Stream.of(
                nanos.exceptOn(ZoneOffset.UTC, day -> day.getDayOfMonth() == 1), // Steps
                hours.exceptOn(ZoneOffset.UTC, day -> day.getYear() < 2100), // DayFilter
                Schedule.dailyAt(ZoneOffset.UTC, LocalTime.NOON)
                        .between(ZoneOffset.UTC, LocalTime.of(20, 0), LocalTime.of(7, 0)), // TimeWindow
                Schedule.every(Duration.ofMillis(1)).limitedTo(9_000_000).jitter(Duration.ofHours(1), "a")); // Jittered
    }

    @ParameterizedTest
    @MethodSource("longSearches")
    void an_interrupt_ends_each_kind_of_search(Schedule schedule) {
        whileInterrupted(() -> assertThatThrownBy(() -> schedule.nextRuns(START, 2))
                .isInstanceOf(CancellationException.class)
                .hasMessageStartingWith("interrupted in a search for the next slot of "));
    }

    private static void whileInterrupted(Runnable check) {
        Thread.currentThread().interrupt();
        try {
            check.run();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void an_interrupt_ends_a_walk_over_instants_that_passed() {
        Schedule passed = Schedule.anyOf(IntStream.range(0, 1_100)
                .mapToObj(i -> Schedule.once(START.minusSeconds(1_100 - i)))
                .toArray(Schedule[]::new));
        Schedule both = Schedule.anyOf(passed, Schedule.every(Duration.ofHours(1)));
        SlotContext at = SlotContext.first(START);
        assertThat(Seekable.seek(both, at, START.minusSeconds(1))).isEqualTo(START);
        whileInterrupted(() -> assertThatThrownBy(() -> Seekable.seek(both, at, START.minusSeconds(1)))
                .isInstanceOf(CancellationException.class));
    }

    @Test
    void an_interrupt_leaves_a_short_search_alone() {
        Schedule weekend = Schedule.every(Duration.ofHours(1)).onlyOn(ZoneOffset.UTC, day -> day.getDayOfMonth() == 20);
        List<Instant> slots = weekend.nextRuns(START, 3);
        whileInterrupted(() -> assertThat(weekend.nextRuns(START, 3)).isEqualTo(slots));
    }

    @Test
    void slots_of_a_grid_are_counted_without_a_walk() {
        SlotContext at = new SlotContext(START, START, START, START, 1);
        Instant later = START.plusSeconds(10);
        assertPassed(
                Schedule.every(Duration.ofNanos(1)).limitedTo(Long.MAX_VALUE),
                at,
                later,
                9_999_999_999L,
                later.minusNanos(1));
        assertPassed(Schedule.every(Duration.ofNanos(1)).limitedTo(1_000), at, later, 999, START.plusNanos(999));
        assertPassed(
                Schedule.every(Duration.ofSeconds(3)).until(START.plusSeconds(6)), at, later, 1, START.plusSeconds(3));
        assertPassed(Schedule.fixedDelay(Duration.ofSeconds(5)), at, later, 1, START.plusSeconds(5));
        assertPassed(Schedule.fixedDelay(Duration.ofSeconds(5)), at, later.plusNanos(1), 2, later);
        assertPassed(
                Schedule.every(Duration.ofSeconds(4))
                        .shiftedBy(Duration.ofSeconds(1))
                        .limitedTo(99),
                at,
                later,
                2,
                START.plusSeconds(8));
        assertPassed(
                Schedule.every(Duration.ofSeconds(4))
                        .startingAt(START.plusSeconds(1))
                        .limitedTo(9),
                at,
                later,
                3,
                START.plusSeconds(9));
    }

    @Test
    void a_count_beyond_all_numbers_is_the_most_that_was_asked_for() {
        SlotContext at = SlotContext.first(START);
        Duration thousandYears = Duration.ofDays(365_250);
        Schedule nanos = Schedule.every(Duration.ofNanos(1));
        long most = 9_000_000_000L;
        assertThat(Grid.pass(nanos, at, START.plus(thousandYears), most))
                .isEqualTo(new Passed(most, START.plusNanos(most - 1)));
    }

    @Test
    void a_limit_is_kept_by_every_way_to_its_slots() {
        Schedule once = Schedule.every(Duration.ofHours(1)).limitedTo(1);
        SlotContext after = new SlotContext(START, START, START, START, 1);
        assertThat(Seekable.seek(once, after, START)).isNull();
        assertThat(Seekable.cursor(once, after, START).next()).isNull();
        assertThat(once.next(after)).isNull();
    }

    @Test
    void a_search_refuses_slots_that_are_out_of_order_before_and_behind_its_bound() {
        SlotContext at = new SlotContext(START, START, START.plusSeconds(10), START, 1);
        Schedule back = context -> START.plusSeconds(8);
        for (Instant bound : List.of(START.plusSeconds(5), START.plusSeconds(20))) {
            assertThatThrownBy(() -> new Steps(back, at, bound).next())
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageEndingWith("returned " + START.plusSeconds(8) + ", which is not after its last slot "
                            + START.plusSeconds(10));
        }
    }

    @Test
    void a_count_is_what_asking_slot_by_slot_finds() {
        Schedule schedule = Schedule.every(Duration.ofMillis(700))
                .shiftedBy(Duration.ofMillis(5))
                .until(START.plusSeconds(50));
        for (int millis = 0; millis < 60_000; millis += 333) {
            Instant bound = START.plusMillis(millis);
            var walked = schedule.nextRuns(START, 1_000).stream()
                    .filter(slot -> slot.isBefore(bound))
                    .toList();
            Passed passed = ((CountableSchedule) schedule).pass(SlotContext.first(START), bound, Long.MAX_VALUE);
            assertThat(passed).isEqualTo(new Passed(walked.size(), walked.isEmpty() ? null : walked.getLast()));
        }
    }

    @Test
    void what_is_no_grid_cannot_be_counted() {
        CountableSchedule own = (CountableSchedule) minutes.limitedTo(5);
        assertThat(own.pass(SlotContext.first(START), START.plusSeconds(600), 10))
                .isNull();
    }

    private static void assertPassed(Schedule schedule, SlotContext at, Instant bound, long slots, Instant last) {
        assertThat(((CountableSchedule) schedule).pass(at, bound, Long.MAX_VALUE))
                .isEqualTo(new Passed(slots, last));
    }
}
