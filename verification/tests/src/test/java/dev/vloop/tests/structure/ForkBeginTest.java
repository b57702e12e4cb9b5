package dev.vloop.tests.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.Forked;
import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.tests.support.VirtualTimeTest;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R32: a fork that has no reason to begin any more does not begin")
class ForkBeginTest extends VirtualTimeTest {
    private Object fork() {
        note("fork");
        return 0;
    }

    @Test
    void when_its_body_fails_before_it_has_begun() {
        everySecond().start(it -> {
            it.fork(this::fork);
            throw new IllegalStateException("broken");
        });
        loops.settle();
        assertThat(events).containsExactly("before 0", "after Failed 0");
    }

    @Test
    void when_a_sibling_had_failed_before_it_was_made() {
        everySecond().start(it -> {
            it.fork(() -> {
                throw new IllegalStateException("broken");
            });
            it.sleep(seconds(1));
            it.fork(this::fork);
        });
        loops.advance(seconds(5));
        assertThat(events).containsExactly("before 0", "after Failed 1");
    }

    @Test
    void when_its_body_has_swallowed_a_cancel() {
        Loop loop = everySecond().start(it -> {
            try {
                it.sleep(seconds(100));
            } catch (InterruptedException e) {
                Forked<Object> fork = it.fork(this::fork);
                assertThatThrownBy(fork::get).isInstanceOf(InterruptedException.class);
                note("no result");
            }
        });
        loops.advance(seconds(1));
        loop.cancel();
        loops.settle();
        assertThat(events).containsExactly("before 0", "no result 1", "after Cancelled 1");
    }

    @Test
    void when_its_body_has_swallowed_a_timeout() {
        Loop loop = everySecond()
                .timeout(seconds(5))
                .failOn(TimeoutException.class)
                .start(it -> {
                    try {
                        it.sleep(seconds(100));
                    } catch (InterruptedException e) {
                        it.fork(this::fork);
                    }
                });
        loops.advance(seconds(10));
        assertThat(events).containsExactly("before 0", "after Failed 5");
        assertThat(((LoopEnd.Failed) loop.status().lastEnd()).cause()).isInstanceOf(TimeoutException.class);
    }
}
