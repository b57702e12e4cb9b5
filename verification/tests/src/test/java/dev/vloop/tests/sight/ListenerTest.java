package dev.vloop.tests.sight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Iteration;
import dev.vloop.IterationOutcome;
import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopFailure;
import dev.vloop.LoopListener;
import dev.vloop.testkit.TestLoops;
import dev.vloop.tests.support.ListenerRelay;
import dev.vloop.tests.support.VirtualTimeTest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R36: listeners")
class ListenerTest extends VirtualTimeTest {
    ListenerTest() {
        super(new ListenerRelay());
    }

    private final class Noting implements LoopListener {
        final List<Thread> threads = new CopyOnWriteArrayList<>();

        private void saw(String what) {
            threads.add(Thread.currentThread());
            note(what);
        }

        @Override
        public void onStart(Loop loop) {
            saw(loop.name() + " starts");
        }

        @Override
        public void onIteration(Iteration iteration) {
            saw(iteration.loop().name() + " begins " + iteration.index());
        }

        @Override
        public void onIterationEnd(Iteration last, IterationOutcome outcome, Duration took) {
            saw(last.loop().name() + " ends " + last.index() + "." + last.attempt() + " " + outcome);
        }

        @Override
        public void onFailure(LoopFailure failure) {
            saw(failure.loop().name() + " fails " + failure.index() + "." + failure.attempt() + " "
                    + failure.reaction());
        }

        @Override
        public void onMissed(Loop loop, long slots, Instant first) {
            saw(loop.name() + " misses " + slots + " from "
                    + Duration.between(ORIGIN, first).toSeconds());
        }

        @Override
        public void onEnd(Loop loop, LoopEnd end) {
            saw(loop.name() + " ends " + word(end) + ", running " + loop.isRunning());
        }
    }

    @Test
    void it_sees_every_event_in_order() {
        listen(new Noting());
        loops.loop("job")
                .every(seconds(10))
                .backoff((failure, random) -> seconds(1))
                .continueOn(IllegalStateException.class)
                .count(4)
                .beforeLoop(() -> note("beforeLoop"))
                .onFailure(failure -> note("onFailure"))
                .afterLoop(end -> note("afterLoop"))
                .start(it -> {
                    if (it.index() == 1 && it.attempt() == 1) {
                        throw new IOException("no network");
                    }
                    if (it.index() == 2) {
                        throw new IllegalStateException("odd");
                    }
                    if (it.index() == 1) {
                        it.sleep(seconds(34));
                    }
                });
        loops.advance(seconds(60));
        assertThat(events)
                .containsExactly(
                        "job starts 0",
                        "beforeLoop 0",
                        "job begins 0 0",
                        "job ends 0.1 SUCCESS 0",
                        "job begins 1 10",
                        "job fails 1.1 RETRY 10",
                        "onFailure 10",
                        "job ends 1.2 SUCCESS 45",
                        "job misses 2 from 20 45",
                        "job begins 2 45",
                        "job fails 2.1 CONTINUE 45",
                        "onFailure 45",
                        "job ends 2.1 CONTINUED 45",
                        "job begins 3 50",
                        "job ends 3.1 SUCCESS 50",
                        "afterLoop 50",
                        "job ends Completed, running true 50");
    }

    @Test
    void it_sees_a_fatal_failure_and_the_end() {
        listen(new Noting());
        loops.loop("job").every(seconds(10)).start(it -> {
            throw new IllegalStateException("broken");
        });
        loops.settle();
        assertThat(events)
                .containsExactly(
                        "job starts 0",
                        "job begins 0 0",
                        "job fails 0.1 FAIL 0",
                        "job ends 0.1 FAILED 0",
                        "job ends Failed, running true 0");
    }

    @Test
    void it_sees_a_failure_of_beforeLoop() {
        listen(new Noting());
        loops.loop("job")
                .every(seconds(10))
                .beforeLoop(() -> {
                    throw new IllegalStateException("broken");
                })
                .start(it -> {});
        loops.settle();
        assertThat(events).containsExactly("job starts 0", "job fails 0.0 FAIL 0", "job ends Failed, running true 0");
    }

