package dev.vloop.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopListener;
import dev.vloop.testkit.TestLoops;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Which meters a loop has, and until when")
class KindsTest extends Metered {
    private final SimpleMeterRegistry simple = new SimpleMeterRegistry();

    private double missed(String kind) {
        return simple.get("vloop.slots.missed").tag("kind", kind).counter().count();
    }

    private int kinds() {
        return simple.find("vloop.slots.missed").meters().size();
    }

    // ---- limits

    @Test
    void a_hundred_kinds_have_meters_of_their_own_unless_another_limit_is_set() {
        try (TestLoops many = loops(LoopMetrics.of(simple), runtime -> {})) {
            for (int i = 0; i < 102; i++) {
                many.loop("guild " + i).every(seconds(10)).build(it -> {});
            }
            assertThat(kinds()).isEqualTo(101);
            assertThat(simple.find("vloop.slots.missed").tag("kind", "guild 99").meters())
                    .hasSize(1);
            assertThat(simple.find("vloop.slots.missed")
                            .tag("kind", "guild 100")
                            .meters())
                    .isEmpty();
        }
    }

    @Test
    void a_further_loop_of_a_kind_that_has_meters_gets_these_also_at_the_limit() {
        Kinds kinds = new Kinds(simple, 1, true);
        KindMeters own = kinds.hold("digest");
        KindMeters others = kinds.hold("news");
        assertThat(kinds.hold("digest")).isSameAs(own);
        assertThat(kinds.hold("more")).isSameAs(others);
        assertThat(own.label()).isEqualTo("digest");
        assertThat(others.label()).isEqualTo("other");
        assertThat(kinds()).isEqualTo(2);
    }

    @Test
    void fifty_names_of_exceptions_are_told_apart() {
        ExceptionNames names = new ExceptionNames();
        for (int i = 0; i < 50; i++) {
            assertThat(names.of("name " + i)).isEqualTo("name " + i);
        }
        assertThat(names.of("name 50")).isEqualTo("other");
        assertThat(names.of("name 49")).isEqualTo("name 49");
    }

    // ---- until when

    @Test
    void meters_go_with_the_last_who_holds_them_and_not_before() {
        Kinds kinds = new Kinds(simple, 100, true);
        KindMeters first = kinds.hold("digest");
        KindMeters second = kinds.hold("digest");
        kinds.release(first);
        assertThat(kinds()).isOne();
        kinds.release(second);
        assertThat(simple.getMeters()).isEmpty();
        assertThat(first.hold()).isFalse();
        kinds.hold("digest").missed(3);
        assertThat(missed("digest")).isEqualTo(3);
    }

    /** Between the two steps of a release, another thread wants the kind again: it must get meters that stay. */
    @Test
    void meters_that_nobody_holds_but_that_are_not_yet_removed_are_not_handed_out() {
        Kinds kinds = new Kinds(simple, 100, true);
        KindMeters old = kinds.hold("digest");
        old.missed(5);
        assertThat(old.release()).isTrue(); // the first step of a release
        KindMeters again = kinds.hold("digest");
        assertThat(again).isNotSameAs(old);
        assertThat(missed("digest")).isZero();
        again.missed(1);
        old.removeAll(); // the second
        assertThat(missed("digest")).isEqualTo(1);
        kinds.release(again);
        assertThat(simple.getMeters()).isEmpty();
    }

    @Test
    void a_loop_that_was_stopped_runs_again_and_is_removed_has_meters_until_the_end_of_that_run() {
        int before = registry.getMeters().size();
        Loop loop = loops.loop("slow")
                .every(seconds(10))
                .afterLoop(end -> loops.clock().sleep(seconds(5)))
                .start(it -> {});
        loops.settle();
        loop.stop();
        loops.advance(seconds(6));
        loop.start();
        loops.settle();
        loop.remove();
        loops.advance(seconds(1));
        assertThat(registry.getMeters()).hasSizeGreaterThan(before);
        loops.advance(seconds(6));
        assertThat(registry.getMeters()).hasSize(before);
    }

