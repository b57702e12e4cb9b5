package dev.vloop.tests.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Iteration;
import dev.vloop.Loop;
import dev.vloop.LoopListener;
import dev.vloop.MissedSlots;
import dev.vloop.Schedule;
import dev.vloop.cron.Cron;
import dev.vloop.tests.support.ListenerRelay;
import dev.vloop.tests.support.VirtualTimeTest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R21: a retry that comes late serves the slots that passed before it")
class LateRetryTest extends VirtualTimeTest {
    LateRetryTest() {
        super(new ListenerRelay());
    }

    private Loop start(Schedule schedule, MissedSlots policy) {
        listen(new LoopListener() {
            @Override
            public void onMissed(Loop loop, long slots, Instant first) {
                note("missed " + slots + " from "
                        + Duration.between(ORIGIN, first).toSeconds());
            }
        });
        return loops.loop("api")
                .schedule(schedule)
                .missed(policy)
                .backoff((failure, random) -> seconds(150)) // Retry-After
                .start(it -> request(it, 0));
    }

    /** Notes an attempt. The first one of the iteration with this index fails. */
    private void request(Iteration it, long failing) throws IOException {
        note("request");
        if (it.index() == failing && it.attempt() == 1) {
            throw new IOException("429");
        }
    }

    @Test
    void an_interval_is_not_run_once_more_at_once() {
        Loop loop = start(Schedule.every(seconds(60)), MissedSlots.RUN_ONCE);
        loops.advance(seconds(200));
        assertThat(events).containsExactly("request 0", "request 150", "missed 1 from 60 150", "request 180");
        assertThat(loop.status().missedSlots()).isEqualTo(1);
    }

    @Test
    void nor_are_slots_of_the_wall_clock() {
        start(Cron.parse("* * * * *", ZoneOffset.UTC), MissedSlots.SKIP);
        loops.advance(seconds(200));
        assertThat(events).containsExactly("request 0", "request 150", "missed 1 from 60 150", "request 180");
    }

    @Test
    void nor_are_those_of_another_monotonic_schedule() {
        start(Schedule.every(seconds(60)).limitedTo(100), MissedSlots.RUN_ONCE);
        loops.advance(seconds(200));
        assertThat(events).containsExactly("request 0", "request 150", "missed 1 from 60 150", "request 180");
    }

    @Test
    void a_slot_at_which_the_attempt_begins_is_served_by_it() {
        start(Schedule.every(seconds(50)), MissedSlots.RUN_ONCE);
        loops.advance(seconds(199));
        assertThat(events).containsExactly("request 0", "request 150", "missed 2 from 50 150");
    }

    @Test
    void a_retry_of_a_triggered_iteration_serves_slots_too() {
        Loop loop = loops.loop("api")
                .every(seconds(60))
                .backoff((failure, random) -> seconds(150))
                .start(it -> request(it, 1));
        loops.advance(seconds(10));
        loop.trigger();
        loops.advance(seconds(180));
        assertThat(events).containsExactly("request 0", "request 10", "request 160", "request 180");
        assertThat(loop.status().missedSlots()).isEqualTo(1);
    }

    @Test
    void run_all_still_runs_each_slot() {
        start(Schedule.every(seconds(60)), MissedSlots.RUN_ALL);
        loops.advance(seconds(170));
        assertThat(events).containsExactly("request 0", "request 150", "request 150", "request 150");
    }

    @Test
    void slots_that_pass_during_the_last_attempt_are_missed_as_ever() {
        loops.loop("api")
                .every(seconds(60))
                .backoff((failure, random) -> seconds(10))
                .start(it -> {
                    request(it, 0);
                    if (it.index() == 0) {
                        it.sleep(seconds(100));
                    }
                });
        loops.advance(seconds(119));
        assertThat(events).containsExactly("request 0", "request 10", "request 110");
    }
}
