package dev.vloop.tests.structure;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.vloop.Chain;
import dev.vloop.ForkContext;
import dev.vloop.Iteration;
import dev.vloop.Loop;
import dev.vloop.LoopBody;
import dev.vloop.LoopEnd;
import dev.vloop.tests.support.VirtualTimeTest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("R32: a context that reaches forks")
class ForkContextTest extends VirtualTimeTest {
    private static final ThreadLocal<@Nullable String> USER = new ThreadLocal<>();

    private static final ForkContext CONTEXT = () -> {
        String user = USER.get();
        return task -> {
            USER.set(user);
            try {
                task.proceed();
            } finally {
                USER.remove();
            }
        };
    };

    ForkContextTest() {
        super(runtime -> runtime.defaults(defaults -> defaults.forkContext(CONTEXT)));
    }

    private Loop once(LoopBody body) {
        Loop loop = loops.loop("job").every(seconds(1)).count(1).start(body);
        loops.settle();
        return loop;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void is_captured_by_the_thread_that_forks_at_each_fork(int concurrent) {
        loops.loop("job").every(seconds(1)).count(1).maxConcurrent(concurrent).start(it -> {
            USER.set("ann");
            it.fork(() -> sees(it));
            USER.set("bob");
            it.fork(() -> sees(it)).get();
            it.forkEach(List.of(1), item -> note("each " + USER.get()));
        });
        loops.settle();
        assertThat(events).containsExactlyInAnyOrder("ann 0", "within ann 0", "bob 0", "within bob 0", "each bob 0");
    }

    private @Nullable Object sees(Iteration it) throws Exception {
        String user = USER.get();
        it.fork(() -> {
                    note("within " + USER.get());
                    return null;
                })
                .get();
        note(String.valueOf(user));
        return null;
    }

    @Test
    void a_result_and_an_exception_pass() {
        Loop loop = once(it -> {
            note(it.fork(() -> "result").get());
            it.fork(() -> {
                throw new IllegalStateException("broken");
            });
        });
        assertThat(events).containsExactly("result 0");
        assertThat(loop.status().lastEnd())
                .isInstanceOfSatisfying(
                        LoopEnd.Failed.class, end -> assertThat(end.cause()).hasMessage("broken"));
    }

    @Test
    void one_that_does_not_run_the_task_fails_the_fork() {
        Loop loop = loops.loop("job")
                .every(seconds(1))
                .forkContext(() -> task -> {})
                .start(it -> it.fork(() -> {
                            note("fork");
                            return 1;
                        })
                        .get());
        loops.settle();
        assertThat(events).isEmpty();
        assertThat(loop.status().lastEnd())
                .isInstanceOfSatisfying(
                        LoopEnd.Failed.class,
                        end -> assertThat(end.cause()).hasMessageContaining("has not called proceed()"));
    }

    @Test
    void runs_the_task_once() {
        Loop loop = loops.loop("job")
                .every(seconds(1))
                .forkContext(() -> task -> {
                    task.proceed();
                    task.proceed();
                })
                .start(it -> it.fork(() -> {
                            note("fork");
                            return null;
                        })
                        .get());
        loops.settle();
        assertThat(events).containsExactly("fork 0");
        assertThat(loop.status().lastEnd())
                .isInstanceOfSatisfying(
                        LoopEnd.Failed.class,
                        end -> assertThat(end.cause()).hasMessageContaining("proceed() may be called once"));
    }

    @Test
    void runs_the_task_on_the_fork_s_thread_and_before_it_returns() {
        AtomicReference<@Nullable Chain> kept = new AtomicReference<>();
        List<Throwable> refused = new ArrayList<>();
        loops.loop("job")
                .every(seconds(1))
                .count(1)
                .forkContext(() -> task -> {
                    Chain other = kept.getAndSet(task);
                    if (other != null) {
                        refused.add(catchThrowable(other::proceed)); // of a fork that is over, and another thread
                        task.proceed();
                    }
                })
                .continueOn(IllegalStateException.class)
                .start(it -> {
                    it.forkEach(List.of(1), item -> note("first"));
                    it.forkEach(List.of(2), item -> note("second"));
                });
        loops.settle();
        assertThat(events).doesNotContain("first 0");
        assertThat(refused).allMatch(IllegalStateException.class::isInstance);
    }

    @Test
    void one_that_has_returned_cannot_go_on_for_its_outer_one_either() {
        AtomicReference<@Nullable Chain> kept = new AtomicReference<>();
        List<Throwable> refused = new ArrayList<>();
        forkWithin(
                () -> task -> {
                    task.proceed();
                    refused.add(catchThrowable(() -> requireNonNull(kept.get()).proceed()));
                },
                () -> kept::set);
        assertThat(events).isEmpty();
        assertThat(refused)
                .singleElement()
                .satisfies(thrown -> assertThat(thrown)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("before the fork context returns"));
    }

    @Test
    void nor_can_one_that_has_thrown() {
        AtomicReference<@Nullable Chain> kept = new AtomicReference<>();
        List<Throwable> refused = new ArrayList<>();
        forkWithin(
                () -> task -> {
                    refused.add(catchThrowable(task::proceed));
                    refused.add(catchThrowable(() -> requireNonNull(kept.get()).proceed()));
                },
                () -> task -> {
                    kept.set(task);
                    throw new IllegalStateException("no user");
                });
        assertThat(events).isEmpty();
        assertThat(refused)
                .satisfiesExactly(
                        thrown -> assertThat(thrown).hasMessage("no user"),
                        refusal -> assertThat(refusal).hasMessageContaining("before the fork context returns"));
    }

    /** Forks once, in an iteration whose failure is tolerated. */
    private void forkWithin(ForkContext outer, ForkContext inner) {
        loops.loop("job")
                .every(seconds(1))
                .count(1)
                .forkContext(outer)
                .forkContext(inner)
                .continueOn(IllegalStateException.class)
                .start(it -> it.fork(() -> {
                    note("fork");
                    return null;
                }));
        loops.settle();
    }

    @Test
    void several_are_nested_those_of_the_defaults_outermost() {
        loops.loop("job")
                .every(seconds(1))
                .count(1)
                .forkContext(() -> task -> {
                    note("own sees " + USER.get());
                    task.proceed();
                })
                .start(it -> {
                    USER.set("ann");
                    it.fork(() -> {
                        note("fork");
                        return null;
                    });
                });
        loops.settle();
        assertThat(events).containsExactly("own sees ann 0", "fork 0");
    }
}
