package dev.vloop.vthreads.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.spi.Host;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is rare in a timer's queue, step by step on one thread. */
class TimerQueueEdgesTest {
    private final List<Throwable> failures = new ArrayList<>();
    private final TimerQueue queue = new TimerQueue(failures::add);
    private final Bell bell = new Bell();

    /** A node whose action notes that it ran. */
    private static final class Acting extends TimerNode {
        int acted;
        int wokenEarly;
        boolean wasActing;
        long takes = -1;

        @Override
        boolean ring(TimerQueue queue, long due) {
            return queue.act(this, takes < 0 ? due : takes, () -> {
                acted++;
                wasActing = queue.isActing(this);
            });
        }

        @Override
        void wakeEarly() {
            wokenEarly++;
        }
    }

    @Test
    @DisplayName("an empty queue has nothing to do")
    void an_empty_queue_has_nothing_to_do() {
        assertThat(queue.round(5)).isEqualTo(Host.NEVER);
        assertThat(queue.hasPushed()).isFalse();
        assertThat(queue.beginSleep(Host.NEVER)).isTrue();
        assertThat(queue.doze()).isFalse();
    }

    @Test
    @DisplayName("R38: all that is in the stack is told when there is no thread, and stays there")
    void all_in_the_stack_is_told_when_there_is_no_thread() {
        List<Acting> nodes = List.of(new Acting(), new Acting(), new Acting());
        nodes.forEach(node -> queue.set(node, 100));
        queue.wakeAllEarly();
        assertThat(nodes).allSatisfy(node -> assertThat(node.wokenEarly).isOne());
        queue.round(100);
        assertThat(nodes).allSatisfy(node -> assertThat(node.acted).isOne());
    }

    @Test
    @DisplayName("a node is acting while its action runs, and no other is")
    void a_node_is_acting_while_its_action_runs() {
        Acting node = new Acting();
        queue.set(node, 100);
        assertThat(queue.isActing(node)).isFalse();
        queue.round(100);
        assertThat(node.wasActing).isTrue();
        assertThat(queue.isActing(node)).isFalse();
        assertThat(queue.isActing(bell)).isFalse();
    }

    @Test
    @DisplayName("an action does not run for a deadline that its owner has changed")
    void an_action_does_not_run_for_another_deadline() {
        Acting node = new Acting();
        queue.set(node, 100);
        assertThat(queue.act(node, 99, () -> failures.add(new AssertionError("it ran"))))
                .isFalse();
        assertThat(failures).isEmpty();
        assertThat(queue.act(node, 100, () -> node.acted++)).isTrue();
        assertThat(node.acted).isOne();
        assertThat(node.deadline).isEqualTo(Host.NEVER);
    }

    @Test
    @DisplayName("there is a next round at once if a node was set to a time that has passed while it rang")
    void a_node_that_is_set_to_the_past_while_it_rings_waits_for_the_next_round() {
        bell.action = () -> {
            if (bell.rung.size() < 3) {
                queue.set(bell, 50);
            }
        };
        queue.set(bell, 100);
        assertThat(queue.round(100)).isEqualTo(100);
        assertThat(bell.rung).containsExactly(100L);
        assertThat(queue.round(100)).isEqualTo(100);
        assertThat(queue.round(100)).isEqualTo(Host.NEVER);
        assertThat(bell.rung).containsExactly(100L, 50L, 50L);
    }

    @Test
    @DisplayName("a node that is set to this very time while it rings waits for the next round, too")
    void a_node_that_is_set_to_now_while_it_rings_waits_for_the_next_round() {
        bell.action = () -> {
            if (bell.rung.size() < 2) {
                queue.set(bell, 100);
            }
        };
        queue.set(bell, 100);
        assertThat(queue.round(100)).isEqualTo(100);
        assertThat(bell.rung).hasSize(1);
        queue.round(100);
        assertThat(bell.rung).hasSize(2);
    }

    @Test
    @DisplayName("a node that was never set is no reason to wake a timer that sleeps for long, nor to sweep")
    void what_was_never_set_costs_nothing() {
        Bell idle = new Bell();
        queue.set(bell, 100);
        queue.round(0);
        assertThat(queue.doze()).isTrue();
        queue.beginSleep(100);
        assertThat(queue.unset(idle)).isFalse();
        assertThat(queue.endSleep(true)).as("nothing was given up").isFalse();

        queue.unset(bell);
        queue.release(idle);
        queue.release(idle);
        queue.round(0);
        assertThat(queue.size()).as("no sweep").isOne();
        queue.release(bell);
        queue.round(0);
        assertThat(queue.size()).isZero();
        assertThat(bell.key()).isEqualTo(TimerNode.ABSENT);
    }

    @Test
    @DisplayName("a timer sleeps until its deadline, and is told of what is due before that alone")
    void a_timer_is_told_of_what_is_due_before_it_wakes() {
        queue.round(0);
        assertThat(queue.beginSleep(100)).isTrue();
        assertThat(queue.set(new Bell(), 100)).as("it wakes then anyway").isFalse();
        assertThat(queue.set(new Bell(), 99)).isTrue();
        queue.endSleep(false);
        assertThat(queue.set(new Bell(), 1)).as("it is awake").isFalse();
        assertThat(queue.round(0)).isEqualTo(1);
        assertThat(queue.size()).isEqualTo(3);
    }

    @Test
    @DisplayName("more nodes than there was room for ring in the order of their deadlines")
    void there_is_room_for_any_number() {
        List<Long> rung = new ArrayList<>();
        for (long i = 0; i < 1_000; i++) {
            long deadline = 1 + i * 7_919 % 1_000;
            Bell each = new Bell();
            each.action = () -> rung.add(deadline);
            queue.set(each, deadline);
        }
        assertThat(queue.round(0)).isEqualTo(1);
        assertThat(queue.size()).isEqualTo(1_000);
        assertThat(queue.round(500)).isEqualTo(501);
        assertThat(rung).hasSize(500).isSorted();
        assertThat(queue.round(1_000)).isEqualTo(Host.NEVER);
        assertThat(rung).hasSize(1_000).isSorted();
    }

    @Test
    @DisplayName("a sweep gives back memory when less than an eighth is in use")
    void a_sweep_gives_back_memory_when_less_than_an_eighth_is_in_use() {
        assertThat(capacityAfterSweep(512, 64)).isEqualTo(512);
        assertThat(capacityAfterSweep(512, 63)).isEqualTo(126);
        assertThat(capacityAfterSweep(512, 10)).isEqualTo(64);
        assertThat(capacityAfterSweep(65, 16)).isEqualTo(128);
        assertThat(capacityAfterSweep(65, 15)).isEqualTo(64);
        assertThat(capacityAfterSweep(64, 0)).isEqualTo(64);
    }

    private static int capacityAfterSweep(int inserted, int kept) {
        TimerHeap heap = new TimerHeap();
        for (int i = 0; i < inserted; i++) {
            Bell node = new Bell();
            heap.reserve();
            heap.insert(node, i);
            node.setKey(i);
            node.deadline = i < kept ? i : Host.NEVER;
        }
        heap.sweep();
        assertThat(heap.size()).isEqualTo(kept);
        assertThat(heap.firstKey()).isEqualTo(kept == 0 ? Host.NEVER : 0);
        return heap.capacity();
    }
}
