package dev.vloop.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.CutSlots;
import dev.vloop.LoopBuilder;
import dev.vloop.LoopRuntime;
import dev.vloop.MissedSlots;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R40: what was due while none lived, or the store was away")
class MissedTest extends ClusterTest {
    private final List<String> missed = Collections.synchronizedList(new ArrayList<>());

    /** Runs slots 0 and 10, is away from 15 to 45, and runs until 54. */
    private void down(UnaryOperator<LoopBuilder> policy) {
        policy.apply(everyTen(a, CutSlots.LET_GO)).start(it -> ran(it, "a"));
        loops.advance(seconds(15));
        cluster.kill("a");
        loops.advance(seconds(30));
        LoopRuntime again = cluster.instance(
                "a",
                builder -> builder.listener(new dev.vloop.LoopListener() {
                    @Override
                    public void onMissed(dev.vloop.Loop loop, long slots, Instant first) {
                        missed.add(slots + " from "
                                + java.time.Duration.between(ORIGIN, first).toSeconds());
                    }
                }));
        policy.apply(everyTen(again, CutSlots.LET_GO)).start(it -> ran(it, "a"));
        loops.advance(seconds(9));
    }

    @Test
    void run_all_makes_up_for_each() {
        down(loop -> loop.missed(MissedSlots.RUN_ALL));
        assertThat(ran).containsExactly("0@a", "10@a", "20@a", "30@a", "40@a", "50@a");
        assertThat(missed).isEmpty();
    }

    @Test
    void run_once_runs_the_latest() {
        down(loop -> loop.missed(MissedSlots.RUN_ONCE));
        assertThat(ran).containsExactly("0@a", "10@a", "40@a", "50@a");
        assertThat(missed).containsExactly("2 from 20");
    }

    @Test
    void skip_goes_on_with_the_next() {
        down(loop -> loop.missed(MissedSlots.SKIP));
        assertThat(ran).containsExactly("0@a", "10@a", "50@a");
        assertThat(missed).containsExactly("3 from 20");
    }

    @Test
    void what_is_too_late_is_skipped() {
        down(loop -> loop.missed(MissedSlots.RUN_ALL).maxLateness(seconds(20)));
        assertThat(ran).containsExactly("0@a", "10@a", "30@a", "40@a", "50@a");
        assertThat(missed).containsExactly("1 from 20");
    }

    @Test
    void a_slot_that_came_during_an_iteration_is_not_on_time_though_its_turn_comes_soon() {
        everyTen(a, CutSlots.LET_GO).missed(MissedSlots.SKIP).start(it -> {
            ran(it, "a");
            it.sleep(slot(it) == 0 ? millis(10_500) : millis(9_500));
        });
        loops.advance(seconds(35));
        assertThat(ran).containsExactly("0@a", "20@a", "30@a");
    }

    @Test
    void run_all_runs_each_slot_that_passes_before_a_late_retry() {
        everyTen(a, CutSlots.LET_GO)
                .missed(MissedSlots.RUN_ALL)
                .backoff((failure, random) -> seconds(25))
                .start(it -> request(it, 0));
        loops.advance(seconds(31));
        assertThat(events).containsExactly("slot 0.1 0", "slot 0.2 25", "slot 10.1 25", "slot 20.1 25", "slot 30.1 30");
    }

    @Test
    void a_store_that_is_away_lets_no_slot_begin_and_they_are_made_up_for_when_it_is_back() {
        everyTen(a, CutSlots.LET_GO).missed(MissedSlots.RUN_ALL).start(it -> note("slot " + slot(it) + " at"));
        loops.advance(seconds(15));
        cluster.storeDown(seconds(20));
        loops.advance(seconds(30));
        assertThat(events)
                .containsExactly("slot 0 at 0", "slot 10 at 10", "slot 20 at 35", "slot 30 at 35", "slot 40 at 40");
    }

    @Test
    void a_body_that_runs_while_the_store_is_away_for_longer_than_the_lease_is_interrupted() {
        everyTen(a, CutSlots.RUN_AGAIN)
                .onFailure(f -> note(f.cause().getClass().getSimpleName()))
                .start(it -> {
                    note("begin");
                    it.sleep(seconds(5));
                    note("end");
                });
        loops.advance(seconds(1));
        cluster.storeDown(seconds(20));
        loops.advance(seconds(27));
        assertThat(events).containsExactly("begin 0", "LeaseLostException 3", "begin 21", "end 26", "begin 26");
    }

    @Test
    void a_body_that_ends_while_the_store_is_away_for_a_moment_has_ended() {
        everyTen(a, CutSlots.RUN_AGAIN).start(it -> {
            ran(it, "a");
            it.sleep(seconds(1));
        });
        loops.advance(millis(500));
        cluster.storeDown(seconds(1));
        loops.advance(seconds(12));
        assertThat(ran).containsExactly("0@a", "10@a");
    }

    @Test
    void the_slot_that_was_chosen_is_the_one_that_is_run_again_after_a_death() {
        everyTen(a, CutSlots.RUN_AGAIN).start(it -> ran(it, "a"));
        loops.advance(seconds(5));
        cluster.kill("a");
        loops.advance(seconds(30)); // 10, 20 and 30 have passed
        LoopRuntime c = cluster.instance("c");
        everyTen(c, CutSlots.RUN_AGAIN).start(it -> {
            ran(it, "c");
            it.sleep(seconds(4));
        });
        loops.advance(seconds(1));
        cluster.kill("c");
        everyTen(b, CutSlots.RUN_AGAIN).start(it -> ran(it, "b"));
        loops.advance(seconds(8));
        assertThat(ran).containsExactly("0@a", "30@c", "30@b", "40@b");
    }

    @Test
    void where_the_slot_that_was_chosen_is_too_late_to_run_again_the_policy_says_which_of_the_later_ones_runs() {
        everyTen(a, CutSlots.RUN_AGAIN).start(it -> {
            ran(it, "a");
            it.sleep(seconds(4));
        });
        loops.advance(seconds(1));
        cluster.kill("a");
        loops.advance(seconds(30)); // 0, 10, 20 and 30 have passed
        everyTen(b, CutSlots.RUN_AGAIN).maxLateness(seconds(25)).start(it -> ran(it, "b"));
        loops.settle();
        assertThat(ran).containsExactly("0@a", "30@b");
    }
}
