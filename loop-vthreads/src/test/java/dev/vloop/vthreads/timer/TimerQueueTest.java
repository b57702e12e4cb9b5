package dev.vloop.vthreads.timer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.spi.Host;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the timer does for those who set nodes, step by step on one thread, at times of our own. */
class TimerQueueTest {
    private final List<Throwable> failures = new ArrayList<>();
    private final TimerQueue queue = new TimerQueue(failures::add);
    private final Bell bell = new Bell();

    @Test
    @DisplayName("a node rings at its deadline, once, and not before")
    void a_node_rings_at_its_deadline() {
        queue.set(bell, 100);
        assertThat(queue.round(99)).isEqualTo(100);
        assertThat(bell.rung).isEmpty();
        assertThat(queue.round(100)).isEqualTo(Host.NEVER);
        queue.round(1_000);
        assertThat(bell.rung).containsExactly(100L);
    }

    @Test
    @DisplayName("a deadline that has passed, or lies at the end of time, is like any other")
    void any_deadline_will_do() {
        Bell late = new Bell();
        queue.set(bell, 0);
        queue.set(late, Host.NEVER - 1);
        assertThat(queue.round(50)).isEqualTo(Host.NEVER - 1);
        queue.round(Host.NEVER - 1);
        assertThat(bell.rung).containsExactly(0L);
        assertThat(late.rung).containsExactly(Host.NEVER - 1);
    }

    @Test
    @DisplayName(
            "a deadline that moves back is left to the time when the old one comes up: nothing is pushed, nobody woken")
    void a_later_deadline_costs_nothing() {
        queue.set(bell, 100);
        queue.round(0);
        queue.beginSleep(100);
        queue.unset(bell);
        assertThat(queue.set(bell, 150)).isFalse();
        assertThat(queue.hasPushed()).isFalse();
        queue.endSleep(false);

        assertThat(queue.round(100)).isEqualTo(150);
        assertThat(bell.rung).isEmpty();
        queue.round(150);
        assertThat(bell.rung).containsExactly(150L);
    }

    @Test
    @DisplayName("a deadline that is set again as it was costs nothing")
    void the_same_deadline_costs_nothing() {
        queue.set(bell, 100);
        queue.round(0);
        queue.set(bell, 100);
        assertThat(queue.hasPushed()).isFalse();
    }

    @Test
    @DisplayName("the node that rings next can be moved forward, and is in the heap once")
    void the_first_node_moves_forward() {
        queue.set(bell, 1_000);
        queue.round(0);
        queue.set(bell, 500);
        assertThat(queue.round(0)).isEqualTo(500);
        assertThat(queue.size()).isOne();
        queue.round(2_000);
        assertThat(queue.size()).isZero();
        assertThat(bell.rung).containsExactly(500L);
    }

    @Test
    @DisplayName("a deadline that moves forward moves the node, and wakes a timer that would sleep too long")
    void an_earlier_deadline_moves_the_node() {
        Bell other = new Bell();
        queue.set(bell, 1_000);
        queue.set(other, 500);
        queue.round(0);
        queue.beginSleep(500);
        assertThat(queue.set(bell, 600)).as("the timer is awake in time").isFalse();
        assertThat(queue.set(bell, 100)).as("the timer has to be woken").isTrue();
        assertThat(queue.set(bell, 50)).as("it is awake").isFalse();
        queue.endSleep(false);

        assertThat(queue.round(0)).isEqualTo(50);
        assertThat(queue.size()).isEqualTo(2);
        queue.round(100);
        assertThat(queue.round(2_000)).isEqualTo(Host.NEVER);
        assertThat(bell.rung).containsExactly(50L);
        assertThat(other.rung).containsExactly(500L);
    }

    @Test
    @DisplayName(
            "a node that is in the stack and set again is not pushed twice, but the timer is told of the earlier time")
    void a_pushed_node_is_not_pushed_twice() {
        queue.beginSleep(500);
        assertThat(queue.set(bell, 1_000)).isFalse();
        assertThat(queue.set(bell, 700)).isFalse();
        assertThat(queue.set(bell, 400)).isTrue();
        queue.endSleep(false);
        queue.round(400);
        assertThat(bell.rung).containsExactly(400L);
        assertThat(queue.size()).isZero();
    }

    @Test
    @DisplayName("a timer that is about to sleep sees what was pushed meanwhile")
    void a_timer_that_is_about_to_sleep_sees_what_was_pushed() {
        queue.round(0);
        queue.set(bell, 100);
        assertThat(queue.beginSleep(Host.NEVER)).isFalse();
    }

