package dev.vloop.tests.structure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.Forked;
import dev.vloop.Iteration;
import dev.vloop.Loop;
import dev.vloop.LoopBody;
import dev.vloop.LoopEnd;
import dev.vloop.tests.support.VirtualTimeTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R32: forks")
class ForkTest extends VirtualTimeTest {
    private @Nullable Iteration leaked;

    private Callable<String> sleeping(Iteration it, String name, long length) {
        return () -> {
            try {
                it.sleep(seconds(length));
                note(name);
                return name;
            } catch (InterruptedException e) {
                note(name + " interrupted");
                throw e;
            }
        };
    }

    private Loop once(LoopBody body) {
        return noting().every(seconds(1000)).count(1).start(body);
    }

    private static Throwable causeOf(Loop loop) {
        assertThat(loop.status().lastEnd()).isInstanceOf(LoopEnd.Failed.class);
        return ((LoopEnd.Failed) loop.status().lastEnd()).cause();
    }

    @Test
    void they_run_beside_the_body_on_virtual_threads_of_their_own() {
        List<Thread> threads = new ArrayList<>();
        once(it -> {
            threads.add(Thread.currentThread());
            for (int i = 0; i < 3; i++) {
                it.fork(() -> threads.add(Thread.currentThread()));
            }
        });
        loops.advance(seconds(1));
        assertThat(threads).hasSize(4).doesNotHaveDuplicates().allMatch(Thread::isVirtual);
        assertThat(threads.subList(1, 4)).allMatch(thread -> thread.getName().startsWith("job/"));
    }

    @Test
    void they_run_at_the_same_time_and_the_iteration_is_not_over_before_all_of_them_are() {
        once(it -> {
            it.fork(sleeping(it, "a", 3));
            it.fork(sleeping(it, "b", 7));
            it.fork(sleeping(it, "c", 5));
            note("body ends");
        });
        loops.advance(seconds(20));
        assertThat(events).containsExactly("before 0", "body ends 0", "a 3", "c 5", "b 7", "after Completed 7");
    }

    @Test
    void get_waits_and_returns_the_result() {
        once(it -> {
            Forked<String> a = it.fork(sleeping(it, "a", 3));
            Forked<String> b = it.fork(sleeping(it, "b", 5));
            note("got " + a.get() + b.get());
        });
        loops.advance(seconds(20));
        assertThat(events).containsExactly("before 0", "a 3", "b 5", "got ab 5", "after Completed 5");
    }

    @Test
    void after_a_get_more_can_be_forked() {
        once(it -> {
            it.fork(sleeping(it, "a", 3)).get();
            it.fork(sleeping(it, "b", 3)).get();
            note("done");
        });
        loops.advance(seconds(20));
        assertThat(events).containsExactly("before 0", "a 3", "b 6", "done 6", "after Completed 6");
    }

    @Test
    void when_one_fails_its_siblings_are_interrupted_and_the_iteration_fails_with_that_cause() {
        RuntimeException cause = new RuntimeException("broken");
        Loop loop = once(it -> {
            it.fork(sleeping(it, "a", 60));
            it.fork(() -> {
                it.sleep(seconds(2));
                throw cause;
            });
            it.fork(sleeping(it, "c", 60));
        });
        loops.advance(seconds(100));
        assertThat(causeOf(loop)).isSameAs(cause);
        assertThat(events)
                .containsExactlyInAnyOrder("before 0", "a interrupted 2", "c interrupted 2", "after Failed 2");
    }

    @Test
    void the_first_failure_counts_and_others_are_attached() {
        RuntimeException first = new RuntimeException("first");
        RuntimeException second = new RuntimeException("second");
        Loop loop = once(it -> {
            it.fork(() -> {
                it.sleep(seconds(2));
                throw first;
            });
            it.fork(() -> {
                try {
                    it.sleep(seconds(60));
                } catch (InterruptedException e) {
                    throw second;
                }
                return 0;
            });
        });
        loops.advance(seconds(100));
        assertThat(causeOf(loop)).isSameAs(first).hasSuppressedException(second);
    }

