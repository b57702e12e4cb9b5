package dev.vloop.tests.sight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopState;
import dev.vloop.LoopStatus;
import dev.vloop.tests.support.VirtualTimeTest;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R35: status")
class StatusTest extends VirtualTimeTest {
    private static Instant at(long second) {
        return ORIGIN.plusSeconds(second);
    }

    @Test
    void of_a_loop_that_was_never_started() {
        Loop loop = loops.loop("job").every(seconds(10)).build(it -> {});
        assertThat(loop.status())
                .isEqualTo(new LoopStatus(
                        "job", LoopState.IDLE, 0, 0, 0, 0, 0, null, null, null, null, null, null, false, null));
        assertThat(loop).hasToString("loop 'job' (IDLE)");
    }

    @Test
    void of_a_loop_in_beforeLoop() {
        Loop loop = loops.loop("job")
                .every(seconds(10))
                .beforeLoop(() -> loops.clock().sleep(seconds(5)))
                .start(it -> {});
        loops.settle();
        assertThat(loop.status())
                .isEqualTo(new LoopStatus(
                        "job", LoopState.STARTING, 0, 0, 0, 0, 0, null, null, null, null, null, null, false, at(0)));
    }

    @Test
    void of_a_loop_that_waits() {
        Loop loop = loops.loop("job").every(seconds(10)).start(it -> it.sleep(seconds(3)));
        loops.advance(seconds(15));
        assertThat(loop.status())
                .isEqualTo(new LoopStatus(
                        "job",
                        LoopState.WAITING,
                        2,
                        0,
                        0,
                        0,
                        0,
                        at(10),
                        at(13),
                        at(13),
                        null,
                        null,
                        at(20),
                        false,
                        null));
        assertThat(loop.toString()).contains("'job'").contains("WAITING").contains("2000-01-01T00:00:20Z");
    }

    @Test
    void of_a_loop_in_its_body() {
        Loop loop = loops.loop("job").every(seconds(10)).start(it -> it.sleep(seconds(3)));
        loops.advance(seconds(11));
        assertThat(loop.status())
                .isEqualTo(new LoopStatus(
                        "job",
                        LoopState.EXECUTING,
                        1,
                        1,
                        0,
                        0,
                        0,
                        at(10),
                        at(3),
                        at(3),
                        null,
                        null,
                        at(20),
                        false,
                        null));
    }

    @Test
    void of_a_loop_between_attempts() {
        IOException cause = new IOException("no network");
        Loop loop = loops.loop("job")
                .every(seconds(10))
                .backoff((failure, random) -> seconds(2))
                .start(it -> {
                    if (it.index() == 1) {
                        throw cause;
                    }
                });
        loops.advance(seconds(13));
        LoopStatus status = loop.status();
        assertThat(status.state()).isEqualTo(LoopState.BACKING_OFF);
        assertThat(status.attempt()).isEqualTo(2);
        assertThat(status.iterations()).isEqualTo(1);
        assertThat(status.failuresInARow()).isEqualTo(2);
        assertThat(status.retries()).isEqualTo(1);
        assertThat(status.iterationStartedAt()).isEqualTo(at(10));
        assertThat(status.lastSuccess()).isEqualTo(at(0));
        assertThat(status.lastFailure()).isNotNull();
        assertThat(status.lastFailure().cause()).isSameAs(cause);
        assertThat(status.lastFailure().at()).isEqualTo(at(12));
        assertThat(status.nextIteration()).isEqualTo(at(20));
    }

    @Test
    void after_a_retry_that_succeeded() {
        Loop loop = loops.loop("job")
                .every(seconds(10))
                .backoff((failure, random) -> seconds(2))
                .start(it -> {
                    if (it.attempt() == 1) {
                        throw new IOException("no network");
                    }
                });
        loops.advance(seconds(5));
        LoopStatus status = loop.status();
        assertThat(status.state()).isEqualTo(LoopState.WAITING);
        assertThat(status.failuresInARow()).isZero();
        assertThat(status.retries()).isEqualTo(1);
        assertThat(status.lastSuccess()).isEqualTo(at(2));
        assertThat(status.lastFailure()).isNotNull();
        assertThat(status.iterationEndedAt()).isEqualTo(at(2));
    }

    @Test
    void of_a_loop_that_is_paused() {
        Loop loop = loops.loop("job").every(seconds(10)).start(it -> {});
        loops.advance(seconds(5));
        loop.pause();
        loops.settle();
        assertThat(loop.status())
                .isEqualTo(new LoopStatus(
                        "job", LoopState.PAUSED, 1, 0, 0, 0, 0, at(0), at(0), at(0), null, null, null, true, null));
    }