    @Test
    @DisplayName("what is unset does not ring, wherever it is, and drops out when its time comes up")
    void what_is_unset_does_not_ring() {
        queue.set(bell, 100);
        queue.unset(bell);
        queue.round(0);
        assertThat(queue.size()).isZero();

        queue.set(bell, 200);
        queue.round(0);
        queue.unset(bell);
        assertThat(queue.size()).isOne();
        assertThat(queue.round(200)).isEqualTo(Host.NEVER);
        assertThat(bell.rung).isEmpty();
        assertThat(bell.key()).isEqualTo(TimerNode.ABSENT);
    }

    @Test
    @DisplayName("a node may be set again while it rings, as a loop that is woken does")
    void a_node_may_be_set_again_while_it_rings() {
        bell.action = () -> queue.set(bell, 300);
        queue.set(bell, 100);
        assertThat(queue.round(100)).isEqualTo(300);
        queue.round(300);
        assertThat(bell.rung).containsExactly(100L, 300L);
    }

    @Test
    @DisplayName("a node that is always set to a time that has passed does not keep others from ringing")
    void others_have_their_turn() {
        Bell other = new Bell();
        bell.action = () -> queue.set(bell, 1);
        queue.set(bell, 1);
        queue.round(0);
        queue.set(other, 2);
        queue.round(10);
        queue.round(10);
        assertThat(other.rung).containsExactly(2L);
    }

    @Test
    @DisplayName("what was released is swept when it is more than half of what there is")
    void released_nodes_are_swept() {
        List<Bell> bells = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            bells.add(new Bell());
            queue.set(bells.get(i), 1_000 + i);
        }
        queue.round(0);
        for (int i = 0; i < 50; i++) {
            give(bells.get(i));
        }
        queue.round(0);
        assertThat(queue.size()).isEqualTo(100);
        give(bells.get(50));
        queue.round(0);
        assertThat(queue.size()).isEqualTo(49);
        give(bells.get(51));
        queue.round(0);
        assertThat(queue.size()).as("it counts anew after each sweep").isEqualTo(49);
        queue.round(Host.NEVER - 1);
        assertThat(bells.subList(0, 52))
                .allSatisfy(gone -> assertThat(gone.rung).isEmpty());
        assertThat(bells.subList(52, 100))
                .allSatisfy(kept -> assertThat(kept.rung).hasSize(1));
    }

    private void give(Bell node) {
        queue.unset(node);
        queue.release(node);
    }

    @Test
    @DisplayName(
            "a timer that sleeps for long is told once when something is given up, and not when it sleeps for short")
    void a_dozing_timer_is_told_of_what_is_given_up() {
        Bell other = new Bell();
        queue.set(bell, 100);
        queue.set(other, 100);
        queue.round(0);
        assertThat(queue.doze()).isTrue();
        queue.beginSleep(100);
        assertThat(queue.unset(bell)).isTrue();
        assertThat(queue.unset(other)).isFalse();
        assertThat(queue.endSleep(true)).isTrue();

        queue.set(bell, 200);
        queue.beginSleep(200);
        assertThat(queue.unset(bell)).isFalse();
        assertThat(queue.endSleep(false)).isFalse();
        assertThat(queue.doze()).as("nothing is set").isFalse();
    }

    @Test
    @DisplayName("a failed wake-up can be put off, unless the node was set anew meanwhile")
    void a_failed_wake_up_is_put_off() {
        bell.action = () -> bell.putBack(150);
        queue.set(bell, 100);
        assertThat(queue.round(100)).isEqualTo(150);
        bell.action = () -> {
            queue.set(bell, 170);
            bell.putBack(160);
        };
        assertThat(queue.round(150)).isEqualTo(170);
    }

    @Test
    @DisplayName("R38: whatever a node or an action throws, those behind it ring, and the node can be used again")
    void what_throws_harms_nobody() {
        Bell behind = new Bell();
        TimerNode throwing = new TimerNode() {
            @Override
            boolean ring(TimerQueue rings, long due) {
                return rings.act(this, due, () -> {
                    throw new StackOverflowError("on purpose");
                });
            }

            @Override
            void wakeEarly() {}
        };
        queue.set(throwing, 100);
        queue.set(behind, 101);
        queue.round(200);
        queue.set(throwing, 300);
        queue.round(300);
        assertThat(behind.rung).containsExactly(101L);
        assertThat(failures).hasSize(2).allMatch(StackOverflowError.class::isInstance);
        assertThat(queue.isActing(throwing)).isFalse();
    }
}
