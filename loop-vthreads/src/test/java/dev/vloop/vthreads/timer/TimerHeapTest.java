package dev.vloop.vthreads.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.spi.Host;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TimerHeapTest {
    private final TimerHeap heap = new TimerHeap();
    private final Random random = new Random(14);

    @Test
    @DisplayName("nodes come out in the order of their keys, whatever was moved up in between")
    void nodes_come_out_in_the_order_of_their_keys() {
        List<TimerNode> nodes = insert(5_000);
        for (TimerNode node : nodes) {
            if (random.nextInt(3) == 0) {
                heap.moveUp(node, heap.keyOf(node) - random.nextInt(1_000_000));
            }
        }
        assertThat(drain()).hasSize(5_000).isSorted();
    }

    @Test
    @DisplayName("each node knows its position, after every kind of change")
    void each_node_knows_its_position() {
        List<TimerNode> nodes = insert(500);
        List<Long> keys = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            nodes.remove(heap.removeFirst());
        }
        for (TimerNode node : nodes) {
            long key = heap.keyOf(node) - random.nextInt(1_000_000);
            heap.moveUp(node, key);
            keys.add(key);
        }
        assertThat(nodes.stream().map(heap::keyOf)).isEqualTo(keys);
    }

    @Test
    @DisplayName("a sweep throws out what is not set, keeps the rest in order, and gives back the memory")
    void a_sweep_throws_out_what_is_not_set() {
        List<TimerNode> nodes = insert(5_000);
        List<Long> kept = new ArrayList<>();
        for (TimerNode node : nodes) {
            if (random.nextInt(20) == 0) {
                kept.add(heap.keyOf(node));
            } else {
                node.deadline = Host.NEVER;
            }
        }
        int before = heap.capacity();
        heap.sweep();

        assertThat(heap.capacity()).isLessThan(before);
        for (TimerNode node : nodes) {
            assertThat(node.at >= 0).isEqualTo(node.deadline != Host.NEVER);
            assertThat(node.key() == TimerNode.ABSENT).isEqualTo(node.deadline == Host.NEVER);
        }
        kept.sort(Comparator.naturalOrder());
        assertThat(drain()).isEqualTo(kept);
    }

    @Test
    @DisplayName("after a sweep nodes come out in the order of their keys, however few are left")
    void few_nodes_are_in_order_after_a_sweep() {
        for (int left = 1; left < 200; left++) {
            List<TimerNode> nodes = insert(3 * left);
            Collections.shuffle(nodes, random);
            nodes.stream().skip(left).forEach(node -> node.deadline = Host.NEVER);
            heap.sweep();
            assertThat(drain()).hasSize(left).isSorted();
        }
    }

    @Test
    @DisplayName("a sweep compares only keys of nodes that are left")
    void a_sweep_compares_only_what_is_left() {
        // A heap as it was inserted. The sweep keeps 102 before 10 to 13, and what was at its end, 101, is between
        // them.
        long[] keys = {1, 100, 2, 3, 4, 101, 102, 103, 104, 10, 11, 12, 13};
        List<TimerNode> nodes = new ArrayList<>();
        for (long key : keys) {
            nodes.add(insert(key));
        }
        for (int i = 0; i < keys.length; i++) {
            if (i < 9 && i != 6) {
                nodes.get(i).deadline = Host.NEVER;
            }
        }
        heap.sweep();
        assertThat(drain()).containsExactly(10L, 11L, 12L, 13L, 102L);
    }

    @Test
    @DisplayName("a sweep gives back memory only when less than an eighth of it is used, and not what it has at first")
    void a_sweep_keeps_an_eighth() {
        int least = heap.capacity();
        List<TimerNode> nodes = insert(16 * least);
        assertThat(heap.capacity()).isEqualTo(16 * least);
        nodes.stream().skip(2L * least).forEach(node -> node.deadline = Host.NEVER);
        heap.sweep();
        assertThat(heap.capacity()).isEqualTo(16 * least);
        nodes.get(0).deadline = Host.NEVER;
        heap.sweep();
        assertThat(heap.size()).isEqualTo(2 * least - 1);
        assertThat(heap.capacity()).isEqualTo(2 * heap.size());
    }

    @Test
    @DisplayName("a sweep does not hold on to what it has thrown out")
    void a_sweep_holds_nothing() throws ReflectiveOperationException {
        List<TimerNode> nodes = insert(10);
        nodes.stream().skip(2).forEach(node -> node.deadline = Host.NEVER);
        heap.sweep();
        Field field = TimerHeap.class.getDeclaredField("nodes");
        field.setAccessible(true);
        assertThat((Object[]) field.get(heap)).filteredOn(Objects::nonNull).hasSize(2);
    }

    @Test
    @DisplayName("a sweep leaves to the stack what its owner has pushed")
    void a_sweep_leaves_to_the_stack_what_was_pushed() {
        TimerNode pushed = insert(1).getFirst();
        pushed.deadline = Host.NEVER;
        pushed.setKey(TimerNode.QUEUED);
        heap.sweep();
        assertThat(heap.size()).isZero();
        assertThat(pushed.at).isNegative();
        assertThat(pushed.key()).isEqualTo(TimerNode.QUEUED);
    }

    @Test
    @DisplayName("it is asked whether anything is set")
    void it_knows_whether_anything_is_set() {
        List<TimerNode> nodes = insert(100);
        for (TimerNode node : nodes) {
            assertThat(heap.anySet()).isTrue();
            node.deadline = Host.NEVER;
        }
        assertThat(heap.anySet()).isFalse();
    }

    private List<TimerNode> insert(int count) {
        return new ArrayList<>(LongStream.generate(() -> 1_000_000 + random.nextInt(1_000_000))
                .limit(count)
                .mapToObj(this::insert)
                .toList());
    }

    private TimerNode insert(long key) {
        TimerNode node = new Bell();
        node.deadline = key;
        node.setKey(key);
        heap.reserve();
        heap.insert(node, key);
        return node;
    }

    private List<Long> drain() {
        List<Long> keys = new ArrayList<>();
        while (heap.size() > 0) {
            long key = heap.firstKey();
            assertThat(heap.removeFirst().at).isNegative();
            keys.add(key);
        }
        return keys;
    }
}
