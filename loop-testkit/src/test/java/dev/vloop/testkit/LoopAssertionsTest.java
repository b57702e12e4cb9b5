package dev.vloop.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.Backoff;
import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopStatus;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What assertions on a loop, its status and its end say when they fail. */
class LoopAssertionsTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TestLoops loops = TestLoops.create();

    @AfterEach
    void close() {
        loops.close();
    }

    private Loop feed() {
        Loop feed = loops.loop("feed").every(MINUTE).start(it -> {
            if (it.index() == 2) {
                throw new IllegalStateException("no such channel");
            }
        });
        loops.loop("other").every(MINUTE).start(it -> {});
        return feed;
    }

    private static void expectStory(ThrowingCallable assertion, String first) {
        assertThatThrownBy(assertion)
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(first)
                .hasMessageContaining("    time      feed\n    00:00:00  starts, #0 ok\n")
                .hasMessageContaining(">>> ")
                .hasMessageNotContaining("other");
    }

    /** A spy is another object than the loop, and so is a bean in a test of Spring. */
    @Test
    void what_stands_for_a_loop_is_as_good_as_the_loop() {
        Loop feed = feed();
        Loop spy = (Loop) Proxy.newProxyInstance(
                Loop.class.getClassLoader(),
                new Class<?>[] {Loop.class},
                (proxy, method, arguments) ->
                        method.getName().equals("hashCode") ? 42 : method.invoke(feed, arguments));
        loops.advance(MINUTE);
        LoopAssertions.assertThat(spy).nextIn(MINUTE);
        expectStory(
                () -> LoopAssertions.assertThat(spy).isIdle(),
                "expected loop 'feed' to be IDLE, but it is WAITING with 2 iterations, next 2000-01-01T00:02:00Z\n");
        loops.advance(MINUTE);
        LoopAssertions.assertThat(spy)
                .hasFailedWith(IllegalStateException.class); // else the end of the test would tell
        LoopAssertions.assertThat(spy).failedRuns().hasSize(1);
    }

    @Test
    void a_loop_tells_its_status_and_its_timeline() {
        Loop feed = feed();
        loops.advance(MINUTE);
        String but = ", but it is WAITING with 2 iterations, next 2000-01-01T00:02:00Z\n";
        expectStory(() -> LoopAssertions.assertThat(feed).isIdle(), "expected loop 'feed' to be IDLE" + but);
        expectStory(() -> LoopAssertions.assertThat(feed).isPaused(), "expected loop 'feed' to be PAUSED" + but);
        expectStory(
                () -> LoopAssertions.assertThat(feed).hasMissed(3),
                "expected loop 'feed' to have missed 3 slots" + but);
        expectStory(
                () -> LoopAssertions.assertThat(feed).nextIn(MINUTE.multipliedBy(2)),
                "expected loop 'feed' to have its next slot in 2m from 2000-01-01T00:01:00Z" + but);
        expectStory(
                () -> LoopAssertions.assertThat(feed).as("the news").hasNoNext(),
                "[the news] expected loop 'feed' to have no next slot" + but);
        expectStory(() -> LoopAssertions.assertThat(feed).lastEnd(), "expected loop 'feed' to have ended a run" + but);
    }

    @Test
    void a_status_tells_itself_and_the_timeline_of_a_failed_loop() {
        Loop feed = feed();
        loops.advance(MINUTE);
        LoopStatus early = feed.status();
        assertThatThrownBy(() -> LoopAssertions.assertThat(early).hasRetries(1))
                .isInstanceOf(AssertionError.class)
                .hasMessage("expected loop 'feed' to have made 1 retries, but it is WAITING with 2 iterations,"
                        + " next 2000-01-01T00:02:00Z");
        loops.advance(MINUTE);
        expectStory(
                () -> LoopAssertions.assertThat(feed.status()).hasFailedWith(IllegalArgumentException.class),
                "expected loop 'feed' to have failed with IllegalArgumentException, but it is IDLE with 2 iterations,"
                        + " last failure IllegalStateException: no such channel, last run failed after 2 iterations:"
                        + " IllegalStateException: no such channel\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"completed", "stopped", "cancelled"})
    void an_end_tells_what_it_is_and_the_timeline_of_its_loop(String expected) {
        LoopEnd end = loops.awaitEnd(feed());
        Consumer<LoopEndAssert> assertion = switch (expected) {
            case "completed" -> LoopEndAssert::isCompleted;
            case "stopped" -> LoopEndAssert::isStopped;
            default -> LoopEndAssert::isCancelled;
        };
        expectStory(
                () -> assertion.accept(LoopAssertions.assertThat(end)),
                "expected the run to be " + expected
                        + ", but it failed after 2 iterations: IllegalStateException: no such channel\n");
    }

    @Test
    void the_cause_of_a_failure_is_asserted_on() {
        LoopEnd end = loops.awaitEnd(feed());
        LoopAssertions.assertThat(end)
                .hasFailedWith(RuntimeException.class)
                .isFailed()
                .hasMessage("no such channel");
        assertThatThrownBy(() ->
                        LoopAssertions.assertThat(new LoopEnd.Completed(1)).isFailed())
                .hasMessage("expected the run to be failed, but it completed after 1 iteration");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void a_number_that_is_asserted_is_neither_the_least_nor_the_most(int wrong) {
        Loop flaky = loops.loop("flaky")
                .every(MINUTE)
                .backoff(Backoff.fixed(Duration.ofSeconds(1)))
                .start(it -> {
                    if (it.attempt() == 1) {
                        throw new IOException("down");
                    }
                });
        loops.advance(MINUTE.plusSeconds(1)); // two iterations, and a retry in each
        LoopAssertions.assertThat(flaky).hasIterations(2).hasRetries(2);
        assertThatThrownBy(() -> LoopAssertions.assertThat(flaky).hasIterations(wrong))
                .hasMessageContaining("to have " + wrong + " iterations");
        assertThatThrownBy(() -> LoopAssertions.assertThat(flaky).hasRetries(wrong))
                .hasMessageContaining("to have made " + wrong + " retries");
        LoopEnd end = new LoopEnd.Completed(2);
        assertThatThrownBy(() -> LoopAssertions.assertThat(end).hasIterations(wrong))
                .hasMessageContaining("to have " + wrong + " iterations");
    }

    @Test
    void what_stands_for_a_loop_stands_for_no_other_loop_of_its_runtime() {
        feed();
        Loop other = loops.get("other");
        Loop spy = (Loop) Proxy.newProxyInstance(
                Loop.class.getClassLoader(),
                new Class<?>[] {Loop.class},
                (proxy, method, arguments) ->
                        method.getName().equals("hashCode") ? 42 : method.invoke(other, arguments));
        loops.advance(MINUTE.multipliedBy(2)); // the feed has failed
        LoopAssertions.assertThat(spy).failedRuns().isEmpty();
        LoopAssertions.assertThat(loops.get("feed")).hasFailedWith(IllegalStateException.class);
    }

    @Test
    void a_null_has_nothing_to_do_with_a_loop_that_was_looked_for_before_another_was_found_or_in_an_earlier_test() {
        feed();
        LoopAssertions.assertThat(loops.find("nope")).isNull();
        LoopAssertions.assertThat(loops.find("feed")).isNotNull();
        assertThatThrownBy(() -> LoopAssertions.assertThat((Loop) null).isNotNull())
                .isInstanceOf(AssertionError.class)
                .hasMessageNotContaining("nope");
        try (TestLoops earlier = TestLoops.create()) {
            LoopAssertions.assertThat(earlier.find("nope")).isNull();
        }
        assertThatThrownBy(() -> LoopAssertions.assertThat((Loop) null).isNotNull())
                .isInstanceOf(AssertionError.class)
                .hasMessageNotContaining("nope");
    }

    @Test
    void a_user_may_word_a_failure() {
        Loop feed = feed();
        loops.settle();
        expectStory(
                () -> LoopAssertions.assertThat(feed)
                        .withFailMessage("the news are late by %d s", 5)
                        .isIdle(),
                "the news are late by 5 s\n");
        expectStory(
                () -> LoopAssertions.assertThat(feed)
                        .as("the news")
                        .overridingErrorMessage(() -> "they are late")
                        .isIdle(),
                "[the news] they are late\n");
        LoopEnd end = new LoopEnd.Completed(1);
        assertThatThrownBy(() -> LoopAssertions.assertThat(end)
                        .as("the end")
                        .withFailMessage("too early")
                        .isStopped())
                .hasMessage("[the end] too early");
    }

    @Test
    void soft_assertions_tell_all_failures_together() {
        Loop feed = feed();
        loops.advance(MINUTE);
        LoopSoftAssertions softly = new LoopSoftAssertions();
        softly.assertThat(feed).isIdle().hasIterations(2).hasMissed(3);
        softly.assertThat(feed.status()).hasRetries(7);
        LoopEnd end = new LoopEnd.Completed(1);
        softly.assertThat(end).isStopped();
        softly.assertThat(1).isEqualTo(1);
        assertThatThrownBy(softly::assertAll)
                .hasMessageContaining("4 failures")
                .hasMessageContaining("expected loop 'feed' to be IDLE")
                .hasMessageContaining("expected loop 'feed' to have missed 3 slots")
                .hasMessageContaining("expected loop 'feed' to have made 7 retries")
                .hasMessageContaining("expected the run to be stopped");
    }

    @Test
    void a_loop_that_is_not_there_is_told_with_those_that_are() {
        feed();
        loops.settle();
        String message = "no loop 'nope'; there are 'feed', 'other'";
        assertThatThrownBy(() -> LoopAssertions.assertThat(loops.find("nope")).isWaiting())
                .isInstanceOf(AssertionError.class)
                .hasMessage(message);
        assertThatThrownBy(() -> LoopAssertions.assertThat(loops.find("nope")).isNotNull())
                .hasMessage(message);
        LoopAssertions.assertThat(loops.find("nope")).isNull();
        LoopAssertions.assertThat(loops.find("feed")).isWaiting();
    }
}