    @Test
    void it_sees_no_failure_in_a_cancellation() {
        listen(new Noting());
        Loop loop = loops.loop("job").every(seconds(10)).start(it -> it.sleep(seconds(5)));
        loops.settle();
        loop.cancel();
        loops.settle();
        assertThat(events)
                .containsExactly(
                        "job starts 0",
                        "job begins 0 0",
                        "job ends 0.1 CANCELLED 0",
                        "job ends Cancelled, running true 0");
    }

    @Test
    void it_sees_all_loops_each_on_its_own_thread() {
        Noting listener = new Noting();
        listen(listener);
        loops.loop("a").every(seconds(10)).count(1).start(it -> {});
        loops.loop("b").every(seconds(10)).count(1).start(it -> {});
        loops.settle();
        assertThat(events).hasSize(8);
        for (int i = 0; i < 8; i++) {
            assertThat(events.get(i)).startsWith(listener.threads.get(i).getName() + " ");
        }
    }

    @Test
    void it_is_told_of_the_end_before_those_who_join_return() throws Exception {
        listen(new Noting());
        Loop loop = loops.loop("job").every(seconds(10)).count(1).start(it -> {});
        loop.join();
        note("joined");
        assertThat(events).endsWith("job ends Completed, running true 0", "joined 0");
    }

    @Test
    void one_that_throws_is_logged_and_harms_neither_the_loop_nor_the_runtime() {
        listen(new LoopListener() {
            @Override
            public void onStart(Loop loop) {
                throw new IllegalStateException("start");
            }

            @Override
            public void onIteration(Iteration iteration) {
                throw new AssertionError("iteration");
            }

            @Override
            public void onIterationEnd(Iteration iteration, IterationOutcome outcome, Duration took) {
                throw new IllegalStateException("success");
            }

            @Override
            public void onEnd(Loop loop, LoopEnd end) {
                throw new IllegalStateException("end");
            }
        });
        Loop loop = everySecond().count(2).start(it -> note("body"));
        loops.advance(seconds(5));
        assertThat(loop.status().lastEnd()).isEqualTo(new LoopEnd.Completed(2));
        assertThat(events).containsExactly("before 0", "body 0", "body 1", "after Completed 1");
        assertThat(log.errors())
                .hasSize(6)
                .allSatisfy(message -> assertThat(message).contains("listener"));
    }

    @Test
    void an_iteration_cannot_fork_or_sleep_for_a_listener_that_looks_at_it_afterwards() {
        List<Throwable> thrown = new ArrayList<>();
        listen(new LoopListener() {
            @Override
            public void onIterationEnd(Iteration iteration, IterationOutcome outcome, Duration took) {
                forkInVain(iteration, thrown);
            }
        });
        everySecond().count(1).start(it -> {});
        loops.settle();
        assertThat(thrown).hasSize(1);
    }

    @Test
    void an_iteration_cannot_fork_for_a_listener_that_looks_at_it_before() {
        List<Throwable> thrown = new ArrayList<>();
        listen(new LoopListener() {
            @Override
            public void onIteration(Iteration iteration) {
                forkInVain(iteration, thrown);
            }
        });
        everySecond().count(1).start(it -> {});
        loops.settle();
        assertThat(thrown).hasSize(1);
    }

    private static void forkInVain(Iteration iteration, List<Throwable> thrown) {
        try {
            iteration.fork(() -> 0);
        } catch (IllegalStateException e) {
            thrown.add(e);
        }
    }

    @Test
    void one_that_throws_keeps_nothing_from_the_others() {
        try (TestLoops two = TestLoops.builder()
                .settings(builder -> builder.listener(new LoopListener() {
                            @Override
                            public void onStart(Loop loop) {
                                throw new IllegalStateException("first");
                            }
                        })
                        .listener(new LoopListener() {
                            @Override
                            public void onStart(Loop loop) {
                                note("second hears of " + loop.name());
                            }
                        }))
                .create()) {
            two.loop("other").every(seconds(1)).start(it -> {});
            two.settle();
        }
        assertThat(events).containsExactly("second hears of other 0");
        assertThat(log.errors()).hasSize(1);
    }
}
