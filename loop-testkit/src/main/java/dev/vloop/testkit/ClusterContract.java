package dev.vloop.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.ClusterStatus;
import dev.vloop.CutSlots;
import dev.vloop.Iteration;
import dev.vloop.Loop;
import dev.vloop.LoopBuilder;
import dev.vloop.LoopEnd;
import dev.vloop.LoopRuntime;
import dev.vloop.MissedSlots;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What any {@link dev.vloop.spi.Cluster} must do, as tests: extend this class, implement {@link #createInstance}, and the tests run on your
 * cluster, in the time of its runtimes. In real time all of them take about ten seconds together.
 */
public abstract class ClusterContract {
    /** A short interval in the runtimes' time: a store may need some of it for each slot. */
    private static final Duration TICK = Duration.ofMillis(100);

    /** Which iterations began, in order. */
    private final List<Begun> begun = Collections.synchronizedList(new ArrayList<>());

    /** The loops of all instances. */
    private final List<Loop> loops = Collections.synchronizedList(new ArrayList<>());

    /** For subclasses. */
    protected ClusterContract() {}

    private record Begun(Instant slot, long token, boolean mayHaveBegun, String instance) {}

    /**
     * Starts an instance of the cluster, whose store is empty before each test.
     *
     * @param name the instance's
     * @return its runtime; it is closed after the test
     * @throws Exception if that fails
     */
    protected abstract LoopRuntime createInstance(String name) throws Exception;

    private LoopBuilder job(LoopRuntime runtime, CutSlots cut) {
        return runtime.loop("job").every(TICK).missed(MissedSlots.RUN_ALL).oncePerCluster(cut);
    }

    private void note(Iteration it, String instance) {
        begun.add(new Begun(it.scheduledAt(), it.token(), it.mayHaveBegun(), instance));
    }

    private void stopAll() {
        synchronized (loops) {
            loops.forEach(Loop::stop);
        }
    }

    private void joinAll() throws InterruptedException {
        for (Loop loop : List.copyOf(loops)) {
            loop.join();
        }
    }

    private List<Instant> slots() {
        return begun.stream().map(Begun::slot).toList();
    }

    private static List<Instant> grid(Instant first, int slots) {
        List<Instant> grid = new ArrayList<>();
        for (int i = 0; i < slots; i++) {
            grid.add(first.plus(TICK.multipliedBy(i)));
        }
        return grid;
    }

    @Test
    @DisplayName("R40 each slot of three instances begins once, in order, with a larger token")
    void each_slot_begins_once() throws Exception {
        for (String name : List.of("a", "b", "c")) {
            LoopRuntime runtime = createInstance(name);
            loops.add(job(runtime, CutSlots.LET_GO).build(it -> {
                note(it, name);
                if (begun.size() >= 20) {
                    stopAll();
                }
            }));
        }
        loops.forEach(Loop::start);
        joinAll();
        assertThat(slots()).isEqualTo(grid(slots().get(0), begun.size()));
        assertThat(begun).extracting(Begun::token).isSorted().doesNotHaveDuplicates();
        assertThat(begun).noneMatch(Begun::mayHaveBegun);
    }

    @Test
    @DisplayName("R40 iterations of several instances do not overlap")
    void iterations_do_not_overlap() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        for (String name : List.of("a", "b")) {
            LoopRuntime runtime = createInstance(name);
            loops.add(job(runtime, CutSlots.RUN_AGAIN).build(it -> {
                most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                it.sleep(TICK.multipliedBy(2));
                inside.decrementAndGet();
                note(it, name);
                if (begun.size() >= 5) {
                    stopAll();
                }
            }));
        }
        loops.forEach(Loop::start);
        joinAll();
        assertThat(most).hasValue(1);
        assertThat(slots()).doesNotHaveDuplicates();
    }

    /** The first iteration is cancelled in the middle on one instance; then the other one starts, and makes two. */
    private void cutTheFirst(CutSlots cut) throws Exception {
        Loop first = job(createInstance("a"), cut).start(it -> {
            note(it, "a");
            it.loop().cancel();
            it.sleep(TICK);
        });
        assertThat(first.join()).isInstanceOf(LoopEnd.Cancelled.class);
        job(createInstance("b"), cut).count(2).start(it -> note(it, "b")).join();
    }

    @Test
    @DisplayName("R40 a slot that was cut runs again, and its body is told")
    void a_cut_slot_runs_again() throws Exception {
        cutTheFirst(CutSlots.RUN_AGAIN);
        Instant slot = begun.get(0).slot();
        assertThat(slots()).containsExactly(slot, slot, slot.plus(TICK));
        assertThat(begun).extracting(Begun::mayHaveBegun).containsExactly(false, true, false);
        assertThat(begun).extracting(Begun::token).isSorted().doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("R40 a slot that was cut is let go")
    void a_cut_slot_is_let_go() throws Exception {
        cutTheFirst(CutSlots.LET_GO);
        assertThat(slots()).isEqualTo(grid(begun.get(0).slot(), 3));
        assertThat(begun).noneMatch(Begun::mayHaveBegun);
    }

    @Test
    @DisplayName("R40 a run that is over leaves the grid to the next one")
    void the_grid_outlives_runs() throws Exception {
        LoopRuntime a = createInstance("a");
        Loop loop = job(a, CutSlots.LET_GO).count(2).start(it -> note(it, "a"));
        loop.join();
        job(createInstance("b"), CutSlots.LET_GO)
                .count(2)
                .start(it -> note(it, "b"))
                .join();
        assertThat(slots()).isEqualTo(grid(begun.get(0).slot(), 4));
    }

    @Test
    @DisplayName("R40 a paused instance claims nothing")
    void a_paused_instance_claims_nothing() throws Exception {
        Loop paused = job(createInstance("a"), CutSlots.LET_GO).build(it -> note(it, "a"));
        paused.pause();
        paused.start();
        job(createInstance("b"), CutSlots.LET_GO)
                .count(5)
                .start(it -> note(it, "b"))
                .join();
        paused.cancel();
        paused.join();
        assertThat(begun).hasSize(5).allMatch(one -> one.instance().equals("b"));
    }

    @Test
    @DisplayName("R40 a trigger is one iteration in the cluster, and moves no slot")
    void a_trigger_is_one_iteration() throws Exception {
        LoopRuntime a = createInstance("a");
        LoopRuntime b = createInstance("b");
        Duration far = Duration.ofHours(1);
        Loop other = a.loop("job")
                .every(far)
                .initialDelay(far)
                .oncePerCluster(CutSlots.LET_GO)
                .start(it -> {
                    note(it, "a");
                    stopAll();
                });
        loops.add(other);
        loops.add(b.loop("job")
                .every(far)
                .initialDelay(far)
                .oncePerCluster(CutSlots.LET_GO)
                .start(it -> {
                    note(it, "b");
                    stopAll();
                }));
        other.trigger();
        joinAll();
        assertThat(begun).hasSize(1);
    }

    @Test
    @DisplayName("R40 a change of the schedule moves the slot of the cluster")
    void a_change_moves_the_slot() throws Exception {
        LoopRuntime a = createInstance("a");
        Loop loop = a.loop("job")
                .every(Duration.ofHours(1))
                .missed(MissedSlots.RUN_ALL)
                .oncePerCluster(CutSlots.LET_GO)
                .count(3)
                .start(it -> {
                    note(it, "a");
                    it.loop().changeInterval(TICK);
                });
        loop.join();
        assertThat(slots()).isEqualTo(grid(begun.get(0).slot(), 3));
    }

    @Test
    @DisplayName("R40 an instance whose run fails leaves the loop to others")
    void a_failure_is_of_one_instance() throws Exception {
        Loop failing = job(createInstance("a"), CutSlots.RUN_AGAIN).start(it -> {
            note(it, "a");
            throw new IllegalStateException("broken");
        });
        assertThat(failing.join()).isInstanceOf(LoopEnd.Failed.class);
        job(createInstance("b"), CutSlots.RUN_AGAIN)
                .count(1)
                .start(it -> note(it, "b"))
                .join();
        assertThat(slots()).isEqualTo(grid(begun.get(0).slot(), 2));
    }

    @Test
    @DisplayName("R40 the status tells who runs the slot")
    void the_status_tells_the_holder() throws Exception {
        List<ClusterStatus> seen = Collections.synchronizedList(new ArrayList<>());
        job(createInstance("a"), CutSlots.LET_GO)
                .count(1)
                .start(it -> {
                    note(it, "a");
                    seen.add(it.loop().cluster());
                })
                .join();
        assertThat(seen).singleElement().satisfies(status -> {
            assertThat(status.instance()).isEqualTo("a");
            assertThat(status.holder()).isEqualTo("a");
            assertThat(status.nextSlot()).isEqualTo(begun.get(0).slot());
            assertThat(status.token()).isEqualTo(begun.get(0).token());
        });
    }
}
