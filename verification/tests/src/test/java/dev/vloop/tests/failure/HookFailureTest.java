package dev.vloop.tests.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.HookFailure;
import dev.vloop.HookFailure.Hook;
import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopListener;
import dev.vloop.tests.support.ListenerRelay;
import dev.vloop.tests.support.VirtualTimeTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R30: what a hook throws is told in the end, and to listeners")
class HookFailureTest extends VirtualTimeTest {
    HookFailureTest() {
        super(new ListenerRelay());
    }

    private final IOException lost = new IOException("flush");

    private LoopEnd endOf(Loop loop) {
        LoopEnd end = loop.status().lastEnd();
        assertThat(end).isNotNull();
        return end;
    }

    @Test
    void the_end_of_a_good_run_tells_that_its_flush_was_lost() {
        Loop loop = everySecond()
                .count(1)
                .afterLoop(end -> {
                    throw lost;
                })
                .start(it -> {});
        loops.settle();
        HookFailure failure = new HookFailure(loop, Hook.AFTER_LOOP, ORIGIN, lost);
        assertThat(endOf(loop)).isEqualTo(new LoopEnd.Completed(1, List.of(failure)));
        assertThat(endOf(loop).toString()).contains("afterLoop").contains("flush");
    }

    @Test
    void each_kind_of_end_tells_it() {
        List<LoopEnd> ends = new ArrayList<>();
        listen(new LoopListener() {
            @Override
            public void onEnd(Loop loop, LoopEnd end) {
                ends.add(end);
            }
        });
        Loop loop = everySecond()
                .afterLoop(end -> {
                    throw lost;
                })
                .start(it -> {
                    if (it.index() == 1) {
                        throw new IllegalStateException("body");
                    }
                });
        loops.settle();
        loop.stop();
        loops.settle();
        loop.start();
        loops.settle();
        loop.cancel();
        loops.settle();
        loop.start();
        loops.advance(seconds(5));
        assertThat(ends).extracting(VirtualTimeTest::word).containsExactly("Stopped", "Cancelled", "Failed");
        assertThat(ends)
                .allSatisfy(end -> assertThat(end.hookFailures())
                        .extracting(HookFailure::thrown)
                        .containsExactly(lost));
    }

    @Test
    void a_failed_end_keeps_its_cause_and_what_was_thrown_around_it() {
        IllegalStateException cause = new IllegalStateException("body");
        ExecutionException around = new ExecutionException(cause);
        Loop loop = everySecond()
                .afterLoop(end -> {
                    throw lost;
                })
                .start(it -> {
                    throw around;
                });
        loops.settle();
        HookFailure failure = new HookFailure(loop, Hook.AFTER_LOOP, ORIGIN, lost);
        assertThat(endOf(loop)).isEqualTo(new LoopEnd.Failed(0, cause, around, List.of(failure)));
    }

    @Test
    void a_good_end_has_none_and_does_not_speak_of_them() {
        Loop loop = everySecond().count(1).start(it -> {});
        loops.settle();
        assertThat(endOf(loop).hookFailures()).isEmpty();
        assertThat(endOf(loop)).hasToString("Completed[iterations=1]");
    }

    @Test
    void the_text_of_each_kind_of_end_has_its_name_its_iterations_and_its_hooks() {
        Loop loop = everySecond().build(it -> {});
        List<HookFailure> hooks = List.of(new HookFailure(loop, Hook.AFTER_LOOP, ORIGIN, lost));
        IllegalStateException body = new IllegalStateException("body");
        String both = "[iterations=2, hookFailures=" + hooks;
        assertThat(new LoopEnd.Completed(2, hooks)).hasToString("Completed" + both + "]");
        assertThat(new LoopEnd.Stopped(2, hooks)).hasToString("Stopped" + both + "]");
        assertThat(new LoopEnd.Cancelled(2, hooks)).hasToString("Cancelled" + both + "]");
        assertThat(new LoopEnd.Failed(2, body, body, hooks)).hasToString("Failed" + both + ", cause=" + body + "]");
        assertThat(new LoopEnd.Failed(2, body)).hasToString("Failed[iterations=2, cause=" + body + "]");
        assertThat(new LoopEnd.Stopped(2)).hasToString("Stopped[iterations=2]");
        assertThat(new LoopEnd.Cancelled(2)).hasToString("Cancelled[iterations=2]");
    }

