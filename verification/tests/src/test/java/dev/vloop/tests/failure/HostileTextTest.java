package dev.vloop.tests.failure;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopFailure;
import dev.vloop.LoopListener;
import dev.vloop.Schedule;
import dev.vloop.SlotContext;
import dev.vloop.tests.support.ListenerRelay;
import dev.vloop.tests.support.VirtualTimeTest;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R30: text and causes of a user's objects break no run")
class HostileTextTest extends VirtualTimeTest {
    HostileTextTest() {
        super(new ListenerRelay());
    }

    /** Its text throws whenever it is asked for. */
    private static class Unspeakable extends IOException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new StackOverflowError("no text");
        }
    }

    /** Its cause is itself, or whatever it is told. */
    private static class Circular extends ExecutionException {
        private static final long serialVersionUID = 1;

        private @Nullable Throwable cause = this;

        @Override
        public synchronized @Nullable Throwable getCause() {
            return cause;
        }
    }

    private static final class MuteSchedule implements Schedule {
        @Override
        public @Nullable Instant next(SlotContext context) {
            return Instant.MIN;
        }

        @Override
        public String toString() {
            throw new IllegalStateException("no text");
        }
    }

    private LoopEnd endOfOneThatThrows(Exception thrown) {
        Loop loop = noting().every(seconds(1)).clearReactions().start(it -> {
            throw thrown;
        });
        return loops.awaitEnd(loop);
    }

    @Test
    void an_exception_whose_message_throws_is_retried_like_any_other() {
        Loop loop = noting().every(seconds(100))
                .backoff((failure, random) -> seconds(1))
                .count(1)
                .start(it -> {
                    if (it.attempt() < 3) {
                        throw new Unspeakable();
                    }
                    note("body");
                });
        assertThat(loops.awaitEnd(loop)).isEqualTo(new LoopEnd.Completed(1));
        assertThat(events).containsExactly("before 0", "body 2", "after Completed 2");
        assertThat(log.warnings()).hasSize(2).allMatch(line -> line.contains(Unspeakable.class.getName()));
    }

    @Test
    void a_run_that_fails_with_it_ends_with_it_and_every_text_about_it_can_be_read() {
        Unspeakable thrown = new Unspeakable();
        LoopEnd end = endOfOneThatThrows(thrown);
        assertThat(((LoopEnd.Failed) end).cause()).isSameAs(thrown);
        assertThat(end.toString()).contains(Unspeakable.class.getName()).contains("StackOverflowError");
        Loop loop = requireNonNull(loops.runtime().find("job"));
        LoopFailure failure = loop.status().lastFailure();
        assertThat(String.valueOf(failure)).contains(Unspeakable.class.getName());
        assertThat(log.errors()).singleElement().asString().contains("the run ends");
    }

    @Test
    void what_goes_to_the_log_can_be_printed_by_any_formatter() {
        Unspeakable thrown = new Unspeakable();
        endOfOneThatThrows(thrown);
        assertThat(printed()).contains(Unspeakable.class.getName()).contains("HostileTextTest");
    }

    @Test
    void an_exception_that_cannot_print_itself_is_logged_all_the_same() {
        endOfOneThatThrows(new IOException("disk full") {
            private static final long serialVersionUID = 1;

            @Override
            public void printStackTrace(PrintWriter out) {
                throw new IllegalStateException("no print");
            }
        });
        assertThat(printed()).contains("disk full").contains("HostileTextTest");
    }

    @Test
    void a_huge_text_is_shortened() {
        endOfOneThatThrows(new IOException("x".repeat(1_000_000)));
        assertThat(printed()).hasSizeLessThan(50_000).contains("more characters");
    }

    @Test
    void ten_thousand_causes_are_no_burden() {
        Exception deep = new IllegalStateException("innermost");
        for (int i = 0; i < 10_000; i++) {
            deep = new IllegalStateException("layer", deep);
        }
        assertThat(((LoopEnd.Failed) endOfOneThatThrows(deep)).cause()).isSameAs(deep);
        assertThat(printed()).hasSizeLessThan(50_000);
    }

    private String printed() {
        LogRecord entry = new LogRecord(Level.SEVERE, log.errors().get(0));
        entry.setThrown(log.causes(Level.SEVERE).get(0));
        return new SimpleFormatter().format(entry);
    }

    @Test
    void a_circle_of_causes_ends_the_search_for_what_is_judged() {
        Circular thrown = new Circular();
        assertThat(((LoopEnd.Failed) endOfOneThatThrows(thrown)).cause()).isSameAs(thrown);
    }

    @Test
    void a_circle_of_causes_around_a_failed_fork_does_not_hide_its_failure() {
        Loop loop = noting().every(seconds(1)).clearReactions().start(it -> {
            it.fork(() -> {
                throw new IllegalStateException("fork");
            });
            Circular first = new Circular();
            Circular second = new Circular();
            first.cause = second;
            second.cause = first;
            throw first;
        });
        LoopEnd end = loops.awaitEnd(loop);
        Throwable cause = ((LoopEnd.Failed) end).cause();
        assertThat(cause).isInstanceOfAny(IllegalStateException.class, Circular.class);
    }

    @Test
    void an_exception_without_a_place_for_others_loses_none_of_them() {
        Error sealed = new Error("sealed", null, false, false) {
            private static final long serialVersionUID = 1;
        };
        Loop loop = noting().every(seconds(1)).start(it -> {
            it.fork(() -> {
                throw sealed;
            });
            it.sleep(seconds(1));
            throw new IllegalStateException("the body's own");
        });
        assertThat(((LoopEnd.Failed) loops.awaitEnd(loop)).cause()).isSameAs(sealed);
        assertThat(log.causes(Level.WARNING)).anyMatch(thrown -> "the body's own".equals(thrown.getMessage()));
    }

    @Test
    void one_exception_that_is_thrown_again_and_again_does_not_collect_others_for_ever() {
        IOException constant = new IOException("constant");
        Loop loop = noting().every(seconds(1))
                .continueOn(IOException.class)
                .onFailure(failure -> {
                    throw new IllegalStateException("hook");
                })
                .count(1_000)
                .start(it -> {
                    throw constant;
                });
        loops.awaitEnd(loop);
        assertThat(constant.getSuppressed()).hasSizeLessThanOrEqualTo(100);
    }

    @Test
    void an_item_of_forkEach_may_have_no_text() {
        Object item = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("no text");
            }
        };
        Loop loop = noting().every(seconds(1))
                .count(1)
                .start(it -> it.forkEach(List.of(item), each -> {
                            throw new Unspeakable();
                        })
                        .forEach(failure ->
                                note(failure.toString().contains("IllegalStateException") ? "told" : "lost")));
        assertThat(loops.awaitEnd(loop)).isEqualTo(new LoopEnd.Completed(1));
        assertThat(events).contains("told 0");
    }

    @Test
    void a_listener_may_have_no_text_and_what_it_throws_is_logged() {
        listen(new LoopListener() {
            @Override
            public void onStart(Loop loop) {
                throw new IllegalStateException("listener");
            }

            @Override
            public String toString() {
                throw new IllegalStateException("no text");
            }
        });
        Loop loop = everySecond().count(1).start(it -> note("body"));
        assertThat(loops.awaitEnd(loop)).isEqualTo(new LoopEnd.Completed(1));
    }

    @Test
    void a_schedule_and_a_backoff_without_text_fail_the_run_with_what_is_wrong() {
        Loop scheduled = loops.loop("scheduled").schedule(new MuteSchedule()).start(it -> {});
        assertThat(((LoopEnd.Failed) loops.awaitEnd(scheduled)).cause())
                .hasMessageContaining(MuteSchedule.class.getName());
    }

    @Test
    void a_schedule_whose_equals_throws_is_a_change() {
        Schedule odd = new Schedule() {
            @Override
            public @Nullable Instant next(SlotContext context) {
                return context.runStart().plusSeconds(50);
            }

            @Override
            public boolean equals(@Nullable Object other) {
                throw new IllegalStateException("no equals");
            }

            @Override
            public int hashCode() {
                return 1;
            }
        };
        Loop loop = noting().schedule(odd).start(it -> note("body"));
        loops.settle();
        loop.changeInterval(seconds(10));
        loops.advance(seconds(10));
        assertThat(events).contains("body 10");
    }

    @Test
    void a_loop_s_name_cannot_forge_a_line_of_the_log() {
        Loop loop = loops.loop("a\nSEVERE: forged\u001b[2J").every(seconds(1)).start(it -> {
            throw new IllegalStateException("body");
        });
        loops.awaitEnd(loop);
        assertThat(log.errors()).singleElement().asString().doesNotContain("\n").doesNotContain("\u001b");
    }
}