    @Test
    void of_a_loop_in_afterLoop() {
        Loop loop = loops.loop("job")
                .every(seconds(10))
                .count(1)
                .afterLoop(end -> loops.clock().sleep(seconds(5)))
                .start(it -> {});
        loops.advance(seconds(1));
        assertThat(loop.status())
                .isEqualTo(new LoopStatus(
                        "job", LoopState.ENDING, 1, 0, 0, 0, 0, at(0), at(0), at(0), null, null, null, false, null));
    }

    @Test
    void in_afterLoop_of_a_run_that_was_cut_short_no_iteration_runs_any_more() {
        Loop loop = loops.loop("job")
                .every(seconds(10))
                .afterLoop(end -> loops.clock().sleep(seconds(5)))
                .start(it -> it.sleep(seconds(100)));
        loops.advance(seconds(3));
        assertThat(loop.status().attempt()).isOne();
        loop.cancel();
        loops.settle();
        assertThat(loop.status().state()).isEqualTo(LoopState.ENDING);
        assertThat(loop.status().attempt()).isZero();
    }

    @Test
    void of_a_loop_that_has_ended() {
        Loop loop = loops.loop("job").every(seconds(10)).count(2).start(it -> {});
        loops.advance(seconds(100));
        assertThat(loop.status())
                .isEqualTo(new LoopStatus(
                        "job",
                        LoopState.IDLE,
                        2,
                        0,
                        0,
                        0,
                        0,
                        at(10),
                        at(10),
                        at(10),
                        null,
                        new LoopEnd.Completed(2),
                        null,
                        false,
                        null));
    }

    @Test
    void of_a_loop_that_was_cut_short() {
        Loop loop = loops.loop("job").every(seconds(10)).start(it -> it.sleep(seconds(100)));
        loops.advance(seconds(5));
        loop.cancel();
        loops.settle();
        assertThat(loop.status())
                .isEqualTo(new LoopStatus(
                        "job",
                        LoopState.IDLE,
                        0,
                        0,
                        0,
                        0,
                        0,
                        at(0),
                        at(5),
                        null,
                        null,
                        new LoopEnd.Cancelled(0),
                        null,
                        false,
                        null));
    }

    @Test
    void the_last_success_stays_when_the_iteration_after_it_is_cut_short() {
        Loop loop = loops.loop("job").every(seconds(10)).start(it -> it.sleep(seconds(it.index() == 0 ? 3 : 100)));
        loops.advance(seconds(15));
        loop.cancel();
        loops.settle();
        LoopStatus status = loop.status();
        assertThat(status.lastSuccess()).isEqualTo(at(3));
        assertThat(status.iterationEndedAt()).isEqualTo(at(15));
    }

    @Test
    void of_a_new_run_which_remembers_how_the_last_one_ended() {
        Loop loop = loops.loop("job").every(seconds(10)).start(it -> {});
        loops.advance(seconds(25));
        loop.restart();
        loops.settle();
        assertThat(loop.status())
                .isEqualTo(new LoopStatus(
                        "job",
                        LoopState.WAITING,
                        1,
                        0,
                        0,
                        0,
                        0,
                        at(25),
                        at(25),
                        at(25),
                        null,
                        new LoopEnd.Cancelled(3),
                        at(35),
                        false,
                        null));
    }

    @Test
    void seen_from_the_body_it_is_that_of_the_current_attempt() {
        loops.loop("job")
                .every(seconds(10))
                .backoff((failure, random) -> seconds(1))
                .start(it -> {
                    LoopStatus status = it.loop().status();
                    note(status.state() + " " + status.iterations() + "." + status.attempt());
                    if (it.attempt() == 1) {
                        throw new IOException("no network");
                    }
                });
        loops.advance(seconds(11));
        assertThat(events)
                .containsExactly("EXECUTING 0.1 0", "EXECUTING 0.2 1", "EXECUTING 1.1 10", "EXECUTING 1.2 11");
    }

    @Test
    void a_snapshot_does_not_change_afterwards() {
        Loop loop = loops.loop("job").every(seconds(10)).start(it -> {});
        loops.settle();
        LoopStatus before = loop.status();
        loops.advance(seconds(100));
        assertThat(before.iterations()).isEqualTo(1);
        assertThat(loop.status().iterations()).isEqualTo(11);
    }
}
