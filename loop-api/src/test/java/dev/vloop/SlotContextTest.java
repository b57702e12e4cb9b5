package dev.vloop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked // nulls are passed to see them refused
class SlotContextTest {
    @Test
    void the_first_context_has_no_slot_yet() {
        assertThat(SlotContext.first(Instant.EPOCH))
                .isEqualTo(new SlotContext(Instant.EPOCH, Instant.EPOCH, null, null, 0));
    }

    @Test
    void what_must_be_there_is_checked() {
        assertThatThrownBy(() -> new SlotContext(null, Instant.EPOCH, null, null, 0))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("now must not be null");
        assertThatThrownBy(() -> new SlotContext(Instant.EPOCH, null, null, null, 0))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("runStart must not be null");
        assertThatThrownBy(() -> new SlotContext(Instant.EPOCH, Instant.EPOCH, null, null, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("slots must not be negative, but is -1");
    }
}
