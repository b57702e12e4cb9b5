package dev.vloop.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.ClusterStatus;
import dev.vloop.CutSlots;
import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import dev.vloop.LoopState;
import dev.vloop.Schedule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R40: each slot on one instance")
class TurnsTest extends ClusterTest {
    private final Map<String, LoopRuntime> both = Map.of("a", a, "b", b);

    private List<Long> slots() {
        return ran.stream()
                .map(text -> Long.valueOf(text.substring(0, text.indexOf('@'))))
                .toList();
    }

    @Test
    void each_slot_runs_on_one_instance_and_both_have_their_share() {
        both.forEach((name, runtime) -> everyTen(runtime, CutSlots.LET_GO).start(it -> ran(it, name)));
        loops.advance(seconds(205));
        assertThat(slots())
                .containsExactly(
                        0L, 10L, 20L, 30L, 40L, 50L, 60L, 70L, 80L, 90L, 100L, 110L, 120L, 130L, 140L, 150L, 160L, 170L,
                        180L, 190L, 200L);
        assertThat(ran).anyMatch(text -> text.endsWith("a")).anyMatch(text -> text.endsWith("b"));
    }

    @Test
    void a_loop_that_is_not_marked_runs_on_every_instance() {
        both.forEach((name, runtime) -> runtime.loop("job").every(seconds(10)).start(it -> ran(it, name)));
        loops.advance(seconds(15));
        assertThat(ran).containsExactlyInAnyOrder("0@a", "0@b", "10@a", "10@b");
    }

    @Test
    void tokens_grow_and_are_0_for_other_loops() {
        List<Long> tokens = Collections.synchronizedList(new ArrayList<>());
        List<Long> others = Collections.synchronizedList(new ArrayList<>());
        both.forEach((name, runtime) -> everyTen(runtime, CutSlots.LET_GO).start(it -> tokens.add(it.token())));
        a.loop("other").every(seconds(10)).start(it -> others.add(it.token()));
        loops.advance(seconds(50));
        assertThat(tokens).hasSize(6).isSorted().doesNotHaveDuplicates().doesNotContain(0L);
        assertThat(others).containsOnly(0L);
    }

    @Test
    void slots_begin_with_the_first_instance_and_not_with_each_process() {
        everyTen(a, CutSlots.LET_GO).start(it -> ran(it, "a"));
        loops.advance(seconds(14));
        everyTen(b, CutSlots.LET_GO).start(it -> ran(it, "b"));
        loops.advance(seconds(7));
        assertThat(slots()).containsExactly(0L, 10L, 20L);
    }

    @Test
    void the_initial_delay_moves_the_first_slot_of_the_cluster() {
        both.forEach((name, runtime) ->
                everyTen(runtime, CutSlots.LET_GO).initialDelay(seconds(4)).start(it -> ran(it, name)));
        loops.advance(seconds(15));
        assertThat(slots()).containsExactly(4L, 14L);
    }

    @Test
    void a_clock_that_is_wrong_moves_no_slot() {
        cluster.skew("a", seconds(5));
        cluster.skew("b", seconds(-5));
        both.forEach((name, runtime) -> runtime.loop("job")
                .every(seconds(10))
                .oncePerCluster(CutSlots.LET_GO)
                .start(it -> note("slot " + slot(it) + " at")));
        loops.advance(seconds(25));
        assertThat(events).containsExactly("slot 0 at 0", "slot 10 at 10", "slot 20 at 20");
    }

    @Test
    void iterations_of_two_instances_do_not_overlap() {
        both.forEach((name, runtime) -> everyTen(runtime, CutSlots.LET_GO).start(it -> {
            note("begin");
            it.sleep(seconds(15));
            note("end");
        }));
        loops.advance(seconds(47));
        assertThat(events).containsExactly("begin 0", "end 15", "begin 15", "end 30", "begin 30", "end 45", "begin 45");
    }

    @Test
    void a_fixed_delay_counts_from_the_last_end_wherever_that_was() {
        both.forEach((name, runtime) -> runtime.loop("job")
                .fixedDelay(seconds(10))
                .oncePerCluster(CutSlots.LET_GO)
                .start(it -> {
                    ran(it, name);
                    it.sleep(seconds(3));
                }));
        loops.advance(seconds(30));
        assertThat(slots()).containsExactly(0L, 13L, 26L);
    }

    @Test
    void a_schedule_without_a_further_slot_completes_on_all_instances() {
        List<Loop> all = new ArrayList<>();
        both.forEach((name, runtime) -> all.add(runtime.loop("job")
                .schedule(Schedule.every(seconds(10)).until(ORIGIN.plusSeconds(15)))
                .oncePerCluster(CutSlots.LET_GO)
                .start(it -> ran(it, name))));
        loops.advance(seconds(100));
        assertThat(slots()).containsExactly(0L, 10L);
        assertThat(all).noneMatch(Loop::isRunning);
    }

    @Test
    void the_status_tells_the_next_slot_of_the_cluster_and_who_runs_it() {
        Loop loop = everyTen(a, CutSlots.LET_GO).start(it -> it.sleep(seconds(4)));
        loops.advance(seconds(2));
        ClusterStatus during = loop.cluster();
        assertThat(during).isNotNull();
        assertThat(during.instance()).isEqualTo("a");
        assertThat(during.holder()).isEqualTo("a");
        assertThat(during.nextSlot()).isEqualTo(ORIGIN);
        loops.advance(seconds(3));
        ClusterStatus after = loop.cluster();
        assertThat(after).isNotNull();
        assertThat(after.holder()).isNull();
        assertThat(after.token()).isPositive();
        assertThat(loop.nextIteration()).isEqualTo(ORIGIN.plusSeconds(10));
        assertThat(loop.status().state()).isEqualTo(LoopState.WAITING);
        assertThat(loops.loop("other").every(seconds(1)).start(it -> {}).cluster())
                .isNull();
        loop.cancel();
        loops.advance(seconds(1));
        assertThat(loop.cluster()).isNull();
    }
}