    @Test
    void a_failing_handler_of_failures_is_told_with_the_others_in_their_order() {
        IllegalStateException ofHandler = new IllegalStateException("alert");
        Loop loop = everySecond()
                .count(2)
                .continueOn(IllegalArgumentException.class)
                .onFailure(failure -> {
                    throw ofHandler;
                })
                .afterLoop(end -> {
                    throw lost;
                })
                .start(it -> {
                    throw new IllegalArgumentException("body");
                });
        loops.advance(seconds(5));
        assertThat(endOf(loop).hookFailures())
                .containsExactly(
                        new HookFailure(loop, Hook.ON_FAILURE, ORIGIN, ofHandler),
                        new HookFailure(loop, Hook.ON_FAILURE, ORIGIN.plusSeconds(1), ofHandler),
                        new HookFailure(loop, Hook.AFTER_LOOP, ORIGIN.plusSeconds(1), lost));
    }

    @Test
    void an_afterLoop_is_told_what_the_hooks_before_it_have_thrown() {
        everySecond()
                .count(1)
                .afterLoop(end -> note("first " + end.hookFailures().size()))
                .afterLoop(end -> {
                    throw lost;
                })
                .afterLoop(end -> note("third " + end.hookFailures().size()))
                .start(it -> {});
        loops.settle();
        assertThat(events).contains("first 0 0", "third 1 0");
    }

    @Test
    void a_cancel_during_afterLoop_does_not_change_the_end_that_tells_it() {
        Loop loop = everySecond()
                .count(1)
                .afterLoop(end -> {
                    loops.find("job").cancel();
                    throw lost;
                })
                .build(it -> {});
        loop.start();
        loops.settle();
        assertThat(endOf(loop)).isInstanceOf(LoopEnd.Completed.class);
        assertThat(endOf(loop).hookFailures()).hasSize(1);
    }

    @Test
    void listeners_hear_each_before_the_end() {
        listen(new LoopListener() {
            @Override
            public void onHookFailure(HookFailure failure) {
                note(failure.hook() + " " + failure.thrown().getMessage());
            }

            @Override
            public void onEnd(Loop loop, LoopEnd end) {
                note("end " + end.hookFailures().size());
            }
        });
        loops.loop("job")
                .every(seconds(1))
                .onFailure(failure -> {
                    throw new IllegalStateException("alert");
                })
                .afterLoop(end -> {
                    throw lost;
                })
                .start(it -> {
                    throw new IllegalStateException("body");
                });
        loops.settle();
        assertThat(events).containsExactly("onFailure alert 0", "afterLoop flush 0", "end 2 0");
    }

    @Test
    void a_handler_that_always_fails_does_not_fill_the_memory_and_afterLoop_is_told_all_the_same() {
        Loop loop = everySecond()
                .count(150)
                .continueOn(IllegalArgumentException.class)
                .onFailure(failure -> {
                    throw new IllegalStateException("alert");
                })
                .afterLoop(end -> {
                    throw lost;
                })
                .start(it -> {
                    throw new IllegalArgumentException("body");
                });
        loops.advance(seconds(200));
        assertThat(endOf(loop).hookFailures())
                .hasSize(101)
                .last()
                .extracting(HookFailure::thrown)
                .isEqualTo(lost);
    }

    @Test
    void a_new_run_begins_without_those_of_the_last() {
        Loop loop = everySecond()
                .afterLoop(end -> {
                    if (end.isCancelled()) {
                        throw lost;
                    }
                })
                .start(it -> {});
        loops.settle();
        loop.restart();
        loops.settle();
        loop.stop();
        loops.settle();
        assertThat(endOf(loop)).isInstanceOf(LoopEnd.Stopped.class);
        assertThat(endOf(loop).hookFailures()).isEmpty();
    }

    @Test
    void nobody_can_change_what_an_end_tells() {
        Loop loop = everySecond()
                .count(1)
                .afterLoop(end -> {
                    throw lost;
                })
                .start(it -> {});
        loops.settle();
        assertThatThrownBy(endOf(loop).hookFailures()::clear).isInstanceOf(UnsupportedOperationException.class);
    }
}
