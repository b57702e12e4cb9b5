package dev.vloop.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The order of timers. */
class TimersTest {
    private static final class Numbered extends VirtualTimer {
        final int number;

        Numbered(long deadline, int number) {
            super(deadline);
            this.number = number;
        }

        @Override
        void fire() {}
    }

    /** The fewer deadlines there are, the longer the lines of those that share one. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 1_000})
    void timers_come_by_deadline_and_creation_whatever_is_added_and_removed(int deadlines) {
        Timers timers = new Timers(new Chance(null));
        TreeSet<Numbered> expected = new TreeSet<>(
                Comparator.<Numbered>comparingLong(timer -> timer.deadline).thenComparingInt(timer -> timer.number));
        List<Numbered> removed = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(deadlines);
        for (int i = 0; i < 20_000; i++) {
            int what = random.nextInt(10);
            if (what < 5) {
                Numbered timer = new Numbered(random.nextInt(deadlines), i);
                timers.add(timer);
                expected.add(timer);
            } else if (what < 7 && !expected.isEmpty()) {
                Numbered any = Objects.requireNonNullElse(
                        expected.ceiling(new Numbered(random.nextInt(deadlines), random.nextInt(i))), expected.last());
                timers.remove(any);
                expected.remove(any);
                removed.add(any);
            } else if (what < 9 && !expected.isEmpty()) {
                timers.remove(expected.removeFirst());
            } else if (!removed.isEmpty()) {
                timers.remove(removed.get(random.nextInt(removed.size())));
            }
            assertThat(timers.first()).isSameAs(first(expected));
        }
        while (!expected.isEmpty()) {
            assertThat(timers.first()).isSameAs(expected.first());
            timers.remove(expected.removeFirst());
        }
        assertThat(timers.first()).isNull();
    }

    private static @Nullable Numbered first(SortedSet<Numbered> of) {
        return of.isEmpty() ? null : of.first();
    }

    @Test
    void with_a_seed_those_of_one_deadline_come_in_an_order_of_its_choice_and_the_same_each_time() {
        List<Integer> one = order(1L);

        assertThat(order(1L)).isEqualTo(one);
        assertThat(order(2L)).isNotEqualTo(one).containsExactlyInAnyOrderElementsOf(one);
    }

    private static List<Integer> order(long seed) {
        Timers timers = new Timers(new Chance(seed));
        for (int i = 0; i < 100; i++) {
            timers.add(new Numbered(7, i));
        }
        List<Integer> order = new ArrayList<>();
        while (timers.first() instanceof Numbered first) {
            order.add(first.number);
            timers.remove(first);
        }
        return order;
    }
}
