package dev.vloop.tests.sight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopChange;
import dev.vloop.LoopListener;
import dev.vloop.LoopState;
import dev.vloop.Schedule;
import dev.vloop.tests.support.ListenerRelay;
import dev.vloop.tests.support.VirtualTimeTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R36: what somebody has asked of a loop is told on the thread that has asked")
class ChangeEventsTest extends VirtualTimeTest {
    ChangeEventsTest() {
        super(new ListenerRelay());
    }

    @BeforeEach
    void listen() {
        listen(new LoopListener() {
            @Override
            public void onChange(Loop loop, LoopChange change) {
                note(change + " by " + Thread.currentThread().getName());
            }
        });
        Thread.currentThread().setName("asker");
    }

    @Test
    void each_change_once_in_order() {
        Loop loop = everySecondWithoutNotes();
        loop.start();
        loop.pause();
        loop.pause();
        loop.resume();
        loop.resume();
        loop.trigger();
        loop.changeInterval(seconds(2));
        loop.changeInterval(seconds(2));
        loop.changeSchedule(Schedule.fixedDelay(seconds(2)));
        loop.changeReactions(reactions -> reactions.clear());
        loop.restart();
        loops.settle();
        loop.stop();
        loops.settle();
        loop.stop();
        loop.cancel();
        loop.startIfIdle();
        loop.startIfIdle();
        loop.cancel();
        loops.settle();
        loop.remove();
        assertThat(events.stream().map(event -> event.replace(" by asker 0", "")))
                .containsExactly(
                        "BUILT",
                        "STARTED",
                        "PAUSED",
                        "RESUMED",
                        "TRIGGERED",
                        "RESCHEDULED",
                        "RESCHEDULED",
                        "REACTIONS_CHANGED",
                        "RESTARTED",
                        "STOPPED",
                        "STARTED",
                        "CANCELLED",
                        "REMOVED");
    }

    private Loop everySecondWithoutNotes() {
        return loops.loop("job").every(seconds(1)).build(it -> {});
    }

    @Test
    void by_a_body_too_and_when_it_has_taken_effect() {
        listen(new LoopListener() {
            @Override
            public void onChange(Loop loop, LoopChange change) {
                if (change == LoopChange.PAUSED) {
                    note("paused " + loop.status().paused());
                }
            }
        });
        loops.loop("job").every(seconds(1)).start(it -> it.loop().pause());
        loops.settle();
        assertThat(events).contains("PAUSED by job 0").endsWith("paused true 0");
    }

    @Test
    void a_loop_that_is_started_as_it_is_built_is_built_and_started() {
        loops.loop("job").every(seconds(1)).start(it -> {});
        loops.loop("job").every(seconds(1)).startIfIdle(it -> {});
        assertThat(events).containsExactly("BUILT by asker 0", "STARTED by asker 0");
        events.clear();
        loops.loop("other").every(seconds(1)).startIfIdle(it -> {});
        assertThat(events).containsExactly("BUILT by asker 0", "STARTED by asker 0");
    }

    @Test
    void a_paused_loop_shows_it_while_it_executes_and_while_it_is_idle() {
        Loop loop = loops.loop("job").every(seconds(1)).build(it -> it.sleep(seconds(5)));
        loop.pause();
        assertThat(loop.status().paused()).isTrue();
        loop.resume();
        loop.start();
        loops.settle();
        loop.pause();
        assertThat(loop.status().paused()).isTrue();
        assertThat(loop.status().state()).isEqualTo(LoopState.EXECUTING);
    }
}
