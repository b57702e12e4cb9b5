package dev.vloop.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.tests.support.VirtualTimeTest;
import dev.vloop.vthreads.VirtualLoops;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R12: a grace for close")
class CloseGraceTest extends VirtualTimeTest {
    CloseGraceTest() {
        super(settings -> settings.closeGrace(Duration.ofSeconds(10)));
    }

    @Test
    void a_close_with_a_grace_stops_and_then_cancels() {
        loops.loop("busy")
                .every(seconds(1000))
                .afterLoop(end -> note("busy " + word(end)))
                .start(it -> it.sleep(seconds(5)));
        loops.loop("busier")
                .every(seconds(1000))
                .afterLoop(end -> note("busier " + word(end)))
                .start(it -> it.sleep(seconds(50)));
        loops.settle();
        loops.runtime().close();
        assertThat(events).containsExactly("busy Stopped 5", "busier Cancelled 10");
    }

    @Test
    void a_negative_one_is_refused() {
        assertThatThrownBy(() -> VirtualLoops.builder().closeGrace(seconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("closeGrace")
                .hasMessageContaining("PT-1S");
    }
}
