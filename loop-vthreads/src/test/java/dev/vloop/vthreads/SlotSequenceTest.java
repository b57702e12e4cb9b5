package dev.vloop.vthreads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Schedule;
import dev.vloop.SlotContext;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R20, R21: the slots of a run")
class SlotSequenceTest {
    private static final Instant START = Instant.parse("2026-03-10T08:30:00Z");

    private static SlotSequence start(Schedule schedule) {
        SlotSequence slots = new SlotSequence(schedule, () -> false, SlotContext.first(START));
        slots.findNext(START);
        return slots;
    }

    @Test
    void know_the_last_one_after_many_were_passed_over() {
        SlotSequence slots = start(Schedule.every(Duration.ofSeconds(1)).limitedTo(1_000));
        assertThat(slots.skipToLatest(START.plusMillis(9_500))).isEqualTo(9);
        assertThat(slots.last()).isEqualTo(START.plusSeconds(8));
        assertThat(slots.next()).isEqualTo(START.plusSeconds(9));
        assertThat(slots.slots()).isEqualTo(9);
        assertThat(slots.skipToLatest(START.plusMillis(10_500))).isOne();
        assertThat(slots.last()).isEqualTo(START.plusSeconds(9));
        assertThat(slots.next()).isEqualTo(START.plusSeconds(10));
    }

    @Test
    void of_a_known_grid_are_passed_over_at_once() {
        SlotSequence slots = start(Schedule.every(Duration.ofNanos(1)).limitedTo(Long.MAX_VALUE));
        assertThat(slots.skipToLatest(START.plusSeconds(3_600))).isEqualTo(3_600_000_000_000L);
        assertThat(slots.next()).isEqualTo(START.plusSeconds(3_600));
        assertThat(slots.last()).isEqualTo(START.plusSeconds(3_600).minusNanos(1));
    }
}
