package dev.vloop.tests.sight;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.vloop.Chain;
import dev.vloop.Iteration;
import dev.vloop.Loop;
import dev.vloop.LoopBuilder;
import dev.vloop.LoopEnd;
import dev.vloop.LoopInterceptor;
import dev.vloop.tests.support.VirtualTimeTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("R36: code around iterations and attempts")
class InterceptTest extends VirtualTimeTest {
    InterceptTest() {
        super(runtime -> runtime.defaults(defaults -> {
            defaults.intercept(TOLD.get().around("default"));
            defaults.interceptAttempts(TOLD.get().around("default attempt"));
        }));
        TOLD.get().test = this;
    }

    /** The defaults are read before this test is complete. */
    private static final ThreadLocal<Around> TOLD = ThreadLocal.withInitial(Around::new);

    private static final class Around {
        volatile InterceptTest test;

        LoopInterceptor around(String name) {
            return (iteration, chain) -> {
                test.note(name + " " + iteration.index() + "." + iteration.attempt());
                try {
                    chain.proceed();
                    test.note(name + " ok");
                } catch (Exception e) {
                    test.note(name + " " + e.getMessage());
                    throw e;
                }
            };
        }
    }

    private LoopBuilder job(int concurrent) {
        return loops.loop("job").every(seconds(100)).maxConcurrent(concurrent).backoff((f, random) -> seconds(1));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void are_a_chain_the_defaults_outermost(int concurrent) {
        job(concurrent)
                .count(1)
                .intercept(TOLD.get().around("own"))
                .interceptAttempts(TOLD.get().around("own attempt"))
                .start(it -> {
                    it.fork(() -> {
                        note("fork");
                        return null;
                    });
                    if (it.attempt() == 1) {
                        throw new IOException("no network");
                    }
                });
        loops.advance(seconds(5));
        assertThat(events)
                .containsExactly(
                        "default 0.1 0",
                        "own 0.1 0",
                        "default attempt 0.1 0",
                        "own attempt 0.1 0",
                        "own attempt no network 0",
                        "default attempt no network 0",
                        "default attempt 0.2 1",
                        "own attempt 0.2 1",
                        "fork 1",
                        "own attempt ok 1",
                        "default attempt ok 1",
                        "own ok 1",
                        "default ok 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void may_skip_what_is_within(int concurrent) {
        Loop loop = job(concurrent)
                .count(2)
                .intercept((iteration, chain) -> {
                    if (iteration.index() == 1) {
                        chain.proceed();
                    }
                })
                .start(it -> note("body " + it.index()));
        loops.advance(seconds(200));
        assertThat(events).contains("body 1 100").doesNotContain("body 0 0");
        assertThat(loop.status().lastEnd()).isEqualTo(new LoopEnd.Completed(2));
    }

    @Test
    void of_an_attempt_may_replace_what_it_fails_with_or_make_it_a_success() {
        Loop loop = job(1).count(2)
                .continueOn(IllegalArgumentException.class)
                .onFailure(failure -> note("failed " + failure.cause().getMessage()))
                .interceptAttempts((attempt, chain) -> {
                    try {
                        chain.proceed();
                    } catch (IllegalStateException e) {
                        if (attempt.index() == 0) {
                            throw new IllegalArgumentException("in its stead");
                        }
                    }
                })
                .start(it -> {
                    throw new IllegalStateException("fatal");
                });
        loops.advance(seconds(200));
        assertThat(events).contains("failed in its stead 0");
        assertThat(loop.status().lastEnd()).isEqualTo(new LoopEnd.Completed(2));
        assertThat(loop.status().failuresInARow()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void of_an_iteration_that_throws_by_itself_fails_the_run(int concurrent) {
        IllegalStateException broken = new IllegalStateException("broken interceptor");
        Loop loop = job(concurrent)
                .intercept((iteration, chain) -> {
                    chain.proceed();
                    throw broken;
                })
                .start(it -> note("body"));
        loops.settle();
        assertThat(loop.status().lastEnd()).isEqualTo(new LoopEnd.Failed(0, broken));
        assertThat(loop.status().lastFailure().attempt()).isZero();
        assertThat(loop.status().lastFailure().slot()).isNull(); // it was outside of an attempt
        assertThat(log.errors()).first().asString().contains("an interceptor of iteration 0 failed, the run ends");
    }

    @Test
    void of_an_iteration_changes_nothing_when_it_swallows_what_that_failed_with() {
        Loop loop = job(1).intercept((iteration, chain) -> {
                    try {
                        chain.proceed();
                    } catch (IllegalStateException e) {
                        note("saw " + e.getMessage());
                    }
                })
                .start(it -> {
                    throw new IllegalStateException("fatal");
                });
        loops.settle();
        assertThat(events).contains("saw fatal 0");
        assertThat(loop.status().lastEnd().isFailed()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void of_an_iteration_may_wrap_what_that_failed_with(int concurrent) {
        LoopInterceptor wraps = (iteration, chain) -> {
            try {
                chain.proceed();
            } catch (Exception e) {
                throw new RuntimeException("around " + e.getMessage(), e);
            }
        };
        Loop loop = job(concurrent)
                .count(2)
                .continueOn(IllegalStateException.class)
                .intercept(wraps)
                .intercept(wraps)
                .start(it -> {
                    throw new IllegalStateException("it");
                });
        loops.advance(seconds(200));
        assertThat(events).contains("default around around it 0", "default around around it 100");
        assertThat(loop.status().lastEnd()).isEqualTo(new LoopEnd.Completed(2));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @DisplayName("R7: of an iteration may say that they were interrupted, which cancels the run")
    void of_an_iteration_may_say_that_they_were_interrupted_which_cancels_the_run(int concurrent) {
        Loop loop = job(concurrent)
                .onFailure(failure -> note("failure"))
                .intercept((iteration, chain) -> {
                    throw new InterruptedException("while waiting for a permit");
                })
                .start(it -> note("body"));
        loops.settle();
        assertThat(loop.status().lastEnd()).isEqualTo(new LoopEnd.Cancelled(0));
        assertThat(events).doesNotContain("failure 0", "body 0");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void see_a_cancel_as_an_interrupt(int concurrent) {
        AtomicReference<Exception> seen = new AtomicReference<>();
        Loop loop = job(concurrent)
                .intercept((iteration, chain) -> {
                    try {
                        chain.proceed();
                    } catch (Exception e) {
                        seen.set(e);
                        throw e;
                    }
                })
                .start(it -> it.sleep(seconds(50)));
        loops.advance(seconds(1));
        loop.cancel();
        loops.settle();
        assertThat(seen.get()).isInstanceOf(InterruptedException.class);
        assertThat(loop.status().lastEnd().isCancelled()).isTrue();
    }

    @Test
    void may_proceed_once() {
        Loop loop = job(1).interceptAttempts((attempt, chain) -> {
                    chain.proceed();
                    chain.proceed();
                })
                .start((Iteration it) -> note("body"));
        loops.settle();
        assertThat(loop.status().lastEnd())
                .isInstanceOfSatisfying(
                        LoopEnd.Failed.class,
                        end -> assertThat(end.cause()).hasMessageContaining("proceed() may be called once"));
        assertThat(events.stream().filter(event -> event.startsWith("body"))).hasSize(1);
    }

    @Test
    void cannot_go_on_on_another_thread() {
        List<Throwable> refused = new ArrayList<>();
        Loop loop = job(1).count(1)
                .interceptAttempts((attempt, chain) -> {
                    attempt.fork(() -> refused.add(catchThrowable(chain::proceed)))
                            .get();
                    chain.proceed();
                })
                .start((Iteration it) -> note("body"));
        assertThat(loops.awaitEnd(loop)).isEqualTo(new LoopEnd.Completed(1));
        assertThat(refused).hasSize(1).allMatch(IllegalStateException.class::isInstance);
        assertThat(events.stream().filter(event -> event.startsWith("body"))).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cannot_run_a_body_later(boolean aroundAttempts) {
        AtomicReference<@Nullable Chain> kept = new AtomicReference<>();
        List<Throwable> refused = new ArrayList<>();
        LoopInterceptor keeps = (iteration, chain) -> {
            Chain before = kept.getAndSet(chain);
            if (before != null) {
                refused.add(catchThrowable(before::proceed)); // on the same thread, in the next iteration
            }
        };
        LoopBuilder job = job(1).count(3);
        Loop loop = (aroundAttempts ? job.interceptAttempts(keeps) : job.intercept(keeps)).start(it -> note("body"));
        assertThat(loops.awaitEnd(loop)).isEqualTo(new LoopEnd.Completed(3));
        assertThat(events).noneMatch(event -> event.startsWith("body"));
        assertThat(refused).hasSize(2).allMatch(IllegalStateException.class::isInstance);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cannot_run_a_body_for_their_outer_ones_once_they_have_thrown(boolean aroundAttempts) {
        AtomicReference<@Nullable Chain> kept = new AtomicReference<>();
        List<Throwable> refused = new ArrayList<>();
        LoopInterceptor outer = (iteration, chain) -> {
            refused.add(catchThrowable(chain::proceed));
            refused.add(catchThrowable(() -> requireNonNull(kept.get()).proceed()));
        };
        LoopInterceptor inner = (iteration, chain) -> {
            kept.set(chain);
            throw new IllegalStateException("closed");
        };
        LoopBuilder job = job(1).count(1);
        LoopBuilder around = aroundAttempts
                ? job.interceptAttempts(outer).interceptAttempts(inner)
                : job.intercept(outer).intercept(inner);
        assertThat(loops.awaitEnd(around.start(it -> note("body")))).isEqualTo(new LoopEnd.Completed(1));
        assertThat(events).noneMatch(event -> event.startsWith("body"));
        assertThat(refused)
                .satisfiesExactly(
                        thrown -> assertThat(thrown).hasMessage("closed"),
                        refusal -> assertThat(refusal).hasMessageContaining("before the interceptor returns"));
    }

    @Test
    void attempts_within_the_timeout() {
        Loop loop = job(1).timeout(seconds(5))
                .maxAttempts(1)
                .interceptAttempts((attempt, chain) -> {
                    loops.clock().sleep(seconds(10));
                    chain.proceed();
                })
                .start(it -> note("body"));
        loops.advance(seconds(20));
        assertThat(loop.status().lastEnd().isFailed()).isTrue();
        assertThat(events).noneMatch(event -> event.startsWith("body"));
    }

    @Test
    void may_proceed_on_its_own_thread_alone() {
        Loop loop = job(1).interceptAttempts((attempt, chain) -> {
                    attempt.fork(() -> {
                                chain.proceed();
                                return 0;
                            })
                            .get();
                })
                .start(it -> note("body"));
        loops.settle();
        assertThat(loop.status().lastEnd())
                .isInstanceOfSatisfying(
                        LoopEnd.Failed.class, end -> assertThat(end.cause()).hasMessageContaining("on the thread of"));
        assertThat(events).noneMatch(event -> event.startsWith("body"));
    }
}
