package dev.vloop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R16, R26: jitter")
@NullUnmarked // nulls are passed to see them refused
class JitterTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Schedule NOON = Schedule.dailyAt(ZoneOffset.UTC, LocalTime.NOON);

    @Test
    void each_slot_moves_by_less_than_the_most() {
        List<Instant> slots = NOON.jitter(HOUR, "shard-1").nextRuns(START, 1_000);
        for (int i = 0; i < slots.size(); i++) {
            Instant noon = START.plusSeconds(43_200 + i * 86_400L);
            assertThat(slots.get(i)).isBetween(noon, noon.plus(HOUR));
        }
        assertThat(slots).hasSize(1_000);
    }

    @Test
    void a_name_always_gets_the_same_slots() {
        assertThat(NOON.jitter(HOUR, "shard-1").nextRuns(START, 9))
                .isEqualTo(NOON.jitter(HOUR, "shard-1").nextRuns(START, 9))
                .isNotEqualTo(NOON.jitter(HOUR, "shard-2").nextRuns(START, 9));
        assertThat(NOON.jitter(HOUR, "shard-1")).isEqualTo(NOON.jitter(HOUR, "shard-1"));
        assertThat(NOON.jitter(HOUR, "shard-1").nextRuns(START, 1))
                .as("the same in every version")
                .containsExactly(Instant.parse("2026-01-01T12:46:19.460689252Z"));
        assertThat(NOON.shiftedBy(Duration.ofNanos(5)).jitter(HOUR, "shard-1").nextRuns(START, 1))
                .as("the same in every version, with nanoseconds")
                .containsExactly(Instant.parse("2026-01-01T12:51:31.349761614Z"));
    }

    @Test
    void a_slot_gets_the_same_shift_whichever_run_asks() {
        Schedule jittered = NOON.jitter(HOUR, "shard-1");
        List<Instant> slots = jittered.nextRuns(START, 10);
        assertThat(jittered.nextRuns(slots.get(4).minusSeconds(60), 6)).isEqualTo(slots.subList(4, 10));
        assertThat(jittered.nextRuns(slots.get(4), 6)).as("inclusive").isEqualTo(slots.subList(4, 10));
    }

    @Test
    void a_run_that_starts_between_the_slot_and_its_shifted_time_still_has_it() {
        Schedule jittered = NOON.jitter(HOUR, "shard-1");
        Instant shifted = jittered.nextRuns(START, 1).getFirst();
        Instant between = shifted.minusNanos(1);
        assertThat(between).isAfter(Instant.parse("2026-01-01T12:00:00Z"));
        assertThat(jittered.nextRuns(between, 1)).containsExactly(shifted);
    }

    @Test
    void a_thousand_shards_spread_evenly() {
        int[] sixths = new int[6];
        for (int shard = 0; shard < 1_000; shard++) {
            Instant slot =
                    NOON.jitter(HOUR, "shard-" + shard).nextRuns(START, 1).getFirst();
            sixths[(int) (Duration.between(START, slot).minusHours(12).toMinutes() / 10)]++;
        }
        assertThat(IntStream.of(sixths).boxed().toList())
                .allSatisfy(n -> assertThat(n).isBetween(130, 205));
    }

    @Test
    void random_jitter_is_drawn_once_for_a_schedule() {
        Schedule jittered = NOON.jitter(HOUR);
        assertThat(jittered.nextRuns(START, 5)).isEqualTo(jittered.nextRuns(START, 5));
        assertThat(jittered.nextRuns(START, 5)).isNotEqualTo(NOON.jitter(HOUR).nextRuns(START, 5));
    }

    @Test
    void an_interval_keeps_its_grid_and_never_drifts() {
        Schedule jittered = Schedule.every(HOUR).jitter(HOUR, "shard-1");
        List<Instant> slots = jittered.nextRuns(START, 2_000);
        for (int i = 0; i < slots.size(); i++) {
            assertThat(slots.get(i)).isBetween(START.plus(HOUR.multipliedBy(i)), START.plus(HOUR.multipliedBy(i + 1L)));
        }
    }

    @Test
    void slots_stay_in_order_and_none_is_lost_when_the_jitter_is_longer_than_their_distance() {
        Schedule jittered = Schedule.dailyAt(ZoneOffset.UTC, Runs.times("12:00", "12:05", "12:10", "12:15"))
                .jitter(HOUR.multipliedBy(30), "shard-1");
        List<Instant> slots = jittered.nextRuns(START, 4_000);
        assertThat(slots).isSorted().doesNotHaveDuplicates();
        assertThat(Duration.between(START, slots.getLast()).toDays()).isBetween(998L, 1_002L);
    }

    @Test
    void a_delay_is_jittered_from_the_end_of_each_iteration() {
        Schedule jittered = Schedule.fixedDelay(HOUR).jitter(Duration.ofMinutes(10), "shard-1");
        Set<Duration> waits = new HashSet<>();
        Instant slot = jittered.nextRuns(START, 1).getFirst();
        for (int i = 0; i < 100; i++) {
            Instant end = slot.plusSeconds(100);
            Instant next = jittered.next(Runs.after(START, slot, end));
            Duration wait = Duration.between(end, next);
            assertThat(wait).isBetween(HOUR, HOUR.plusMinutes(10));
            waits.add(wait);
            slot = next;
        }
        assertThat(waits).hasSizeGreaterThan(90);
    }

    @Test
    void a_function_of_ones_own_goes_on_from_its_moved_slot() {
        Schedule own =
                at -> at.lastSlot() == null ? at.runStart() : at.lastSlot().plusSeconds(3_600);
        List<Instant> slots = own.jitter(Duration.ofMinutes(10), "shard-1").nextRuns(START, 100);
        assertThat(slots.getFirst()).isBetween(START, START.plusSeconds(3_600));
        for (int i = 1; i < slots.size(); i++) {
            assertThat(Duration.between(slots.get(i - 1), slots.get(i))).isBetween(HOUR, HOUR.plusMinutes(10));
        }
    }

    @Test
    void jitter_goes_with_other_compositions() {
        List<Schedule> made = new ArrayList<>();
        made.add(NOON.limitedTo(5).jitter(HOUR, "a"));
        made.add(NOON.jitter(HOUR, "a").limitedTo(5));
        assertThat(made).allSatisfy(s -> assertThat(s.nextRuns(START, 9)).hasSize(5));
        assertThat(NOON.shiftedBy(HOUR).jitter(HOUR, "a").nextRuns(START, 3))
                .hasSize(3)
                .isSorted();
        assertThat(Schedule.anyOf(NOON, Schedule.every(HOUR)).jitter(HOUR, "a").nextRuns(START, 100))
                .isSorted();
        assertThat(Schedule.once(START.minusSeconds(86_400)).jitter(HOUR, "a").nextRuns(START, 2))
                .as("an instant that passed is a missed slot")
                .hasSize(1);
    }

    @Test
    void a_slot_that_never_comes_stays_one() {
        Schedule waits = at -> Instant.MAX; // for triggers alone
        assertThat(waits.jitter(HOUR, "a").next(SlotContext.first(START))).isEqualTo(Instant.MAX);
    }

    @Test
    void wrong_arguments_are_refused_by_name_and_value() {
        assertThatThrownBy(() -> NOON.jitter(Duration.ZERO, "a")).hasMessage("max must be positive, but is PT0S");
        assertThatThrownBy(() -> NOON.jitter(null)).hasMessage("max must not be null");
        assertThatThrownBy(() -> NOON.jitter(HOUR, null)).hasMessage("name must not be null");
        Duration longest = Duration.ofNanos(Long.MAX_VALUE);
        assertThat(NOON.jitter(longest, "a").toString()).contains(longest.toString());
        assertThatThrownBy(() -> NOON.jitter(longest.plusNanos(1), "a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("max must not be longer than 292 years, but is " + longest.plusNanos(1));
        assertThatThrownBy(() -> Schedule.every(HOUR).jitter(Duration.ofMinutes(61), "a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("max must not be longer than the interval (PT1H), but is PT1H1M");
        assertThatThrownBy(() -> Schedule.every(Duration.ofNanos(1))
                        .limitedTo(9)
                        .jitter(HOUR, "a")
                        .nextRuns(START, 1))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_name_beyond_ASCII_gets_the_same_slots_in_every_version_too() {
        assertThat(NOON.jitter(HOUR, "B\u00fcro-1").nextRuns(START, 1))
                .containsExactly(Instant.parse("2026-01-01T12:07:55.905611034Z"));
        assertThat(NOON.jitter(HOUR, "W\u00e4chter \u23f0").nextRuns(START, 1))
                .containsExactly(Instant.parse("2026-01-01T12:33:19.589505994Z"));
    }
}
