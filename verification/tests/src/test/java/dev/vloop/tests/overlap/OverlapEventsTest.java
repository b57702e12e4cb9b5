package dev.vloop.tests.overlap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Backoff;
import dev.vloop.Iteration;
import dev.vloop.IterationOutcome;
import dev.vloop.Loop;
import dev.vloop.LoopBuilder;
import dev.vloop.LoopEnd;
import dev.vloop.LoopFailure;
import dev.vloop.LoopListener;
import dev.vloop.MissedSlots;
import dev.vloop.testkit.Finding;
import dev.vloop.testkit.TestLoops;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R22, R36 what a listener hears of a loop whose iterations overlap")
final class OverlapEventsTest implements LoopListener {
    private final List<String> log = new ArrayList<>();
    private final TestLoops loops = TestLoops.builder()
            .settings(runtime -> runtime.listener(this))
            .tolerate(Finding.UNSEEN_FAILURE)
            .create();

    @AfterEach
    void close() {
        loops.close();
    }

    private LoopBuilder everySecond() {
        return loops.loop("overlapping").every(Duration.ofSeconds(1)).maxConcurrent(2);
    }

    private void log(String event) {
        log.add(loops.elapsed().toSeconds() + " " + event);
    }

    @Override
    public void onStart(Loop loop) {
        log("start");
    }

    @Override
    public void onIteration(Iteration it) {
        log("iteration " + it.index());
    }

    @Override
    public void onIterationEnd(Iteration it, IterationOutcome outcome, Duration took) {
        log(outcome.name().toLowerCase(Locale.ROOT) + " " + it.index());
    }

    @Override
    public void onFailure(LoopFailure failure) {
        log("failure " + failure.index() + " " + failure.reaction());
    }

    @Override
    public void onMissed(Loop loop, long slots, Instant first) {
        log("missed " + slots);
    }

    @Override
    public void onEnd(Loop loop, LoopEnd end) {
        log("end " + end);
    }

    @Test
    void is_each_iteration_s_begin_and_end_when_it_happens_and_the_run_s_end_last() {
        Loop loop = everySecond()
                .backoff(Backoff.fixed(Duration.ofSeconds(5)))
                .continueOn(IllegalStateException.class)
                .count(3)
                .start(it -> {
                    if (it.index() == 0 && it.attempt() == 1) {
                        throw new IOException("no network");
                    }
                    if (it.index() == 1) {
                        throw new IllegalStateException("to be continued");
                    }
                    if (it.index() == 2) {
                        it.sleep(Duration.ofSeconds(1));
                    }
                });

        loops.awaitEnd(loop);

        assertThat(log)
                .containsExactly(
                        "0 start",
                        "0 iteration 0",
                        "0 failure 0 RETRY",
                        "1 iteration 1",
                        "1 failure 1 CONTINUE",
                        "1 continued 1",
                        "2 iteration 2",
                        "3 success 2",
                        "5 success 0",
                        "5 end Completed[iterations=3]");
    }

    @Test
    void is_the_end_of_each_iteration_that_a_cancel_cut_short() {
        Loop loop = everySecond().start(it -> it.sleep(Duration.ofHours(1)));
        loops.advance(Duration.ofMillis(1_500));

        loop.cancel();
        loops.settle();

        assertThat(log)
                .containsExactlyInAnyOrder(
                        "0 start",
                        "0 iteration 0",
                        "1 iteration 1",
                        "1 cancelled 0",
                        "1 cancelled 1",
                        "1 end Cancelled[iterations=0]")
                .endsWith("1 end Cancelled[iterations=0]");
    }

    @Test
    void is_the_failure_for_good_before_the_others_are_over() {
        Loop loop = everySecond().start(it -> {
            if (it.index() == 1) {
                throw new IllegalStateException("second");
            }
            it.sleep(Duration.ofSeconds(3));
        });

        loops.awaitEnd(loop);

        assertThat(log.subList(0, 6))
                .containsExactly(
                        "0 start", "0 iteration 0", "1 iteration 1", "1 failure 1 FAIL", "1 failed 1", "3 success 0");
        assertThat(log.getLast()).startsWith("3 end Failed[iterations=1");
    }

    @Test
    void is_what_was_missed_while_there_was_no_room() {
        Loop loop = everySecond().missed(MissedSlots.SKIP).count(3).start(it -> it.sleep(Duration.ofMillis(3_500)));

        loops.awaitEnd(loop);

        assertThat(log)
                .containsExactly(
                        "0 start",
                        "0 iteration 0",
                        "1 iteration 1",
                        "3 success 0",
                        "3 missed 2",
                        "4 iteration 2",
                        "4 success 1",
                        "7 success 2",
                        "7 end Completed[iterations=3]");
    }
}
