package dev.vloop.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import dev.vloop.testkit.TestLoops;
import dev.vloop.vthreads.VirtualLoops;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Meters live as long as loops of their kind")
class LifeOfMetersTest extends Metered {
    private int meters() {
        return registry.getMeters().size();
    }

    private Loop digest(int guild) {
        return loops.loop("guild " + guild).kind("digest").every(seconds(10)).start(it -> {});
    }

    @Test
    void they_go_with_the_last_loop_of_their_kind() {
        int before = meters();
        Loop first = digest(1);
        Loop second = digest(2);
        loops.settle();
        int during = meters();
        first.remove();
        loops.settle();
        assertThat(meters()).isEqualTo(during).isGreaterThan(before);
        assertThat(ofKind("digest")).contains("vloop_runs_ended_total{how=\"cancelled\",kind=\"digest\"} 1.0");
        second.remove();
        loops.settle();
        assertThat(meters()).isEqualTo(before);
        assertThat(registry.scrape()).doesNotContain("digest");
    }

    @Test
    void they_stay_until_the_run_of_a_removed_loop_is_over() {
        int before = meters();
        Loop loop = loops.loop("slow")
                .every(seconds(10))
                .afterLoop(end -> loops.clock().sleep(seconds(5)))
                .start(it -> {});
        loops.settle();
        loop.remove();
        loops.advance(seconds(1));
        assertThat(meters()).isGreaterThan(before);
        loops.advance(seconds(10));
        assertThat(meters()).isEqualTo(before);
    }

    @Test
    void they_go_with_a_loop_that_completes_and_come_back_when_it_is_started_again() {
        int before = meters();
        Loop loop = loops.loop("once").every(seconds(10)).count(2).start(it -> {});
        loops.advance(seconds(5));
        assertThat(meters()).isGreaterThan(before);
        loops.advance(seconds(10));
        assertThat(loop.isRunning()).isFalse();
        assertThat(meters()).isEqualTo(before);
        loop.start();
        loops.settle();
        assertThat(ofKind("once"))
                .contains("vloop_iteration_seconds_count{exception=\"none\",kind=\"once\",outcome=\"success\"} 1");
    }

    @Test
    void they_stay_with_a_loop_that_was_stopped_cancelled_or_has_failed() {
        Loop loop = loops.loop("feed").every(seconds(10)).start(it -> {
            throw new IllegalStateException("broken");
        });
        loops.settle();
        int failed = meters();
        assertThat(ofKind("feed")).contains("vloop_runs_ended_total{how=\"failed\",kind=\"feed\"} 1.0");
        loop.start();
        loop.cancel();
        loops.settle();
        loop.start();
        loop.stop();
        loops.settle();
        assertThat(meters()).isEqualTo(failed);
    }

    @Test
    void they_stay_over_a_restart() {
        Loop loop = loops.loop("feed").every(seconds(10)).start(it -> {});
        loops.settle();
        loop.restart();
        loops.settle();
        assertThat(ofKind("feed"))
                .contains("vloop_iteration_seconds_count{exception=\"none\",kind=\"feed\",outcome=\"success\"} 2");
    }

    @Test
    void a_loop_that_another_of_its_name_replaces_is_not_counted() {
        digest(1).cancel();
        loops.settle();
        digest(1);
        loops.settle();
        assertThat(scraped("vloop_loops{state=\"idle\"}")).containsExactly("vloop_loops{state=\"idle\"} 0.0");
        loops.get("guild 1").remove();
        loops.settle();
        assertThat(registry.scrape()).doesNotContain("digest");
    }

    @Test
    void they_go_with_a_runtime_that_is_closed() {
        int before = meters();
        try (TestLoops closing = loops(metrics, runtime -> {})) {
            closing.loop("feed").every(seconds(10)).start(it -> {});
            closing.settle();
            assertThat(meters()).isGreaterThan(before);
        }
        String unused = registry.scrape();
        assertThat(meters()).isEqualTo(before);
    }

    @Test
    void closed_metrics_remove_all_of_theirs_and_make_none() {
        Loop loop = digest(1);
        loops.settle();
        metrics.close();
        assertThat(registry.getMeters()).isEmpty();
        loop.restart();
        digest(2);
        loops.advance(seconds(30));
        assertThat(registry.getMeters()).isEmpty();
        metrics.close();
    }

    @Test
    void there_are_none_of_a_hundred_thousand_loops_that_were_built_and_removed() {
        SimpleMeterRegistry simple = new SimpleMeterRegistry();
        LoopMetrics listener = LoopMetrics.of(simple);
        int before = simple.getMeters().size();
        int most = 0;
        List<WeakReference<Loop>> some = new ArrayList<>();
        try (LoopRuntime real = VirtualLoops.builder().listener(listener).create()) {
            for (int i = 0; i < 100_000; i++) {
                Loop loop = real.loop("loop " + i)
                        .kind("kind " + i % 1_000)
                        .every(Duration.ofHours(1))
                        .build(it -> {});
                if (i % 10_000 == 0) {
                    some.add(new WeakReference<>(loop));
                }
                most = Math.max(most, simple.getMeters().size());
                loop.remove();
            }
            assertThat(simple.getMeters()).hasSize(before);
            assertThat(most).isEqualTo(before + metersOfAKind());
            assertThat(some).allMatch(LifeOfMetersTest::isCollected);
        }
    }

