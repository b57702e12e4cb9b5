package dev.vloop.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.vloop.CutSlots;
import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopRuntime;
import dev.vloop.MissedSlots;
import dev.vloop.Schedule;
import dev.vloop.testkit.TestCluster;
import dev.vloop.testkit.TestLoops;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R40: control of a loop of a cluster")
class ControlTest extends ClusterTest {
    private Loop start(LoopRuntime runtime, String name) {
        return everyTen(runtime, CutSlots.LET_GO).start(it -> ran(it, name));
    }

    @Test
    void it_is_refused_without_a_cluster() {
        assertThatIllegalStateException()
                .isThrownBy(() -> everyTen(loops, CutSlots.LET_GO).start(it -> {}))
                .withMessageContaining("'job'")
                .withMessageContaining("has no cluster");
    }

    @Test
    void it_is_refused_if_iterations_may_overlap() {
        assertThatIllegalStateException()
                .isThrownBy(() -> everyTen(a, CutSlots.LET_GO).maxConcurrent(3).build(it -> {}))
                .withMessageContaining("maxConcurrent must be 1, but is 3");
    }

    @Test
    void each_instance_lists_the_next_slots_that_it_can_know() {
        Schedule ten = Schedule.every(seconds(10));
        Schedule daily = Schedule.dailyAt(ZoneOffset.UTC, LocalTime.of(9, 0)).jitter(seconds(60), "job");
        Loop plain = everyTen(a, CutSlots.LET_GO).start(it -> {});
        Loop other = everyTen(b, CutSlots.LET_GO).start(it -> {});
        Loop jittered = a.loop("jittered")
                .schedule(ten.jitter(seconds(2), "job"))
                .oncePerCluster(CutSlots.LET_GO)
                .start(it -> {});
        Loop local = loops.loop("local").schedule(daily).start(it -> {});
        Loop shared =
                a.loop("shared").schedule(daily).oncePerCluster(CutSlots.LET_GO).start(it -> {});
        loops.advance(seconds(13));
        assertThat(plain.nextIterations(3))
                .isEqualTo(other.nextIterations(3))
                .containsExactly(ORIGIN.plusSeconds(20), ORIGIN.plusSeconds(30), ORIGIN.plusSeconds(40));
        assertThat(jittered.nextIterations(3)).containsExactly(jittered.nextIteration());
        assertThat(shared.nextIterations(5)).hasSize(5).isEqualTo(local.nextIterations(5));
    }

    @Test
    void it_is_refused_if_instances_would_compute_other_slots() {
        Schedule jittered = Schedule.every(seconds(10)).jitter(seconds(2));
        assertThatIllegalStateException()
                .isThrownBy(() -> everyTen(a, CutSlots.LET_GO)
                        .schedule(Schedule.anyOf(jittered, Schedule.every(seconds(7))))
                        .build(it -> {}))
                .withMessageContaining("name the jitter");
        everyTen(a, CutSlots.LET_GO)
                .schedule(Schedule.every(seconds(10)).jitter(seconds(2), "job"))
                .build(it -> {});
    }

