package dev.vloop.tests.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import dev.vloop.LoopState;
import dev.vloop.LoopStatus;
import dev.vloop.Schedule;
import dev.vloop.cron.Cron;
import dev.vloop.vthreads.VirtualLoops;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** With real threads: the loop's own thread heeds a request while others look. */
@Tag("real-time")
@DisplayName("R25: what was asked for is seen at once, whatever the loop's thread does meanwhile")
class ChangeSeenTest {
    private static final int READS = 500;

    private final LoopRuntime loops = VirtualLoops.create();
    private final List<String> wrong = new ArrayList<>();

    @AfterEach
    void close() {
        loops.close();
    }

    private Loop waiting() {
        Loop loop = loops.loop("job").every(Duration.ofHours(10)).start(it -> {});
        while (loop.status().state() != LoopState.WAITING || loop.status().iterations() == 0) {
            Thread.onSpinWait();
        }
        return loop;
    }

    /** It reads again and again, while the loop's thread wakes, computes and waits. */
    private void look(Loop loop, Instant expected) {
        for (int read = 0; read < 50; read++) {
            Instant next = loop.nextIteration();
            if (next == null || Duration.between(expected, next).abs().compareTo(Duration.ofMillis(500)) > 0) {
                wrong.add("read " + read + ": " + next + " instead of " + expected);
            }
        }
    }

    @Test
    void a_new_interval() {
        Loop loop = waiting();
        Instant slot = loop.nextIteration().minus(Duration.ofHours(10));
        for (int round = 0; round < READS; round++) {
            Duration interval = Duration.ofHours(1 + round % 7);
            loop.changeInterval(interval);
            look(loop, slot.plus(interval));
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void an_interval_and_a_time_of_day_by_turns() {
        Loop loop = waiting();
        Schedule daily = Cron.parse("0 0 1 1 *", ZoneOffset.UTC);
        Instant newYear = daily.nextRuns(Instant.now(), 1).get(0);
        for (int round = 0; round < READS; round++) {
            if (round % 2 == 0) {
                loop.changeSchedule(daily);
                look(loop, newYear);
            } else {
                loop.changeInterval(Duration.ofHours(3));
                Instant next = loop.nextIteration();
                if (next == null || !next.isBefore(Instant.now().plus(Duration.ofHours(4)))) {
                    wrong.add("round " + round + ": " + next);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void a_pause_and_a_resume() {
        Loop loop = waiting();
        for (int round = 0; round < READS; round++) {
            loop.pause();
            LoopStatus paused = loop.status();
            if (paused.state() != LoopState.PAUSED || paused.nextIteration() != null) {
                wrong.add("round " + round + ": " + paused);
            }
            loop.resume();
            LoopStatus resumed = loop.status();
            if (resumed.state() != LoopState.WAITING || resumed.nextIteration() == null) {
                wrong.add("round " + round + ": " + resumed);
            }
        }
        assertThat(wrong).isEmpty();
    }
}
