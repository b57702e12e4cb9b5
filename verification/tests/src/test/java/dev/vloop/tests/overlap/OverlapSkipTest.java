package dev.vloop.tests.overlap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.MissedSlots;
import dev.vloop.tests.support.VirtualTimeTest;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R21, R22 a loop whose iterations may overlap, and whose missed slots are skipped")
final class OverlapSkipTest extends VirtualTimeTest {
    @Test
    void does_not_run_a_slot_for_which_there_was_no_room_half_a_second_later() {
        loops.loop("job")
                .every(seconds(1))
                .maxConcurrent(2)
                .missed(MissedSlots.SKIP)
                .start(it -> {
                    note("begins");
                    it.sleep(millis(2_500));
                });
        loops.advance(seconds(7));
        assertThat(events).containsExactly("begins 0", "begins 1", "begins 3", "begins 4", "begins 6", "begins 7");
    }
}