    private static int metersOfAKind() {
        SimpleMeterRegistry simple = new SimpleMeterRegistry();
        try (LoopRuntime real =
                VirtualLoops.builder().listener(LoopMetrics.of(simple)).create()) {
            int before = simple.getMeters().size();
            Loop unused = real.loop("one").every(Duration.ofHours(1)).build(it -> {});
            return simple.getMeters().size() - before;
        }
    }

    private static boolean isCollected(WeakReference<Loop> loop) {
        for (int i = 0; i < 100 && loop.get() != null; i++) {
            System.gc();
        }
        return loop.get() == null;
    }

    /** Loops of one kind come and go on all threads at once; the meters of the kind are removed under them again and again. */
    @Test
    void none_is_left_when_loops_of_a_kind_come_and_go_at_the_same_time() throws Exception {
        SimpleMeterRegistry simple = new SimpleMeterRegistry();
        int before;
        try (LoopRuntime real =
                VirtualLoops.builder().listener(LoopMetrics.of(simple)).create()) {
            before = simple.getMeters().size();
            CyclicBarrier barrier = new CyclicBarrier(4);
            List<Thread> threads = new ArrayList<>();
            List<Throwable> thrown = new CopyOnWriteArrayList<>();
            for (int t = 0; t < 4; t++) {
                int thread = t;
                threads.add(Thread.ofPlatform().start(() -> {
                    try {
                        barrier.await();
                        for (int i = 0; i < 500; i++) {
                            Loop loop = real.loop("loop " + thread)
                                    .kind("digest")
                                    .every(Duration.ofNanos(1))
                                    .count(1 + i % 3)
                                    .start(it -> {
                                        if (it.index() == 1) {
                                            throw new IllegalStateException("broken");
                                        }
                                    });
                            if (i % 2 == 0) {
                                loop.join();
                            }
                            loop.remove();
                        }
                    } catch (Throwable e) {
                        thrown.add(e);
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            real.join();
            assertThat(thrown).isEmpty();
            double unused =
                    simple.get("vloop.loops").tag("state", "idle").gauge().value();
            assertThat(simple.getMeters()).extracting(Meter::getId).hasSize(before);
        }
    }

    @Test
    void kinds_beyond_the_limit_share_the_kind_other_and_one_warning_says_so() {
        List<String> warnings = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                warnings.add(new SimpleFormatter().formatMessage(entry));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        LOG.addHandler(handler);
        SimpleMeterRegistry simple = new SimpleMeterRegistry();
        LoopMetrics few = LoopMetrics.builder(simple).maxKinds(2).create();
        try (TestLoops many = loops(few, runtime -> {})) {
            for (int i = 0; i < 5; i++) {
                many.loop(i == 2 ? "guild\n2" : "guild " + i).every(seconds(10)).start(it -> {});
            }
            many.settle();
            assertThat(simple.find("vloop.slots.missed").meters())
                    .extracting(meter -> meter.getId().getTag("kind"))
                    .containsExactlyInAnyOrder("guild 0", "guild 1", "other");
            assertThat(simple.get("vloop.iteration")
                            .tags("kind", "other", "outcome", "success")
                            .timer()
                            .count())
                    .isEqualTo(3);
            many.get("guild 0").remove();
            many.settle();
            many.loop("news").every(seconds(10)).start(it -> {});
            assertThat(simple.find("vloop.slots.missed").tag("kind", "news").meters())
                    .hasSize(1);
        } finally {
            LOG.removeHandler(handler);
        }
        assertThat(warnings)
                .containsExactly(
                        "more than 2 kinds of loops have metrics: kind 'guild\\n2' and further ones share the kind"
                                + " 'other'. Give loops that do the same a kind in common, by LoopBuilder.kind(..)");
    }

    @Test
    void exceptions_beyond_the_limit_share_the_name_other() {
        ExceptionNames names = new ExceptionNames();
        for (int i = 0; i < 60; i++) {
            names.of(new IllegalStateException());
        }
        assertThat(names.of(new IllegalStateException())).isEqualTo("IllegalStateException");
        assertThat(names.of(new IllegalStateException() {})).isEqualTo("anonymous");
        for (int i = 0; i < 48; i++) {
            names.of("name " + i);
        }
        assertThat(names.of(new IllegalArgumentException())).isEqualTo("other");
        assertThat(names.of(new IllegalStateException())).isEqualTo("IllegalStateException");
    }

    @Test
    void a_limit_below_one_is_refused() {
        assertThatThrownBy(() -> LoopMetrics.builder(registry).maxKinds(0))
                .hasMessage("maxKinds must be at least 1, but is 0");
    }
}