    @Test
    @DisplayName(
            "R37, R40: a change to a schedule of which instances would compute other slots is refused, and changes nothing")
    void a_change_is_refused_if_instances_would_compute_other_slots() {
        Loop loop = start(a, "a");
        Schedule jittered = Schedule.every(seconds(3)).jitter(seconds(2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> loop.changeSchedule(jittered))
                .withMessageContaining("schedule must")
                .withMessageContaining("name its jitter")
                .withMessageContaining(jittered.toString());
        loops.advance(seconds(25));
        assertThat(ran).containsExactly("0@a", "10@a", "20@a");
        loop.changeSchedule(Schedule.every(seconds(3)).jitter(seconds(2), "job"));
    }

    @Test
    void an_instance_may_have_the_name_of_one_that_is_dead_and_not_of_one_that_lives() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cluster.instance("a"))
                .withMessage("name must not be that of an instance that lives: a");
        cluster.kill("a");
        everyTen(cluster.instance("a"), CutSlots.LET_GO).start(it -> ran(it, "again"));
        loops.settle();
        assertThat(ran).containsExactly("0@again");
    }

    @Test
    void a_paused_instance_leaves_its_slots_to_others() {
        Loop first = start(a, "a");
        start(b, "b");
        first.pause();
        loops.advance(seconds(25));
        assertThat(ran).containsExactly("0@b", "10@b", "20@b");
    }

    @Test
    void an_instance_that_is_paused_gives_back_the_slot_that_it_was_offered() {
        Schedule pauses = at -> {
            // It was offered the slot of 10, and looks for a later one that has passed.
            if (at(10).equals(at.lastSlot())) {
                a.find("job").pause();
            }
            Instant last = at.lastSlot();
            return last == null ? at.runStart() : last.plusSeconds(10);
        };
        everyTen(a, CutSlots.LET_GO).schedule(pauses).start(it -> {
            ran(it, "a");
            it.sleep(seconds(15));
        });
        loops.advance(seconds(1));
        Loop second = start(b, "b");
        second.pause();
        loops.advance(seconds(15));
        second.resume();
        loops.advance(seconds(1));
        assertThat(ran).containsExactly("0@a", "10@b");
    }

    private static Instant at(long second) {
        return ORIGIN.plusSeconds(second);
    }

    @Test
    void what_no_instance_ran_as_all_were_paused_is_missed() {
        Loop loop =
                everyTen(a, CutSlots.LET_GO).missed(MissedSlots.RUN_ALL).start(it -> note("slot " + slot(it) + " at"));
        loops.advance(seconds(5));
        loop.pause();
        loops.advance(seconds(20));
        loop.resume();
        loops.advance(seconds(10));
        assertThat(events).containsExactly("slot 0 at 0", "slot 10 at 25", "slot 20 at 25", "slot 30 at 30");
    }

    @Test
    void a_trigger_is_one_iteration_in_the_whole_cluster_and_moves_no_slot() {
        Loop first = start(a, "a");
        start(b, "b");
        loops.advance(seconds(3));
        ran.clear();
        first.trigger();
        loops.advance(seconds(1));
        assertThat(ran).hasSize(1).allMatch(text -> text.startsWith("3@"));
        loops.advance(seconds(8));
        assertThat(ran).hasSize(2).anyMatch(text -> text.startsWith("10@"));
    }

    @Test
    void a_trigger_that_is_retried_late_serves_the_slots_that_have_passed() {
        Loop loop = everyTen(a, CutSlots.LET_GO)
                .backoff((failure, random) -> seconds(25))
                .start(it -> request(it, 3));
        loops.advance(seconds(3));
        loop.trigger();
        loops.advance(seconds(30));
        assertThat(events).containsExactly("slot 0.1 0", "slot 3.1 3", "slot 3.2 28", "slot 30.1 30");
        assertThat(loop.status().missedSlots()).isEqualTo(1); // 10, while 20 is the one that is served
    }

    @Test
    void a_trigger_is_answered_once_although_the_instance_that_was_offered_it_stops() {
        for (int seed = 0; seed < 100; seed++) { // it decides who is offered it, and whether the stop comes first
            List<String> triggered = Collections.synchronizedList(new ArrayList<>());
            try (TestLoops own = TestLoops.builder().seed(seed).create()) {
                TestCluster two = TestCluster.on(own);
                List<Loop> jobs = Stream.of("a", "b")
                        .map(name ->
                                everyTen(two.instance(name), CutSlots.LET_GO).start(it -> triggered.add(name)))
                        .toList();
                own.advance(seconds(3));
                triggered.clear();
                jobs.get(1).trigger();
                own.loop("stops a").every(seconds(100)).start(it -> jobs.get(0).stop());
                own.settle();
                assertThat(triggered).as("with seed " + seed).hasSize(1);
            }
        }
    }

    @Test
    void a_trigger_runs_also_where_all_are_paused() {
        Loop loop = start(a, "a");
        loops.advance(seconds(3));
        loop.pause();
        loop.trigger();
        loops.advance(seconds(20));
        assertThat(ran).containsExactly("0@a", "3@a");
    }

    @Test
    void a_trigger_during_an_iteration_elsewhere_follows_it() {
        everyTen(a, CutSlots.LET_GO).start(it -> {
            note("begin");
            it.sleep(seconds(4));
        });
        loops.advance(seconds(1));
        everyTen(b, CutSlots.LET_GO).start(it -> note("begin")).trigger();
        loops.advance(seconds(6));
        assertThat(events).containsExactly("begin 0", "begin 4");
    }

    @Test
    void a_stop_ends_this_instance_after_its_iteration_and_others_go_on() {
        Loop first = everyTen(a, CutSlots.RUN_AGAIN).start(it -> {
            ran(it, "a");
            it.sleep(seconds(2));
        });
        loops.advance(seconds(1));
        everyTen(b, CutSlots.RUN_AGAIN).start(it -> ran(it, "b"));
        first.stop();
        loops.advance(seconds(20));
        assertThat(first.status().lastEnd()).isEqualTo(new LoopEnd.Stopped(1));
        assertThat(ran).containsExactly("0@a", "10@b", "20@b");
    }

    @Test
    void a_slot_with_which_a_run_ends_is_counted_by_the_schedule() {
        Schedule three = Schedule.every(seconds(10)).limitedTo(3);
        everyTen(a, CutSlots.LET_GO).schedule(three).count(1).start(it -> ran(it, "a"));
        loops.advance(seconds(1));
        Loop second = everyTen(b, CutSlots.LET_GO).schedule(three).start(it -> ran(it, "b"));
        loops.advance(seconds(40));
        assertThat(ran).containsExactly("0@a", "10@b", "20@b");
        assertThat(second.status().lastEnd()).isEqualTo(new LoopEnd.Completed(2));
    }

    @Test
    void a_count_is_of_this_instance() {
        Loop first = everyTen(a, CutSlots.RUN_AGAIN).count(1).start(it -> ran(it, "a"));
        loops.advance(seconds(1));
        start(b, "b");
        loops.advance(seconds(10));
        assertThat(first.status().lastEnd()).isEqualTo(new LoopEnd.Completed(1));
        assertThat(ran).containsExactly("0@a", "10@b");
    }

    @Test
    void a_runtime_that_shuts_down_finishes_its_slot_and_gives_no_slot_away_twice() {
        everyTen(a, CutSlots.RUN_AGAIN).start(it -> {
            ran(it, "a");
            it.sleep(seconds(2));
        });
        loops.advance(seconds(1));
        start(b, "b");
        a.shutdown(seconds(10));
        loops.advance(seconds(10));
        assertThat(ran).containsExactly("0@a", "10@b");
    }

    @Test
    void a_change_of_the_schedule_moves_the_slot_of_the_cluster() {
        Loop first = start(a, "a");
        loops.advance(seconds(3));
        first.changeInterval(seconds(4));
        loops.advance(seconds(10));
        assertThat(ran).containsExactly("0@a", "4@a", "8@a", "12@a");
    }

    @Test
    void a_schedule_on_the_wall_clock_that_replaces_the_first_one_begins_after_the_initial_delay_too() {
        Loop loop = everyTen(a, CutSlots.LET_GO).initialDelay(seconds(60)).start(it -> ran(it, "a"));
        loops.settle();
        loop.changeSchedule(Schedule.dailyAt(ZoneOffset.UTC, LocalTime.of(0, 0, 30), LocalTime.of(0, 2)));
        loops.advance(seconds(150));
        assertThat(ran).containsExactly("120@a");
    }

    @Test
    void a_change_during_an_iteration_takes_effect_after_it() {
        Loop loop = everyTen(a, CutSlots.LET_GO).start(it -> {
            ran(it, "a");
            it.sleep(seconds(2));
        });
        loops.advance(seconds(1));
        loop.changeInterval(seconds(4));
        loops.advance(seconds(6));
        assertThat(ran).containsExactly("0@a", "4@a");
    }

    @Test
    void retries_are_made_by_the_instance_that_has_the_slot() {
        everyTen(a, CutSlots.LET_GO).backoff((failure, random) -> seconds(3)).start(it -> {
            ran(it, "a" + it.attempt() + " token " + it.token());
            if (it.attempt() < 3) {
                throw new IOException("no network");
            }
        });
        loops.advance(seconds(1));
        start(b, "b");
        loops.advance(seconds(7));
        String token = ran.get(0).substring(ran.get(0).indexOf("token"));
        assertThat(ran).containsExactly("0@a1 " + token, "0@a2 " + token, "0@a3 " + token);
    }

    @Test
    void slots_that_passed_before_a_retry_are_served_by_it() {
        Loop loop = everyTen(a, CutSlots.LET_GO)
                .backoff((failure, random) -> seconds(25))
                .start(it -> {
                    ran(it, "a" + it.attempt());
                    if (slot(it) == 0 && it.attempt() == 1) {
                        throw new IOException("no network");
                    }
                });
        loops.advance(seconds(35));
        assertThat(ran).containsExactly("0@a1", "0@a2", "30@a1");
        assertThat(loop.status().missedSlots()).isEqualTo(1);
    }

    @Test
    void a_slot_at_which_a_retry_begins_is_served_by_it() {
        Loop loop = everyTen(a, CutSlots.LET_GO)
                .backoff((failure, random) -> seconds(20))
                .start(it -> request(it, 0));
        loops.advance(seconds(35));
        assertThat(events).containsExactly("slot 0.1 0", "slot 0.2 20", "slot 30.1 30");
        assertThat(loop.status().missedSlots()).isEqualTo(1); // 10, while 20 is the one that is served
    }

    @Test
    void a_timeout_is_no_lost_lease() {
        everyTen(a, CutSlots.LET_GO)
                .timeout(seconds(1))
                .continueOn(TimeoutException.class)
                .onFailure(failure -> note(failure.cause().getClass().getSimpleName()))
                .start(it -> {
                    ran(it, "a");
                    it.sleep(seconds(5));
                });
        loops.advance(seconds(11));
        assertThat(events).containsExactly("TimeoutException 1", "TimeoutException 11");
        assertThat(ran).containsExactly("0@a", "10@a");
    }

    @Test
    void a_schedule_that_throws_fails_the_run_and_its_claim_is_given_back() {
        Loop failing = a.loop("job")
                .schedule(at -> {
                    throw new IllegalStateException("no slot");
                })
                .oncePerCluster(CutSlots.LET_GO)
                .start(it -> ran(it, "a"));
        loops.advance(seconds(1));
        assertThat(failing.status().lastEnd()).isInstanceOf(LoopEnd.Failed.class);
        start(b, "b");
        loops.advance(seconds(1));
        assertThat(ran).hasSize(1).allMatch(text -> text.endsWith("@b"));
    }
}
