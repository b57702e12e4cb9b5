package dev.vloop.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.ClusterStatus;
import dev.vloop.CutSlots;
import dev.vloop.Loop;
import dev.vloop.LoopBuilder;
import dev.vloop.spi.Cluster;
import dev.vloop.spi.ClusterPosition;
import dev.vloop.spi.ClusterTurn;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The cluster is the test itself: it offers turns, and takes them away, at moments that a real one meets by chance only. */
@DisplayName("R40: what a run does with turns that come late, and with news of an old one")
class ClaimTest {
    private static final Instant ORIGIN = Instant.parse("2000-01-01T00:00:00Z");

    private final TestsOwn cluster = new TestsOwn();
    private final TestLoops loops = TestLoops.builder()
            .startAt(ORIGIN)
            .settings(builder -> builder.cluster(cluster))
            .create();

    /** What the body has noted. */
    private final List<String> events = Collections.synchronizedList(new ArrayList<>());

    @AfterEach
    void close() {
        loops.close();
    }

    /** A cluster of one instance, which writes down what the run answers. */
    private static final class TestsOwn implements Cluster, Cluster.Member {
        final List<String> answers = Collections.synchronizedList(new ArrayList<>());

        /** How often the run has told of another schedule. */
        final AtomicInteger changes = new AtomicInteger();

        /** How often the run has said that it accepts turns again. */
        final AtomicInteger looks = new AtomicInteger();

        private volatile @Nullable Candidate joined;

        Candidate run() {
            return Objects.requireNonNull(joined);
        }

        @Override
        public String instance() {
            return "a";
        }

        @Override
        public Member join(Candidate candidate) {
            joined = candidate;
            return this;
        }

        @Override
        public void done(ClusterTurn turn, ClusterPosition next) {
            answers.add("done " + turn.token());
        }

        @Override
        public void cut(ClusterTurn turn) {
            answers.add("cut " + turn.token());
        }

        @Override
        public void giveBack(ClusterTurn turn) {
            answers.add("back " + turn.token());
        }

        @Override
        public ClusterStatus status() {
            return new ClusterStatus("a", null, null, 0, null);
        }

        @Override
        public void leave() {
            answers.add("left");
        }

        @Override
        public void look() {
            looks.incrementAndGet();
        }

        @Override
        public void trigger() {}

        @Override
        public void changed() {
            changes.incrementAndGet();
        }

        @Override
        public void close() {}
    }

    private LoopBuilder job() {
        return loops.loop("job").every(Duration.ofSeconds(10)).oncePerCluster(CutSlots.LET_GO);
    }

    /** A turn at a slot that is due now, and that the policy has chosen. */
    private ClusterTurn turn(long token) {
        ClusterPosition position = new ClusterPosition(ORIGIN, null, null, 0, ORIGIN, true, false);
        return new ClusterTurn(position, ORIGIN, token, false);
    }

    /** An instance has died in the slot. Then somebody asks for one more iteration, which comes first. */
    @Test
    void only_the_slot_that_was_cut_may_have_begun_before_and_not_an_iteration_that_is_asked_for_meanwhile() {
        job().start(it -> events.add(it.token() + " " + it.mayHaveBegun()));
        loops.settle();
        ClusterPosition cut = new ClusterPosition(ORIGIN, null, null, 0, ORIGIN, true, true);
        assertThat(cluster.run().offer(new ClusterTurn(cut, ORIGIN, 1, true))).isTrue();
        loops.settle();
        assertThat(cluster.run().offer(new ClusterTurn(cut, ORIGIN, 2, false))).isTrue();
        loops.settle();
        assertThat(events).containsExactly("1 false", "2 true");
    }

    @Test
    void a_turn_that_is_offered_after_a_stop_is_not_taken() {
        Loop loop = job().start(it -> events.add("ran"));
        loops.settle();
        loop.stop(); // its thread has not heard of it yet
        assertThat(cluster.run().offer(turn(1))).isFalse();
        loops.settle();
        assertThat(cluster.answers).containsExactly("left");
        assertThat(events).isEmpty();
    }

    @Test
    void a_turn_that_is_offered_after_the_end_of_a_run_that_nobody_has_stopped_is_not_taken() {
        job().count(1).start(it -> events.add("ran"));
        loops.settle();
        assertThat(cluster.run().offer(turn(1))).isTrue();
        loops.settle();
        assertThat(cluster.answers).containsExactly("done 1", "left");
        assertThat(cluster.run().offer(turn(2))).isFalse();
        assertThat(cluster.run().accepts()).isFalse();
    }

    /** A cluster asks that before it claims a slot, which would be lost for others until it is given back. */
    @Test
    void a_run_that_is_paused_accepts_no_turn_until_it_is_resumed() {
        Loop loop = job().start(it -> events.add("ran"));
        loops.settle();
        assertThat(cluster.run().accepts()).isTrue();
        loop.pause();
        assertThat(cluster.run().accepts()).isFalse();
        assertThat(cluster.run().offer(turn(1))).isFalse();
        loop.resume();
        assertThat(cluster.run().accepts()).isTrue();
    }

    @Test
    void a_change_is_told_to_the_cluster_once_and_not_by_those_who_only_look_at_the_status() {
        Loop loop = job().start(it -> {});
        loops.settle();
        loop.changeInterval(Duration.ofSeconds(4));
        assertThat(loop.nextIteration()).isNull(); // only the cluster knows
        assertThat(cluster.changes).hasValue(0);
        loops.settle();
        assertThat(loop.nextIteration()).isNull();
        assertThat(cluster.changes).hasValue(1);
    }

    @Test
    void a_turn_is_not_taken_while_another_one_is_used() {
        job().start(it -> it.sleep(Duration.ofSeconds(5)));
        loops.settle();
        assertThat(cluster.run().offer(turn(1))).isTrue();
        loops.settle();
        assertThat(cluster.run().offer(turn(2))).isFalse();
        loops.advance(Duration.ofSeconds(5));
        assertThat(cluster.answers).containsExactly("done 1");
    }

    @Test
    void the_loss_of_an_old_turn_that_is_told_late_does_not_end_the_new_one() {
        job().start(it -> {
            it.sleep(Duration.ofSeconds(5));
            events.add("slept with " + it.token());
        });
        loops.settle();
        assertThat(cluster.run().offer(turn(1))).isTrue();
        loops.settle();
        cluster.run().lost(1);
        loops.settle();
        assertThat(cluster.run().offer(turn(2))).isTrue();
        loops.settle();
        cluster.run().lost(1);
        loops.advance(Duration.ofSeconds(5));
        assertThat(events).containsExactly("slept with 2");
        assertThat(cluster.answers).containsExactly("done 2");
    }

    /** Until then it refuses turns, and a cluster that has offered one would not ask again by itself. */
    @Test
    void a_run_that_loses_a_turn_before_its_iteration_begins_says_when_it_takes_another() {
        job().start(it -> events.add("ran with " + it.token()));
        loops.settle();
        assertThat(cluster.run().offer(turn(1))).isTrue();
        cluster.run().lost(1); // its thread has not heard of the turn yet
        assertThat(cluster.run().offer(turn(2))).isFalse();
        assertThat(cluster.looks).hasValue(0);
        loops.settle();
        assertThat(cluster.looks).hasValue(1);
        assertThat(cluster.run().offer(turn(3))).isTrue();
        loops.settle();
        assertThat(events).containsExactly("ran with 3");
    }
}
