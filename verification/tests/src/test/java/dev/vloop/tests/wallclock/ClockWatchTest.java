package dev.vloop.tests.wallclock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.LoopListener;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R13, R19 the watch on the wall clock")
final class ClockWatchTest {
    private static final Duration HOUR = Duration.ofHours(1);

    private final List<Duration> jumps = new ArrayList<>();
    private final TestLoops loops = TestLoops.builder()
            .settings(runtime -> runtime.listener(new LoopListener() {
                @Override
                public void onClockJump(Duration jump) {
                    jumps.add(jump);
                }
            }))
            .create();

    @AfterEach
    void close() {
        loops.close();
    }

    @Test
    void hears_nothing_any_more_when_its_runtime_is_closed() {
        loops.loop("daily").dailyAt(ZoneOffset.UTC, LocalTime.NOON).start(it -> {});
        loops.settle();
        loops.moveWallClock(HOUR);
        loops.settle();
        assertThat(jumps).containsExactly(HOUR);

        loops.runtime().close();
        loops.moveWallClock(HOUR);
        loops.settle();
        assertThat(jumps).containsExactly(HOUR);
    }

    @Test
    void looks_at_no_zone_any_more_when_its_runtime_is_closed() {
        MovingZone zone = MovingZone.at("+00:00");
        loops.loop("daily").dailyAt(zone.id(), LocalTime.NOON).start(it -> {});
        loops.settle();
        loops.advanceToNext();
        assertThat(loops.elapsed()).as("it looks each second").isEqualTo(Duration.ofSeconds(1));

        loops.runtime().close();
        assertThatThrownBy(loops::advanceToNext).hasMessageContaining("nothing");
    }
}
