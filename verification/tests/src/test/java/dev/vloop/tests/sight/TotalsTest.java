package dev.vloop.tests.sight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopTotals;
import dev.vloop.Schedule;
import dev.vloop.tests.support.VirtualTimeTest;
import java.io.IOException;
import java.time.LocalTime;
import java.time.ZoneOffset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R25, R35: what a loop tells over all its runs")
class TotalsTest extends VirtualTimeTest {
    @Test
    void nothing_before_the_first_start() {
        Loop loop = loops.loop("job").every(seconds(1)).build(it -> {});
        assertThat(loop.totals()).isEqualTo(new LoopTotals(0, 0, 0, 0, 0));
    }

    @Test
    void all_runs_add_up_and_the_one_that_goes_on_is_among_them() {
        Loop loop = loops.loop("job").every(seconds(1)).start(it -> {});
        loops.advance(seconds(2));
        assertThat(loop.totals()).isEqualTo(new LoopTotals(1, 3, 0, 0, 0));
        loop.restart();
        loops.advance(seconds(1));
        assertThat(loop.totals()).isEqualTo(new LoopTotals(2, 5, 0, 0, 0));
        loop.cancel();
        loops.settle();
        assertThat(loop.totals()).isEqualTo(new LoopTotals(2, 5, 0, 0, 0));
        loop.start();
        assertThat(loop.totals()).isEqualTo(new LoopTotals(3, 5, 0, 0, 0));
        assertThat(loop.status().iterations()).isZero();
    }

    @Test
    void failures_retries_and_missed_slots_add_up() {
        Loop loop = loops.loop("job")
                .every(seconds(10))
                .count(2)
                .backoff((failure, random) -> seconds(1))
                .start(it -> {
                    if (it.attempt() < 3 && it.index() == 0) {
                        throw new IOException("no network");
                    }
                    it.sleep(seconds(55));
                });
        loops.awaitEnd(loop);
        LoopTotals first = loop.totals();
        assertThat(first).isEqualTo(new LoopTotals(1, 2, 2, 2, loop.status().missedSlots()));
        assertThat(first.missedSlots()).isGreaterThan(first.retries());
        loop.start();
        loops.awaitEnd(loop);
        assertThat(loop.totals()).isEqualTo(new LoopTotals(2, 4, 4, 4, 2 * first.missedSlots()));
    }

    @Test
    void a_loop_tells_its_schedule_and_each_change_of_it() {
        Loop loop = loops.loop("job").every(seconds(1)).build(it -> {});
        assertThat(loop.schedule()).isEqualTo(Schedule.every(seconds(1)));
        loop.start();
        Schedule daily = Schedule.dailyAt(ZoneOffset.UTC, LocalTime.NOON);
        loop.changeSchedule(daily);
        assertThat(loop.schedule()).isSameAs(daily);
        loop.changeInterval(seconds(5));
        assertThat(loop.schedule()).isEqualTo(Schedule.every(seconds(5)));
    }
}
