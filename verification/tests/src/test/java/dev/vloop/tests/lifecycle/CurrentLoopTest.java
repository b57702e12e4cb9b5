package dev.vloop.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.Iteration;
import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopListener;
import dev.vloop.LoopRuntime;
import dev.vloop.tests.support.ListenerRelay;
import dev.vloop.tests.support.VirtualTimeTest;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R2: LoopRuntime.current()")
class CurrentLoopTest extends VirtualTimeTest {
    private final Set<String> seen = new TreeSet<>();

    CurrentLoopTest() {
        super(new ListenerRelay());
    }

    private void look(String place) {
        Loop loop = LoopRuntime.findCurrent();
        synchronized (seen) {
            seen.add(place + ": " + (loop == null ? "none" : loop.name()));
        }
    }

    @Test
    void it_is_the_loop_for_which_the_thread_works() {
        listen(new LoopListener() {
            @Override
            public void onStart(Loop loop) {
                look("onStart");
            }

            @Override
            public void onIteration(Iteration iteration) {
                look("onIteration");
            }

            @Override
            public void onEnd(Loop loop, LoopEnd end) {
                look("onEnd");
            }
        });
        Loop loop = loops.loop("job")
                .schedule(at -> {
                    look("schedule");
                    return at.lastSlot() == null ? at.now() : null;
                })
                .retryOn(IOException.class)
                .backoff((failure, random) -> {
                    look("backoff");
                    return seconds(1);
                })
                .on(IOException.class, e -> {
                    look("reaction");
                    return dev.vloop.Reaction.RETRY;
                })
                .intercept((it, chain) -> {
                    look("interceptor");
                    chain.proceed();
                })
                .forkContext(() -> {
                    look("fork context");
                    return chain -> chain.proceed();
                })
                .beforeLoop(() -> look("beforeLoop"))
                .onFailure(failure -> look("onFailure"))
                .afterLoop(end -> look("afterLoop"))
                .start(it -> {
                    look("body");
                    it.fork(() -> {
                                look("fork");
                                return it.fork(() -> {
                                            look("fork of a fork");
                                            return 1;
                                        })
                                        .get();
                            })
                            .get();
                    it.forkEach(List.of(1), item -> look("forkEach"));
                    if (it.attempt() == 1) {
                        throw new IOException("no network");
                    }
                });
        loops.awaitEnd(loop);
        assertThat(seen)
                .containsExactly(
                        "afterLoop: job",
                        "backoff: job",
                        "beforeLoop: job",
                        "body: job",
                        "fork context: job",
                        "fork of a fork: job",
                        "fork: job",
                        "forkEach: job",
                        "interceptor: job",
                        "onEnd: job",
                        "onFailure: job",
                        "onIteration: job",
                        "onStart: job",
                        "reaction: job",
                        "schedule: job");
    }

    @Test
    void it_is_the_same_loop_in_iterations_that_overlap() {
        Loop loop = loops.loop("job")
                .every(seconds(1))
                .maxConcurrent(2)
                .count(3)
                .start(it -> {
                    look("iteration " + it.index());
                    it.fork(() -> {
                                look("its fork");
                                return 1;
                            })
                            .get();
                    it.sleep(seconds(2));
                });
        loops.awaitEnd(loop);
        assertThat(seen).containsExactly("iteration 0: job", "iteration 1: job", "iteration 2: job", "its fork: job");
    }

    @Test
    void it_is_null_on_other_threads_those_that_a_body_starts_included() throws InterruptedException {
        assertThat(LoopRuntime.findCurrent()).isNull();
        assertThatThrownBy(LoopRuntime::current)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("works for no loop");
        AtomicReference<Thread> started = new AtomicReference<>();
        Loop loop = loops.loop("job")
                .every(seconds(1))
                .count(1)
                .start(it -> started.set(Thread.ofPlatform().start(() -> look("thread of one's own"))));
        loops.awaitEnd(loop);
        started.get().join();
        assertThat(seen).containsExactly("thread of one's own: none");
    }

    @Test
    void a_loop_that_runs_beside_another_is_not_mixed_up_with_it() {
        Loop other = loops.loop("other").every(seconds(1)).count(1).start(it -> look("other"));
        Loop loop = loops.loop("job").every(seconds(1)).count(1).start(it -> look("job"));
        loops.awaitEnd(other);
        loops.awaitEnd(loop);
        assertThat(seen).containsExactly("job: job", "other: other");
    }

    @Test
    void a_hook_can_change_its_loop_through_it() {
        Loop loop = loops.loop("job")
                .every(seconds(10))
                .beforeLoop(() -> LoopRuntime.current().changeInterval(seconds(3)))
                .start(it -> note("body"));
        loops.advance(seconds(7));
        loop.stop();
        assertThat(events).containsExactly("body 0", "body 3", "body 6");
    }

    @Test
    void a_runtime_tells_its_name() {
        assertThat(loops.name()).isEqualTo(loops.runtime().name());
        try (LoopRuntime bot =
                dev.vloop.vthreads.VirtualLoops.builder().name("bot").create()) {
            assertThat(bot.name()).isEqualTo("bot");
        }
    }
}
