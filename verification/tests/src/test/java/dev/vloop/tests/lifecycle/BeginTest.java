package dev.vloop.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopBuilder;
import dev.vloop.Schedule;
import dev.vloop.SlotContext;
import dev.vloop.tests.support.VirtualTimeTest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("R5, R22: no iteration begins once a request that forbids it is made")
class BeginTest extends VirtualTimeTest {
    /** A slot each second. When it is asked for the slot after second 2, it first makes a request of the loop. */
    private Schedule asking(Consumer<Loop> request) {
        return new Schedule() {
            private boolean asked;

            @Override
            public Instant next(SlotContext context) {
                Instant last = context.lastSlot();
                if (!asked && last != null && last.equals(ORIGIN.plusSeconds(2))) {
                    asked = true;
                    request.accept(loops.get("job"));
                }
                return last == null ? context.now() : last.plusSeconds(1);
            }
        };
    }

    private LoopBuilder job(int concurrent, Consumer<Loop> request) {
        return loops.loop("job").schedule(asking(request)).maxConcurrent(concurrent);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void stop_counts_while_the_schedule_is_being_asked(int concurrent) {
        Loop loop = job(concurrent, Loop::stop).start(it -> note("body"));
        loops.advance(seconds(10));
        assertThat(events).containsExactly("body 0", "body 1");
        assertThat(loop.isRunning()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void pause_counts_while_the_schedule_is_being_asked(int concurrent) {
        Loop loop = job(concurrent, Loop::pause).start(it -> note("body"));
        loops.advance(Duration.ofMillis(5_500));
        assertThat(events).containsExactly("body 0", "body 1");

        loop.resume();
        loops.advance(seconds(1));
        assertThat(events).containsExactly("body 0", "body 1", "body 6");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void a_change_of_the_schedule_counts_while_the_old_one_is_being_asked(int concurrent) {
        job(concurrent, job -> job.changeInterval(seconds(10))).start(it -> note("body"));
        loops.advance(seconds(30));
        assertThat(events).containsExactly("body 0", "body 1", "body 11", "body 21");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void a_trigger_is_answered_although_the_schedule_is_being_asked(int concurrent) {
        Loop loop = job(concurrent, Loop::trigger).start(it -> note("body"));
        loops.advance(seconds(2));
        loop.stop();
        loops.settle();
        assertThat(events).containsExactly("body 0", "body 1", "body 2", "body 2");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5})
    void a_fatal_failure_lets_no_other_begin_however_long_onFailure_takes(int concurrent) {
        loops.loop("job")
                .every(seconds(1))
                .maxConcurrent(concurrent)
                .clearReactions()
                .onFailure(failure -> {
                    note("failed");
                    loops.clock().sleep(seconds(20));
                })
                .afterLoop(end -> note(word(end)))
                .start(it -> {
                    note("body " + it.index());
                    if (it.index() == 1) {
                        throw new IOException("for good");
                    }
                });
        loops.advance(seconds(60));
        assertThat(events).containsExactly("body 0 0", "body 1 1", "failed 1", "Failed 21");
    }
}