    @Test
    void a_loop_that_another_listener_removes_when_it_hears_of_its_end_leaves_none() {
        LoopListener remover = new LoopListener() {
            @Override
            public void onEnd(Loop loop, LoopEnd end) {
                loop.remove();
            }
        };
        LoopMetrics listener = LoopMetrics.of(simple);
        int before = simple.getMeters().size();
        try (TestLoops removing = loops(listener, runtime -> runtime.listener(remover))) {
            Loop loop = removing.loop("feed").every(seconds(10)).start(it -> {});
            removing.settle();
            assertThat(simple.getMeters()).hasSizeGreaterThan(before);
            loop.stop();
            removing.settle();
            assertThat(simple.getMeters()).hasSize(before);
        }
    }

    @Test
    void loops_that_were_replaced_are_noticed_also_if_nobody_reads_the_meters() {
        LoopMetrics listener = LoopMetrics.builder(simple).maxKinds(10_000).create();
        try (TestLoops replacing = loops(listener, runtime -> {})) {
            int most = 0;
            for (int i = 0; i < 1_000; i++) {
                replacing.loop("feed").kind("kind " + i).every(seconds(10)).build(it -> {});
                most = Math.max(most, kinds());
            }
            assertThat(most).isLessThanOrEqualTo(65);
            double unused =
                    simple.get("vloop.loops").tag("state", "idle").gauge().value();
            assertThat(kinds()).isOne();
        }
    }

    /** Whoever removes it finds it in the runtime and not yet in the metrics: here, while its first meter is made. */
    @Test
    void a_loop_that_is_removed_while_its_meters_are_made_leaves_none() {
        try (TestLoops removing = loops(LoopMetrics.of(simple), runtime -> {})) {
            int before = simple.getMeters().size();
            AtomicBoolean removed = new AtomicBoolean();
            simple.config().onMeterAdded(meter -> {
                if (!removed.getAndSet(true)) {
                    removing.get("feed").remove();
                }
            });
            removing.loop("feed").every(seconds(10)).build(it -> {});
            assertThat(removed).isTrue();
            assertThat(simple.getMeters()).hasSize(before);
        }
    }

    @Test
    void a_loop_that_is_started_again_while_its_completed_run_ends_has_meters_of_the_new_run() {
        Loop loop = loops.loop("once")
                .every(seconds(10))
                .count(1)
                .afterLoop(end -> loops.clock().sleep(seconds(5)))
                .start(it -> {});
        loops.advance(seconds(1));
        assertThat(loop.startIfIdle()).isTrue();
        loops.advance(seconds(5)); // the old run is over, and the new one has had its iteration
        assertThat(ofKind("once"))
                .contains("vloop_iteration_seconds_count{exception=\"none\",kind=\"once\",outcome=\"success\"} 1");
    }

    @Test
    void a_loop_that_has_missed_slots_leaves_none() {
        int before = registry.getMeters().size();
        Loop loop = loops.loop("feed").every(seconds(10)).start(it -> it.sleep(seconds(25)));
        loops.advance(seconds(30));
        assertThat(scraped("vloop_slots_missed")).noneMatch(line -> line.endsWith(" 0.0"));
        loop.remove();
        loops.settle();
        assertThat(registry.getMeters()).hasSize(before);
    }

    @Test
    void what_is_told_late_of_a_removed_loop_brings_nothing_back() {
        int before = registry.getMeters().size();
        Loop loop = loops.loop("feed").every(seconds(10)).start(it -> {});
        loops.settle();
        loop.remove();
        loops.settle();
        metrics.onStart(loop);
        metrics.onMissed(loop, 3, ORIGIN);
        metrics.onEnd(loop, new LoopEnd.Stopped(1));
        assertThat(registry.getMeters()).hasSize(before);
    }

    @Test
    void metrics_that_are_closed_during_an_iteration_have_no_meter_when_it_is_over() {
        AtomicBoolean fails = new AtomicBoolean();
        Loop loop = loops.loop("feed").every(seconds(10)).start(it -> {
            it.sleep(seconds(5));
            if (fails.get()) {
                throw new IllegalStateException("broken");
            }
        });
        loops.settle();
        metrics.close();
        fails.set(true); // an exception that has no meter yet
        loops.advance(seconds(6));
        assertThat(loop.isRunning()).isFalse();
        assertThat(registry.getMeters()).isEmpty();
        loop.start();
        loops.advance(seconds(6));
        assertThat(registry.getMeters()).isEmpty();
    }

    // ---- what they count

