package dev.vloop.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.CutSlots;
import dev.vloop.Iteration;
import dev.vloop.LeaseLostException;
import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopListener;
import dev.vloop.LoopRuntime;
import dev.vloop.Reaction;
import dev.vloop.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("R40: an instance dies, is suspended or is cancelled in mid-iteration")
class CutTest extends ClusterTest {
    private final List<Boolean> mayHaveBegun = Collections.synchronizedList(new ArrayList<>());

    private Loop start(LoopRuntime runtime, String name, CutSlots cut) {
        return everyTen(runtime, cut).start(it -> {
            ran(it, name);
            mayHaveBegun.add(it.mayHaveBegun());
            it.sleep(seconds(1));
            note(slot(it) + "@" + name + " done");
        });
    }

    @Test
    void a_slot_whose_instance_died_runs_again_elsewhere_if_it_may() {
        start(a, "a", CutSlots.RUN_AGAIN);
        loops.advance(millis(500));
        start(b, "b", CutSlots.RUN_AGAIN);
        cluster.kill("a");
        loops.advance(seconds(5));
        assertThat(ran).containsExactly("0@a", "0@b");
        assertThat(mayHaveBegun).containsExactly(false, true);
        assertThat(events).containsExactly("0@b done 3.5");
    }

    @Test
    void a_slot_that_may_have_begun_is_known_to_have_after_a_change_of_the_schedule_too() {
        start(a, "a", CutSlots.RUN_AGAIN);
        loops.advance(millis(500));
        Loop second = start(b, "b", CutSlots.RUN_AGAIN);
        second.pause();
        cluster.kill("a");
        loops.advance(seconds(5));
        second.changeSchedule(Schedule.every(seconds(10)).limitedTo(100));
        loops.settle();
        second.resume();
        loops.settle();
        assertThat(ran).containsExactly("0@a", "0@b");
        assertThat(mayHaveBegun).containsExactly(false, true);
    }

    @Test
    void otherwise_it_is_let_go_and_the_next_slot_runs() {
        start(a, "a", CutSlots.LET_GO);
        loops.advance(millis(500));
        start(b, "b", CutSlots.LET_GO);
        cluster.kill("a");
        loops.advance(seconds(15));
        assertThat(ran).containsExactly("0@a", "10@b");
        assertThat(mayHaveBegun).containsExactly(false, false);
    }

    @Test
    void a_cancelled_iteration_gives_its_slot_back_at_once() {
        Loop first = start(a, "a", CutSlots.RUN_AGAIN);
        loops.advance(millis(500));
        start(b, "b", CutSlots.RUN_AGAIN);
        first.cancel();
        loops.advance(millis(100));
        assertThat(ran).containsExactly("0@a", "0@b");
    }

    @ParameterizedTest
    @CsvSource({"RUN_AGAIN, true", "RUN_AGAIN, false", "LET_GO, true", "LET_GO, false"})
    void a_triggered_iteration_that_is_cut_is_over_and_takes_no_slot_with_it(CutSlots cut, boolean killed) {
        Loop first = start(a, "a", cut);
        loops.advance(seconds(4));
        first.trigger();
        loops.settle();
        start(b, "b", cut);
        if (killed) {
            cluster.kill("a");
        } else {
            first.cancel();
        }
        loops.advance(seconds(18));
        assertThat(ran).containsExactly("0@a", "4@a", "10@b", "20@b");
        assertThat(mayHaveBegun).containsOnly(false);
    }

    @Test
    void so_does_one_whose_body_has_returned_while_its_forks_are_at_work() {
        Loop first = startForking(a, "a");
        loops.advance(millis(500));
        startForking(b, "b");
        first.cancel();
        loops.advance(seconds(2));
        assertThat(ran).containsExactly("0@a", "0@b");
        assertThat(events).containsExactly("0@b done 1.5");
    }

    private Loop startForking(LoopRuntime runtime, String name) {
        return everyTen(runtime, CutSlots.RUN_AGAIN).start(it -> {
            ran(it, name);
            it.fork(() -> {
                it.sleep(seconds(1));
                note(slot(it) + "@" + name + " done");
                return null;
            });
        });
    }

    @Test
    void a_restart_in_mid_iteration_goes_on_with_the_cut_slot() {
        Loop loop = start(a, "a", CutSlots.RUN_AGAIN);
        loops.advance(millis(500));
        loop.restart();
        loops.advance(seconds(12));
        assertThat(ran).containsExactly("0@a", "0@a", "10@a");
        assertThat(mayHaveBegun).containsExactly(false, true, false);
    }

