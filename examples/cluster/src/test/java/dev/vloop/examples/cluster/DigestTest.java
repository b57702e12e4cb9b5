package dev.vloop.examples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.CutSlots;
import dev.vloop.LoopRuntime;
import dev.vloop.testkit.LoopTest;
import dev.vloop.testkit.TestCluster;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import net.javacrumbs.shedlock.core.LockProvider;

/** The code of docs/cluster.md. */
class DigestTest {
    private final List<Instant> sent = new CopyOnWriteArrayList<>();

    private void startDigest(LoopRuntime instance) {
        instance.loop("digest")
                .every(Duration.ofHours(1))
                .oncePerCluster(CutSlots.LET_GO)
                .start(it -> sent.add(it.scheduledAt()));
    }

    // region test-cluster
    @LoopTest
    void a_digest_is_sent_once_an_hour_though_an_instance_dies(TestLoops loops) {
        TestCluster cluster = TestCluster.on(loops);
        startDigest(cluster.instance("a"));
        startDigest(cluster.instance("b"));
        loops.advance(Duration.ofHours(1)); // 00:00 and 01:00
        cluster.kill("a");
        loops.advance(Duration.ofHours(1)); // 02:00
        assertThat(sent).hasSize(3);
    }
    // end region

    @LoopTest
    void a_digest_is_sent_only_by_the_instance_that_gets_the_lock(TestLoops loops) {
        AtomicBoolean free = new AtomicBoolean();
        LockProvider locks =
                lock -> free.compareAndSet(true, false) ? Optional.of(() -> free.set(true)) : Optional.empty();
        WithShedLock.start(
                loops, locks, ZoneOffset.UTC, () -> sent.add(loops.clock().instant()));
        loops.advance(Duration.ofDays(1));
        assertThat(sent).isEmpty();
        free.set(true);
        loops.advance(Duration.ofDays(2)); // the lock is given back each time
        assertThat(sent).hasSize(2);
    }
}