    @Test
    void the_iteration_fails_even_if_the_body_catches_the_failure() {
        RuntimeException cause = new RuntimeException("broken");
        Loop loop = once(it -> {
            Forked<String> fork = it.fork(() -> {
                throw cause;
            });
            assertThatThrownBy(fork::get).isSameAs(cause);
            note("caught");
        });
        loops.advance(seconds(10));
        assertThat(causeOf(loop)).isSameAs(cause);
        assertThat(events).containsExactly("before 0", "caught 0", "after Failed 0");
    }

    /** It says more of what the iteration was about, and its type is what the loop's reactions are for. */
    @Test
    void a_body_that_puts_its_own_exception_around_the_failure_fails_with_that() {
        RuntimeException cause = new RuntimeException("broken");
        RuntimeException around = new RuntimeException("no prices of today", cause);
        Loop loop = once(it -> {
            Forked<String> fork = it.fork(() -> {
                throw cause;
            });
            try {
                note(fork.get());
            } catch (RuntimeException e) {
                throw around;
            }
        });
        loops.advance(seconds(10));
        assertThat(causeOf(loop)).isSameAs(around).hasCause(cause).hasNoSuppressedExceptions();
        assertThat(events).containsExactly("before 0", "after Failed 0");
    }

    @Test
    void an_IO_failure_of_a_fork_is_retried_as_one_of_the_body() {
        noting().every(seconds(1000))
                .count(1)
                .backoff((failure, random) -> seconds(5))
                .start(it -> {
                    note("attempt " + it.attempt());
                    it.fork(() -> {
                        if (it.attempt() == 1) {
                            throw new IOException("no network");
                        }
                        return 0;
                    });
                });
        loops.advance(seconds(10));
        assertThat(events).containsExactly("before 0", "attempt 1 0", "attempt 2 5", "after Completed 5");
    }

    @Test
    void a_body_that_fails_interrupts_its_forks_and_they_are_over_first() {
        RuntimeException cause = new RuntimeException("broken");
        Loop loop = once(it -> {
            it.fork(sleeping(it, "a", 60));
            it.sleep(seconds(2));
            throw cause;
        });
        loops.advance(seconds(100));
        assertThat(causeOf(loop)).isSameAs(cause);
        assertThat(events).containsExactly("before 0", "a interrupted 2", "after Failed 2");
    }

    @Test
    void cancelling_the_iteration_interrupts_them() {
        Loop loop = once(it -> {
            it.fork(sleeping(it, "a", 60));
            it.fork(sleeping(it, "b", 60));
            it.sleep(seconds(60));
        });
        loops.advance(seconds(2));
        loop.cancel();
        loops.advance(seconds(100));
        assertThat(events)
                .containsExactlyInAnyOrder("before 0", "a interrupted 2", "b interrupted 2", "after Cancelled 2")
                .last()
                .isEqualTo("after Cancelled 2");
    }

    @Test
    void cancelling_while_the_body_waits_for_them_interrupts_them() {
        Loop loop = once(it -> note(it.fork(sleeping(it, "a", 60)).get()));
        loops.advance(seconds(2));
        loop.cancel();
        loops.advance(seconds(100));
        assertThat(events).containsExactly("before 0", "a interrupted 2", "after Cancelled 2");
    }

    @Test
    void a_cancelled_fork_that_cleans_up_slowly_holds_afterLoop_back() {
        Loop loop = once(it -> it.fork(() -> {
            try {
                it.sleep(seconds(60));
            } catch (InterruptedException e) {
                it.sleep(seconds(3));
                note("cleaned up");
            }
            return 0;
        }));
        loops.advance(seconds(2));
        loop.cancel();
        loops.advance(seconds(100));
        assertThat(events).containsExactly("before 0", "cleaned up 5", "after Cancelled 5");
    }

    @Test
    void forks_may_fork_in_turn_and_are_over_before_what_forked_them() {
        once(it -> it.fork(() -> {
            it.fork(sleeping(it, "grandchild", 5));
            note("child ends");
            return 0;
        }));
        loops.advance(seconds(20));
        assertThat(events).containsExactly("before 0", "child ends 0", "grandchild 5", "after Completed 5");
    }

