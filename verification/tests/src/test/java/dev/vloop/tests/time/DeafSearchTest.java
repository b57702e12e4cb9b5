package dev.vloop.tests.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopRuntime;
import dev.vloop.Schedule;
import dev.vloop.vthreads.VirtualLoops;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** In real time: a search over a billion slots takes as long as it takes. The limits are generous. */
@Tag("real-time")
@DisplayName("R6, R20: a search over a billion slots is quick, or hears that the run is to end")
class DeafSearchTest {
    static Stream<Schedule> schedulesWithABillionSlotsASecond() {
        Schedule nanos = Schedule.every(Duration.ofNanos(1));
        return Stream.of(
                nanos.limitedTo(Long.MAX_VALUE),
                nanos.until(Instant.parse("2200-01-01T00:00:00Z")),
                Schedule.fixedDelay(Duration.ofNanos(1)),
                nanos.shiftedBy(Duration.ofSeconds(1)),
                Schedule.anyOf(nanos, Schedule.every(Duration.ofHours(1))),
                nanos.jitter(Duration.ofNanos(1), "x"),
                at -> at.lastSlot() == null ? at.runStart() : at.lastSlot().plusNanos(1));
    }

    @ParameterizedTest
    @MethodSource("schedulesWithABillionSlotsASecond")
    @Timeout(60)
    void ends_when_cancelled_while_it_makes_up_for_a_pause(Schedule schedule) throws InterruptedException {
        try (LoopRuntime loops = VirtualLoops.create()) {
            Loop loop = resumedAfterTwoSeconds(loops, schedule);
            loop.cancel();
            assertThat(loop.join(Duration.ofSeconds(5))).isInstanceOf(LoopEnd.Cancelled.class);
        }
    }

    @Test
    @Timeout(60)
    void ends_when_stopped_while_it_makes_up_for_a_pause() throws InterruptedException {
        try (LoopRuntime loops = VirtualLoops.create()) {
            Schedule nanos =
                    at -> at.lastSlot() == null ? at.runStart() : at.lastSlot().plusNanos(1);
            Loop loop = resumedAfterTwoSeconds(loops, nanos);
            loop.stop();
            assertThat(loop.join(Duration.ofSeconds(5))).isInstanceOf(LoopEnd.Stopped.class);
        }
    }

    private static Loop resumedAfterTwoSeconds(LoopRuntime loops, Schedule schedule) throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        Loop loop = loops.loop("nanos").schedule(schedule).start(it -> ran.countDown());
        ran.await();
        loop.pause();
        CountDownLatch later = new CountDownLatch(1);
        loops.loop("later")
                .every(Duration.ofDays(1))
                .initialDelay(Duration.ofSeconds(2))
                .start(it -> later.countDown());
        later.await();
        loop.resume();
        return loop;
    }

    @ParameterizedTest
    @MethodSource("schedulesWithABillionSlotsASecond")
    @Timeout(60)
    void ends_when_stopped(Schedule schedule) throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        try (LoopRuntime loops = VirtualLoops.create()) {
            Loop loop = loops.loop("nanos").schedule(schedule).start(it -> ran.countDown());
            ran.await();
            loop.stop();
            assertThat(loop.join(Duration.ofSeconds(5))).isNotNull();
        }
    }
}
