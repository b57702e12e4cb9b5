package dev.vloop.vthreads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.MissedSlots;
import dev.vloop.vthreads.MissedPolicy.Runs;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R21, R24: which of the slots that have passed runs")
class MissedPolicyTest {
    @Test
    void is_said_by_the_policy_and_by_whether_the_slot_is_on_time() {
        assertThat(MissedPolicy.choose(MissedSlots.RUN_ALL, true)).isEqualTo(Runs.OLDEST);
        assertThat(MissedPolicy.choose(MissedSlots.RUN_ALL, false)).isEqualTo(Runs.OLDEST);
        assertThat(MissedPolicy.choose(MissedSlots.RUN_ONCE, true)).isEqualTo(Runs.LATEST);
        assertThat(MissedPolicy.choose(MissedSlots.RUN_ONCE, false)).isEqualTo(Runs.LATEST);
        assertThat(MissedPolicy.choose(MissedSlots.SKIP, true)).isEqualTo(Runs.OLDEST);
        assertThat(MissedPolicy.choose(MissedSlots.SKIP, false)).isEqualTo(Runs.NONE);
    }

    @Test
    void on_time_is_what_was_waited_for_and_is_at_most_a_second_late() {
        assertThat(MissedPolicy.isOnTime(true, 0)).isTrue();
        assertThat(MissedPolicy.isOnTime(true, 1_000_000_000L)).isTrue();
        assertThat(MissedPolicy.isOnTime(true, 1_000_000_001L)).isFalse();
        assertThat(MissedPolicy.isOnTime(false, 0)).isFalse();
    }

    @Test
    void of_a_new_schedule_all_run_only_where_all_run_anyway() {
        assertThat(MissedPolicy.keepsPassedSlotsOfNewSchedule(MissedSlots.RUN_ALL))
                .isTrue();
        assertThat(MissedPolicy.keepsPassedSlotsOfNewSchedule(MissedSlots.RUN_ONCE))
                .isFalse();
        assertThat(MissedPolicy.keepsPassedSlotsOfNewSchedule(MissedSlots.SKIP)).isFalse();
    }
}