    @Test
    void a_body_whose_lease_is_lost_is_interrupted_and_not_retried() {
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        LoopRuntime c = cluster.instance(
                "c",
                builder -> builder.listener(new LoopListener() {
                    @Override
                    public void onLeaseLost(Iteration attempt) {
                        heard.add("lost " + slot(attempt));
                    }
                }));
        Loop loop = everyTen(c, CutSlots.RUN_AGAIN)
                .retryOn(Exception.class)
                .onFailure(failure -> heard.add(failure.cause().getClass().getSimpleName() + " " + failure.reaction()))
                .start(it -> {
                    ran(it, "c");
                    it.fork(() -> {
                        it.sleep(seconds(60));
                        return null;
                    });
                    it.sleep(seconds(60));
                });
        loops.advance(seconds(1));
        start(a, "a", CutSlots.RUN_AGAIN);
        cluster.pause("c", seconds(5));
        loops.advance(seconds(4)); // the lease is over
        assertThat(ran).containsExactly("0@c", "0@a");
        assertThat(heard).isEmpty();
        loops.advance(seconds(2)); // the instance goes on
        assertThat(heard).containsExactly("lost 0", "LeaseLostException " + Reaction.CONTINUE);
        assertThat(loop.isRunning()).isTrue();
        loops.advance(seconds(30));
        assertThat(ran).startsWith("0@c", "0@a", ran.get(2)).doesNotHaveDuplicates();
        assertThat(loop.status().iterations()).isPositive();
    }

    @Test
    void a_body_that_swallows_the_loss_of_its_lease_forks_nothing_any_more() {
        everyTen(a, CutSlots.LET_GO).start(it -> {
            try {
                it.sleep(seconds(60));
            } catch (InterruptedException e) {
                note("swallowed");
            }
            it.fork(() -> {
                note("fork");
                return null;
            });
            it.forkEach(List.of(1), item -> note("each"));
        });
        loops.advance(seconds(1));
        cluster.pause("a", seconds(5));
        loops.advance(seconds(8));
        assertThat(events).singleElement().asString().startsWith("swallowed");
    }

    @Test
    void a_body_that_is_deaf_to_the_loss_of_its_lease_is_reported_with_that_reason() {
        everyTen(a, CutSlots.LET_GO).start(it -> {
            Instant end = ORIGIN.plusSeconds(60);
            while (it.now().isBefore(end)) {
                try {
                    it.sleep(Duration.between(it.now(), end));
                } catch (InterruptedException e) {
                    // deaf
                }
            }
        });
        loops.advance(seconds(1));
        cluster.pause("a", seconds(5));
        loops.advance(seconds(30));
        assertThat(log.warnings())
                .isNotEmpty()
                .allSatisfy(message ->
                        assertThat(message).contains("'job'", "after the loss of its lease", CutTest.class.getName()));
    }

    @Test
    void a_reaction_may_be_named_for_a_lost_lease() {
        Loop loop =
                everyTen(a, CutSlots.LET_GO).failOn(LeaseLostException.class).start(it -> it.sleep(seconds(60)));
        loops.advance(seconds(1));
        cluster.pause("a", seconds(5));
        loops.advance(seconds(10));
        assertThat(loop.isRunning()).isFalse();
        assertThat(loop.status().lastEnd())
                .isInstanceOfSatisfying(
                        LoopEnd.Failed.class, end -> assertThat(end.cause()).isInstanceOf(LeaseLostException.class));
    }

    @Test
    void a_lease_that_is_lost_in_a_backoff_makes_no_other_attempt() {
        Loop loop = everyTen(a, CutSlots.LET_GO)
                .retryOn(IllegalStateException.class)
                .backoff((failure, random) -> seconds(30))
                .onFailure(failure -> note(failure.cause().getClass().getSimpleName()))
                .start(it -> {
                    ran(it, "a" + it.attempt());
                    if (slot(it) == 0) {
                        throw new IllegalStateException();
                    }
                });
        loops.advance(seconds(1));
        cluster.pause("a", seconds(5));
        loops.advance(seconds(5));
        assertThat(events).containsExactly("IllegalStateException 0", "LeaseLostException 6");
        loops.advance(seconds(10));
        assertThat(ran).containsExactly("0@a1", "10@a1");
        assertThat(loop.isRunning()).isTrue();
    }

