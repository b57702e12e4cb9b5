package dev.vloop.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What is ready to run")
class RunQueueTest {
    /** An item that equals every other: only identity tells them apart. */
    private static final class Item {
        @Override
        public boolean equals(@org.jspecify.annotations.Nullable Object other) {
            return other instanceof Item;
        }

        @Override
        public int hashCode() {
            return 1;
        }
    }

    @Test
    void runs_in_the_order_of_arrival_whatever_is_removed() {
        RunQueue<Item> queue = new RunQueue<>(new Chance(null));
        List<Item> expected = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(4);
        for (int i = 0; i < 20_000; i++) {
            int what = random.nextInt(i % 2_000 < 1_000 ? 5 : 9);
            if (what < 3) {
                Item item = new Item();
                queue.add(item);
                expected.add(item);
            } else if (what == 3 && !expected.isEmpty()) {
                queue.remove(expected.remove(random.nextInt(expected.size())));
            } else if (what == 4) {
                queue.remove(new Item());
            } else if (!expected.isEmpty()) {
                assertThat(queue.peek()).isSameAs(expected.getFirst());
                assertThat(queue.take()).isSameAs(expected.removeFirst());
            }
            assertThat(queue.isEmpty()).isEqualTo(expected.isEmpty());
        }
        while (!expected.isEmpty()) {
            assertThat(queue.take()).isSameAs(expected.removeFirst());
        }
        assertThat(queue.isEmpty()).isTrue();
    }

    private static List<Integer> order(long seed) {
        RunQueue<Integer> queue = new RunQueue<>(new Chance(seed));
        for (int i = 0; i < 100; i++) {
            queue.add(i);
        }
        List<Integer> order = new ArrayList<>();
        while (!queue.isEmpty()) {
            order.add(queue.take());
        }
        return order;
    }

    @Test
    void runs_in_an_order_that_a_seed_chooses_and_the_same_each_time() {
        List<Integer> one = order(1);
        assertThat(order(1)).isEqualTo(one);
        assertThat(order(2)).isNotEqualTo(one).containsExactlyInAnyOrderElementsOf(one);
        assertThat(one).isNotEqualTo(one.stream().sorted().toList());
    }

    @Test
    void is_chosen_by_chance_only_with_a_seed() {
        Chance none = new Chance(null);
        Chance seeded = new Chance(7L);
        assertThat(none.isSeeded()).isFalse();
        assertThat(seeded.isSeeded()).isTrue();
        List<Integer> picks = new ArrayList<>();
        int flips = 0;
        List<Long> orders = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            assertThat(none.pick(5)).isZero();
            assertThat(none.flip()).isFalse();
            assertThat(none.order(i)).isEqualTo(i);
            assertThat(seeded.pick(1)).isZero();
            picks.add(seeded.pick(5));
            flips += seeded.flip() ? 1 : 0;
            orders.add(seeded.order(i));
        }
        assertThat(picks).contains(0, 1, 2, 3, 4).allMatch(pick -> pick >= 0 && pick < 5);
        assertThat(flips).isBetween(30, 70);
        assertThat(orders).doesNotHaveDuplicates();
        assertThat(orders.stream().filter(order -> order < 0).count()).isBetween(30L, 70L);
        Chance two = new Chance(7L);
        assertThat(List.of(two.pick(2), two.pick(2), two.pick(2), two.pick(2), two.pick(2), two.pick(2), two.pick(2)))
                .contains(0, 1);
    }

    @Test
    void a_seed_chooses_the_same_in_every_version() {
        Chance seeded = new Chance(11L);
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < 50; i++) {
            assertThat(seeded.flip()).isEqualTo(random.nextBoolean());
            assertThat(seeded.pick(5)).isEqualTo(random.nextInt(5));
            assertThat(seeded.order(i)).isEqualTo(random.nextLong());
        }
    }

    @Test
    void a_single_item_uses_up_no_chance() {
        Chance one = new Chance(3L);
        Chance other = new Chance(3L);
        int unused = one.pick(1);
        assertThat(one.order(0)).isEqualTo(other.order(0));
    }
}