    @Test
    void an_iteration_before_its_slot_is_not_late_and_counts() {
        KindMeters meters = new KindMeters(simple, "feed", true);
        meters.late(seconds(-5));
        meters.late(seconds(2));
        assertThat(simple.get("vloop.iteration.lateness").timer().count()).isEqualTo(2);
        assertThat(simple.get("vloop.iteration.lateness").timer().totalTime(java.util.concurrent.TimeUnit.SECONDS))
                .isEqualTo(2);
    }

    @Test
    void each_way_to_end_is_counted_under_its_name() {
        Loop stays = loops.loop("stays").kind("digest").every(seconds(10)).build(it -> {});
        Loop stopped = loops.loop("stopped").kind("digest").every(seconds(10)).start(it -> {});
        Loop cancelled =
                loops.loop("cancelled").kind("digest").every(seconds(10)).start(it -> {});
        loops.loop("completed").kind("digest").every(seconds(10)).count(1).start(it -> {});
        loops.loop("failed").kind("digest").every(seconds(10)).start(it -> {
            throw new IllegalStateException("broken");
        });
        loops.settle();
        stopped.stop();
        cancelled.cancel();
        loops.settle();
        assertThat(scraped("vloop_runs_ended_total"))
                .containsExactly(
                        "vloop_runs_ended_total{how=\"cancelled\",kind=\"digest\"} 1.0",
                        "vloop_runs_ended_total{how=\"completed\",kind=\"digest\"} 1.0",
                        "vloop_runs_ended_total{how=\"failed\",kind=\"digest\"} 1.0",
                        "vloop_runs_ended_total{how=\"stopped\",kind=\"digest\"} 1.0");
        assertThat(stays.isRunning()).isFalse();
    }

    @Test
    void a_loop_that_has_failed_for_good_is_still_waited_for() {
        loops.loop("well").kind("digest").every(seconds(10)).start(it -> {});
        Loop fails = loops.loop("fails").kind("digest").every(seconds(10)).start(it -> {
            if (it.index() == 1) {
                throw new IllegalStateException("broken");
            }
        });
        loops.advance(seconds(25));
        assertThat(fails.isRunning()).isFalse();
        assertThat(scraped("vloop_last_success_seconds"))
                .containsExactly("vloop_last_success_seconds{kind=\"digest\"} 9.466848E8"); // the first slot
        fails.remove();
        assertThat(scraped("vloop_last_success_seconds"))
                .containsExactly("vloop_last_success_seconds{kind=\"digest\"} 9.4668482E8");
    }

    @Test
    void two_registries_measure_the_same_iteration() {
        LoopMetrics second = LoopMetrics.of(simple);
        SimpleMeterRegistry third = new SimpleMeterRegistry();
        try (TestLoops both = loops(LoopMetrics.of(third), runtime -> runtime.listener(second))) {
            both.loop("feed").every(seconds(10)).start(it -> it.sleep(seconds(2)));
            both.advance(seconds(15));
            for (SimpleMeterRegistry one : new SimpleMeterRegistry[] {simple, third}) {
                assertThat(one.get("vloop.iteration")
                                .tag("outcome", "success")
                                .timer()
                                .totalTime(java.util.concurrent.TimeUnit.SECONDS))
                        .isEqualTo(4);
                assertThat(one.get("vloop.iteration.active").longTaskTimer().activeTasks())
                        .isZero();
            }
        }
    }

    @Test
    void loops_of_the_same_name_in_two_runtimes_share_the_meters_of_their_kind_until_both_are_gone() {
        LoopMetrics shared = LoopMetrics.of(simple);
        int before = simple.getMeters().size();
        try (TestLoops one = loops(shared, runtime -> {});
                TestLoops other = loops(shared, runtime -> {})) {
            Loop first = one.loop("feed").every(Duration.ofHours(1)).start(it -> {});
            Loop second = other.loop("feed").every(Duration.ofHours(1)).start(it -> {
                throw new IOException("no network");
            });
            one.settle();
            other.settle();
            assertThat(simple.get("vloop.loops").tag("state", "waiting").gauge().value())
                    .isEqualTo(1);
            assertThat(simple.get("vloop.loops")
                            .tag("state", "backing_off")
                            .gauge()
                            .value())
                    .isEqualTo(1);
            assertThat(simple.get("vloop.failures.in.a.row").gauge().value()).isEqualTo(1);
            second.remove();
            other.settle();
            assertThat(kinds()).isOne();
            first.remove();
            one.settle();
            assertThat(simple.getMeters()).hasSize(before);
        }
    }
}