    @Test
    void a_hook_that_runs_when_the_lease_is_lost_is_not_interrupted() {
        Loop loop = everyTen(a, CutSlots.LET_GO)
                .retryOn(IllegalStateException.class)
                .backoff((failure, random) -> Duration.ZERO)
                .onFailure(failure -> {
                    if (failure.cause() instanceof IllegalStateException) {
                        a.clock().sleep(seconds(9));
                    }
                    note(failure.cause().getClass().getSimpleName());
                })
                .start(it -> {
                    ran(it, "a" + it.attempt());
                    if (slot(it) == 0) {
                        throw new IllegalStateException();
                    }
                });
        loops.advance(seconds(1));
        cluster.pause("a", seconds(5)); // the loss is told after it, in the middle of the hook
        loops.advance(seconds(12));
        assertThat(events).containsExactly("IllegalStateException 9", "LeaseLostException 9");
        assertThat(ran).containsExactly("0@a1", "10@a1");
        assertThat(loop.isRunning()).isTrue();
    }

    @Test
    void a_pause_that_is_shorter_than_the_lease_loses_nothing() {
        start(a, "a", CutSlots.RUN_AGAIN);
        loops.advance(millis(500));
        start(b, "b", CutSlots.RUN_AGAIN);
        cluster.pause("a", seconds(1));
        loops.advance(seconds(5));
        assertThat(ran).containsExactly("0@a");
        assertThat(events).containsExactly("0@a done 1.5");
    }

    @Test
    void the_listener_hears_of_a_slot_that_is_taken_over() {
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        LoopRuntime c = cluster.instance(
                "c",
                builder -> builder.listener(new LoopListener() {
                    @Override
                    public void onIteration(Iteration iteration) {
                        heard.add("iteration " + slot(iteration));
                    }

                    @Override
                    public void onTakenOver(Iteration iteration) {
                        heard.add("taken over " + slot(iteration));
                    }
                }));
        start(a, "a", CutSlots.RUN_AGAIN);
        loops.advance(millis(500));
        start(c, "c", CutSlots.RUN_AGAIN);
        cluster.kill("a");
        loops.advance(seconds(12));
        assertThat(heard).containsExactly("iteration 0", "taken over 0", "iteration 10");
    }

    @Test
    void an_interrupt_that_comes_while_an_instance_is_suspended_is_heard_when_it_goes_on() {
        Loop loop = a.loop("alone").every(seconds(100)).start(it -> {
            it.sleep(seconds(2));
            note("went on");
        });
        loops.advance(seconds(1));
        cluster.pause("a", seconds(5));
        loops.advance(seconds(2)); // the sleep is over, and its thread waits until the instance goes on
        loop.cancel();
        loops.advance(seconds(5));
        assertThat(loop.status().lastEnd()).isEqualTo(new LoopEnd.Cancelled(0));
        assertThat(events).isEmpty();
    }

    @Test
    void a_slot_whose_iteration_failed_for_good_is_over_and_others_go_on() {
        Loop failing = everyTen(a, CutSlots.RUN_AGAIN).start(it -> {
            ran(it, "a");
            throw new IllegalStateException("broken");
        });
        loops.advance(seconds(1));
        assertThat(failing.isRunning()).isFalse();
        start(b, "b", CutSlots.RUN_AGAIN);
        loops.advance(seconds(15));
        assertThat(ran).containsExactly("0@a", "10@b");
    }

    @Test
    void what_overlaps_after_a_suspend_can_be_told_by_the_token() {
        long[] written = {0};
        List<String> refused = new ArrayList<>();
        for (LoopRuntime runtime : List.of(a, b)) {
            everyTen(runtime, CutSlots.RUN_AGAIN).start(it -> {
                ran(it, runtime == a ? "a" : "b");
                if (runtime == a) {
                    deafly(it, 3);
                }
                if (it.token() < written[0]) {
                    refused.add(slot(it) + "");
                } else {
                    written[0] = it.token();
                }
            });
            loops.advance(millis(100));
            if (runtime == a) {
                cluster.pause("a", seconds(6));
            }
        }
        loops.advance(seconds(9));
        assertThat(ran).containsExactly("0@a", "0@b");
        assertThat(refused).containsExactly("0");
    }

    /** Does not react to interrupts. */
    private static void deafly(Iteration it, long seconds) {
        try {
            it.sleep(seconds(seconds));
        } catch (InterruptedException e) {
            // deaf
        }
    }
}
