package dev.vloop.tests.sight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.Backoff;
import dev.vloop.Loop;
import dev.vloop.MissedSlots;
import dev.vloop.tests.support.VirtualTimeTest;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R35, R33: what tools ask a loop for")
class InsightTest extends VirtualTimeTest {
    private static List<String> names(Loop loop) {
        return loop.threads().stream().map(Thread::getName).toList();
    }

    @Test
    void a_loop_that_does_not_run_has_no_threads() {
        Loop loop = loops.loop("news").every(seconds(1)).build(it -> {});
        assertThat(loop.threads()).isEmpty();
        loop.start();
        loops.settle();
        assertThat(names(loop)).containsExactly("news");
        loop.cancel();
        loops.settle();
        assertThat(loop.threads()).isEmpty();
    }

    @Test
    void forks_follow_the_thread_that_has_forked_them_and_each_shows_where_it_is() {
        Loop loop = loops.loop("news").every(seconds(60)).start(it -> {
            it.fork(() -> {
                it.fork(() -> deep(it::sleep));
                it.sleep(seconds(30));
                return 0;
            });
            it.sleep(seconds(30));
        });
        loops.settle();
        assertThat(names(loop)).containsExactly("news", "news/fork-1", "news/fork-1/fork-1");
        assertThat(Arrays.stream(loop.threads().get(2).getStackTrace()).map(StackTraceElement::getMethodName))
                .contains("deep");
        loops.advance(seconds(31));
        assertThat(names(loop)).containsExactly("news");
    }

    private interface Sleep {
        void sleep(java.time.Duration length) throws InterruptedException;
    }

    private static int deep(Sleep sleep) throws InterruptedException {
        sleep.sleep(seconds(20));
        return 0;
    }

    @Test
    void iterations_that_overlap_are_threads_of_their_loop() {
        Loop loop = loops.loop("news").every(seconds(1)).maxConcurrent(2).start(it -> it.sleep(seconds(10)));
        loops.advance(seconds(2));
        assertThat(names(loop)).hasSize(3).startsWith("news").doesNotHaveDuplicates();
    }

    @Test
    void forks_follow_the_iteration_that_has_forked_them_also_where_iterations_overlap() {
        Loop loop = loops.loop("news")
                .every(seconds(1))
                .maxConcurrent(2)
                .start(it -> it.fork(() -> {
                    it.sleep(seconds(10));
                    return 0;
                }));
        loops.advance(seconds(2));
        assertThat(names(loop))
                .hasSize(5)
                .startsWith("news")
                .containsSequence("news/iteration-0", "news/iteration-0/fork-1")
                .containsSequence("news/iteration-1", "news/iteration-1/fork-1");
    }

    @Test
    void the_list_of_threads_cannot_be_changed() {
        Loop loop = loops.loop("news").every(seconds(1)).start(it -> {});
        loops.settle();
        List<Thread> threads = loop.threads();
        assertThatThrownBy(() -> threads.add(Thread.currentThread())).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void a_loop_tells_its_options_those_that_were_left_alone_included() {
        Map<String, String> left =
                loops.loop("a").every(seconds(1)).build(it -> {}).describe();
        assertThat(left)
                .containsEntry("timeout", "no limit")
                .containsEntry("count", "no limit")
                .containsEntry("missed", "RUN_ONCE")
                .containsEntry("maxAttempts", "no limit")
                .containsEntry("backoff", "exponential(PT2S, PT17M4S)")
                .containsEntry("initialDelay", "none")
                .containsEntry("onFailure", "none")
                .containsEntry("kind", "its name")
                .containsEntry(
                        "reactions",
                        "java.io.IOException RETRY, java.io.UncheckedIOException RETRY, "
                                + "java.util.concurrent.TimeoutException RETRY");
        Map<String, String> set = loops.loop("b")
                .every(seconds(1))
                .initialDelay(seconds(3))
                .count(5)
                .missed(MissedSlots.SKIP)
                .maxLateness(seconds(9))
                .timeout(seconds(2))
                .clearReactions()
                .maxAttempts(3)
                .backoff(Backoff.fixed(seconds(4)))
                .maxConcurrent(2)
                .onFailure(failure -> {})
                .onFailure(failure -> {})
                .kind("digest")
                .build(it -> {})
                .describe();
        assertThat(set)
                .containsEntry("initialDelay", "PT3S")
                .containsEntry("count", "5")
                .containsEntry("missed", "SKIP")
                .containsEntry("maxLateness", "PT9S")
                .containsEntry("timeout", "PT2S")
                .containsEntry("reactions", "none")
                .containsEntry("maxAttempts", "3")
                .containsEntry("backoff", "fixed(PT4S)")
                .containsEntry("maxConcurrent", "2")
                .containsEntry("onFailure", "2")
                .containsEntry("kind", "digest");
        assertThatThrownBy(() -> set.put("count", "6")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void the_text_of_a_user_s_function_and_backoff_can_break_nothing() {
        Map<String, String> text = loops.loop("a")
                .every(seconds(1))
                .on(IOException.class, e -> null)
                .backoff(new Backoff() {
                    @Override
                    public java.time.Duration delay(dev.vloop.LoopFailure f, java.util.random.RandomGenerator r) {
                        return seconds(1);
                    }

                    @Override
                    public String toString() {
                        throw new IllegalStateException("no text");
                    }
                })
                .build(it -> {})
                .describe();
        assertThat(text.get("reactions")).contains("java.io.IOException by a function");
        assertThat(text.get("backoff")).contains("its text threw java.lang.IllegalStateException");
    }
}