    @Test
    void a_failure_of_a_fork_of_a_fork_fails_the_iteration_and_interrupts_all() {
        RuntimeException cause = new RuntimeException("broken");
        Loop loop = once(it -> {
            it.fork(sleeping(it, "uncle", 60));
            it.fork(() -> {
                it.fork(() -> {
                    it.sleep(seconds(2));
                    throw cause;
                });
                it.fork(sleeping(it, "sibling", 60));
                return 0;
            });
        });
        loops.advance(seconds(100));
        assertThat(causeOf(loop)).isSameAs(cause);
        assertThat(events)
                .containsExactlyInAnyOrder(
                        "before 0", "sibling interrupted 2", "uncle interrupted 2", "after Failed 2");
    }

    @Test
    void cancelling_interrupts_forks_of_forks_and_is_no_success() {
        Loop loop = once(it -> it.fork(() -> {
            it.fork(sleeping(it, "grandchild", 60));
            return 0;
        }));
        loops.advance(seconds(2));
        loop.cancel();
        loops.advance(seconds(100));
        assertThat(events).containsExactly("before 0", "grandchild interrupted 2", "after Cancelled 2");
        assertThat(loop.status().lastSuccess()).isNull();
    }

    @Test
    void an_iteration_whose_forks_were_cut_short_is_no_success() {
        Loop bodyReturned = once(it -> it.fork(sleeping(it, "child", 60)));
        loops.advance(seconds(2));
        bodyReturned.cancel();
        loops.advance(seconds(1));
        assertThat(bodyReturned.status().lastSuccess()).isNull();
    }

    @Test
    void nor_is_one_that_gave_up_the_wait_for_them() {
        Loop loop = once(it -> {
            try {
                it.fork(sleeping(it, "child", 60)).get();
            } catch (InterruptedException e) {
                note("given up");
            }
        });
        loops.advance(seconds(2));
        loop.cancel();
        loops.advance(seconds(1));
        assertThat(events).containsExactly("before 0", "child interrupted 2", "given up 2", "after Cancelled 2");
        assertThat(loop.status().lastSuccess()).isNull();
    }

    @Test
    void forks_that_have_returned_before_a_cancel_are_a_success() {
        Loop loop = once(it -> {
            it.fork(() -> {
                it.loop().cancel();
                return 0;
            });
        });
        loops.advance(seconds(1));
        assertThat(loop.status().lastEnd()).isInstanceOf(LoopEnd.Cancelled.class);
        assertThat(loop.status().lastSuccess()).isNotNull();
    }

    @Test
    void a_result_may_be_null() {
        once(it -> {
            Forked<@Nullable String> nothing = it.fork(() -> null);
            note("got " + nothing.get());
        });
        loops.settle();
        assertThat(events).containsExactly("before 0", "got null 0", "after Completed 0");
    }

    @Test
    void when_the_attempt_is_over_forking_and_sleeping_are_refused() {
        once(it -> leaked = it);
        loops.settle();
        Iteration over = Objects.requireNonNull(leaked);
        assertThatThrownBy(() -> over.fork(() -> 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'job'")
                .hasMessageContaining("over");
        assertThatThrownBy(() -> over.forkEach(List.of(1), item -> {})).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> over.sleep(seconds(1))).isInstanceOf(IllegalStateException.class);
        assertThat(over.index()).isZero();
        assertThat(over.scheduledAt()).isEqualTo(ORIGIN);
    }

    @Test
    void from_a_thread_that_does_not_belong_to_it_forking_and_sleeping_are_refused() {
        once(it -> {
            leaked = it;
            it.sleep(seconds(10));
        });
        loops.settle();
        Iteration foreign = Objects.requireNonNull(leaked);
        assertThatThrownBy(() -> foreign.fork(() -> 0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not belong");
        assertThatThrownBy(() -> foreign.sleep(seconds(1))).isInstanceOf(IllegalStateException.class);
        assertThat(foreign.index()).isZero();
    }

    @Test
    void an_Error_of_a_fork_fails_the_run() {
        AssertionError cause = new AssertionError("broken");
        Loop loop = noting().every(seconds(10))
                .continueOn(Exception.class)
                .start(it -> it.fork(() -> {
                    throw cause;
                }));
        loops.settle();
        assertThat(causeOf(loop)).isSameAs(cause);
    }

    @Test
    void a_thousand_forks_are_over_at_once() {
        once(it -> {
            for (int i = 0; i < 1000; i++) {
                it.fork(() -> {
                    it.sleep(seconds(5));
                    return 0;
                });
            }
        });
        loops.advance(seconds(5));
        assertThat(events).containsExactly("before 0", "after Completed 5");
    }
}
