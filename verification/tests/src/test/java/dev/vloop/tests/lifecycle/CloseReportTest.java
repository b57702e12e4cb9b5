package dev.vloop.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Iteration;
import dev.vloop.Loop;
import dev.vloop.tests.support.VirtualTimeTest;
import java.time.Instant;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R12, R37: a loop that does not end is reported")
class CloseReportTest extends VirtualTimeTest {
    /** Heeds no interrupt until a time has come. */
    private void deaf(Iteration it, long until) {
        Instant end = ORIGIN.plusSeconds(until);
        while (it.now().isBefore(end)) {
            try {
                it.sleep(java.time.Duration.between(it.now(), end));
            } catch (InterruptedException e) {
                // deaf
            }
        }
    }

    @Test
    void close_waits_for_it_and_says_again_and_again_where_it_is() {
        loops.loop("deaf").every(seconds(1)).start(it -> deaf(it, 100));
        loops.settle();
        loops.runtime().close();
        assertThat(now()).isEqualTo("100");
        assertThat(log.warnings())
                .hasSizeBetween(3, 10)
                .allSatisfy(message -> assertThat(message)
                        .contains("'deaf'")
                        .contains("EXECUTING")
                        .contains(CloseReportTest.class.getName() + ".deaf")
                        .doesNotContain("vthreads.Attempts")
                        .doesNotContain("vthreads.Run"));
        assertThat(log.warnings().getFirst()).contains("5 s");
    }

    @Test
    void close_reports_ten_loops_at_most_and_says_how_many_more_there_are() {
        for (int i = 0; i < 12; i++) {
            loops.loop("deaf " + i).every(seconds(1)).start(it -> deaf(it, 10));
        }
        loops.settle();
        loops.runtime().close();
        assertThat(log.warnings()).hasSize(11).last().isEqualTo("and for 2 more loops");
    }

    @Test
    void close_reports_ten_forks_at_most_and_says_how_many_more_there_are() {
        closeBesideDeafForks(12);
        assertThat(log.warnings()).singleElement().asString().endsWith("\n    and 2 more threads");
    }

    @Test
    void close_says_nothing_of_more_forks_where_it_has_reported_all() {
        closeBesideDeafForks(10);
        assertThat(log.warnings())
                .singleElement()
                .asString()
                .contains("fork-10 is at")
                .doesNotContain("more threads");
    }

    private void closeBesideDeafForks(int forks) {
        loops.loop("deaf").every(seconds(1)).start(it -> {
            for (int i = 0; i < forks; i++) {
                it.fork(() -> {
                    deaf(it, 10);
                    return null;
                });
            }
        });
        loops.settle();
        loops.runtime().close();
    }

    @Test
    void close_says_nothing_about_loops_that_end_in_time() {
        loops.loop("slow")
                .every(seconds(1))
                .afterLoop(end -> loops.clock().sleep(seconds(4)))
                .start(it -> {});
        loops.settle();
        loops.runtime().close();
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void shutdown_reports_it_after_the_grace() {
        Loop loop = loops.loop("deaf").every(seconds(1)).start(it -> deaf(it, 100));
        loops.settle();
        assertThat(loops.runtime().shutdown(seconds(50))).containsExactly(loop);
        assertThat(now()).isEqualTo("100");
        assertThat(log.warnings())
                .isNotEmpty()
                .allSatisfy(message -> assertThat(message).contains("'deaf'").contains(".deaf"));
    }

    @Test
    void a_cancelled_loop_that_goes_on_is_reported_while_the_runtime_is_open() {
        Loop loop = loops.loop("deaf").every(seconds(1)).start(it -> deaf(it, 100));
        loops.settle();
        loop.cancel();
        loops.advance(seconds(100));
        assertThat(log.warnings())
                .hasSizeBetween(3, 10)
                .allSatisfy(message -> assertThat(message)
                        .contains("'deaf'")
                        .contains("cancel()")
                        .contains(CloseReportTest.class.getName() + ".deaf"));
        assertThat(loop.isRunning()).isFalse();
        loops.advance(seconds(1000));
        assertThat(log.warnings()).hasSizeLessThan(10);
    }

    @Test
    void an_attempt_that_is_deaf_to_its_timeout_is_reported() {
        loops.loop("deaf").every(seconds(1)).timeout(seconds(10)).start(it -> deaf(it, 60));
        loops.advance(seconds(59));
        assertThat(log.warnings())
                .isNotEmpty()
                .allSatisfy(message -> assertThat(message)
                        .contains("'deaf'")
                        .contains("its timeout")
                        .contains(CloseReportTest.class.getName() + ".deaf"));
    }

    @Test
    void a_body_that_heeds_its_interrupt_is_not_reported() {
        Loop loop = loops.loop("quick").every(seconds(1)).start(it -> it.sleep(seconds(100)));
        loops.settle();
        loop.cancel();
        loops.advance(seconds(1000));
        assertThat(log.warnings()).isEmpty();
    }
}
