package dev.vloop.dbscheduler;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.vloop.CutSlots;
import dev.vloop.Iteration;
import dev.vloop.LeaseLostException;
import dev.vloop.Loop;
import dev.vloop.LoopBuilder;
import dev.vloop.LoopEnd;
import dev.vloop.LoopRuntime;
import dev.vloop.spi.Cluster;
import dev.vloop.spi.ClusterPosition;
import dev.vloop.spi.ClusterTurn;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("real-time")
@DisplayName("R40: what becomes of a row that is lent, taken over, changed, or not wanted")
class LentRowsTest {
    private static final long LIMIT = 30;

    private final Opened opened = new Opened();
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final CountDownLatch never = new CountDownLatch(1);
    private final HikariDataSource pool = opened.add(Databases.h2());

    @AfterEach
    void close() throws Exception {
        opened.closeAll();
    }

    private DbSchedulerCluster cluster(DataSource source, Duration lease) {
        return opened.add(DbSchedulerCluster.builder(source)
                .instance("a")
                .lease(lease)
                .createTable()
                .create());
    }

    private static LoopBuilder job(LoopRuntime loops) {
        return loops.loop("job").every(Duration.ofMillis(100)).oncePerCluster(CutSlots.LET_GO);
    }

    /** A body that waits until it is interrupted. */
    private void hang(Iteration it) throws InterruptedException {
        events.add("began");
        never.await();
    }

    private LoopBuilder tellingOfLoss(LoopBuilder loop) {
        return loop.onFailure(failure -> events.add(failure.cause() instanceof LeaseLostException ? "lost" : "failed"));
    }

    private String next() throws InterruptedException {
        return String.valueOf(events.poll(LIMIT, TimeUnit.SECONDS));
    }

    /** The lease is much longer than the test waits, so nothing but the reading of the row tells of this. */
    @Test
    void a_body_whose_row_another_has_taken_over_is_interrupted_when_the_row_is_read() throws Exception {
        LoopRuntime loops = opened.runtime(cluster(pool, Duration.ofMinutes(5)));
        tellingOfLoss(job(loops)).start(this::hang);
        assertThat(next()).isEqualTo("began");
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("update vloop_loops set version = version + 1"))
                    .isOne();
        }
        // who joins has the rows read
        loops.loop("other")
                .every(Duration.ofHours(1))
                .oncePerCluster(CutSlots.LET_GO)
                .start(it -> {});
        assertThat(next()).isEqualTo("lost");
    }

    @Test
    void a_body_under_which_the_cluster_is_closed_is_interrupted() throws InterruptedException {
        DbSchedulerCluster cluster = cluster(pool, Duration.ofSeconds(1));
        LoopRuntime loops = opened.runtime(cluster);
        tellingOfLoss(job(loops)).start(this::hang);
        assertThat(next()).isEqualTo("began");
        cluster.close();
        assertThat(next()).isEqualTo("lost");
        Loop late = loops.loop("late")
                .every(Duration.ofHours(1))
                .oncePerCluster(CutSlots.LET_GO)
                .start(it -> {});
        assertThat(late.join(Duration.ofSeconds(LIMIT))).isInstanceOf(LoopEnd.Failed.class);
    }

    @Test
    void a_database_that_comes_late_is_found_soon_however_long_the_lease_is() throws InterruptedException {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch there = new CountDownLatch(1);
        DataSource late = Databases.awayWhile(
                () -> {
                    asked.countDown();
                    return there.getCount() > 0;
                },
                pool);
        DbSchedulerCluster cluster = cluster(late, Duration.ofMinutes(5));
        job(opened.runtime(cluster)).start(it -> events.add("ran"));
        assertThat(asked.await(LIMIT, TimeUnit.SECONDS)).isTrue();
        there.countDown();
        // it looks each half second then, and not each ten seconds
        assertThat(events.poll(7, TimeUnit.SECONDS)).isEqualTo("ran");
    }

    @Test
    void the_first_slot_of_a_new_row_is_after_the_initial_delay() throws InterruptedException {
        LoopRuntime loops = opened.runtime(cluster(pool, Duration.ofSeconds(5)));
        job(loops).start(it -> events.add("ran"));
        assertThat(next()).isEqualTo("ran"); // now the database is there
        BlockingQueue<Instant> slots = new LinkedBlockingQueue<>();
        Instant before = Instant.now();
        loops.loop("later")
                .every(Duration.ofHours(1))
                .initialDelay(Duration.ofSeconds(1))
                .oncePerCluster(CutSlots.LET_GO)
                .start(it -> slots.add(it.scheduledAt()));
        assertThat(slots.poll(LIMIT, TimeUnit.SECONDS)).isAfterOrEqualTo(before.plusMillis(990));
    }

    @Test
    void a_schedule_that_throws_keeps_no_later_change_from_being_made() throws InterruptedException {
        LoopRuntime loops = opened.runtime(cluster(pool, Duration.ofSeconds(5)));
        Loop loop = loops.loop("job")
                .every(Duration.ofHours(1))
                .oncePerCluster(CutSlots.LET_GO)
                .start(it -> events.add("ran"));
        assertThat(next()).isEqualTo("ran");
        loop.changeSchedule(position -> {
            throw new IllegalStateException("no slots today");
        });
        loop.trigger();
        assertThat(next()).isEqualTo("ran");
    }

    /** A run without a loop, which takes no row. */
    private static final class Unwilling {
        boolean accepts = true;

        Cluster.Candidate candidate() {
            return (Cluster.Candidate) Proxy.newProxyInstance(
                    Cluster.Candidate.class.getClassLoader(),
                    new Class<?>[] {Cluster.Candidate.class},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "name" -> "job";
                        case "cut" -> CutSlots.LET_GO;
                        case "accepts" -> accepts;
                        case "offer" -> false;
                        default -> throw new UnsupportedOperationException(method.getName());
                    });
        }
    }

    @Test
    void a_run_that_has_not_taken_a_row_is_offered_the_next_one() {
        LoopMember member = new LoopMember(cluster(pool, Duration.ofSeconds(5)), new Unwilling().candidate());
        LoopRow row = LoopRow.first(Instant.now(), CutSlots.LET_GO);
        assertThat(member.offer(new ClusterTurn(row.position(), Instant.now(), 1, false), row))
                .isNull();
        assertThat(member.accepts()).isTrue();
        assertThat(member.claim()).isNull();
    }

    @Test
    void a_paused_run_takes_one_row_for_a_trigger_and_no_more() {
        Unwilling paused = new Unwilling();
        paused.accepts = false;
        LoopMember member = new LoopMember(cluster(pool, Duration.ofSeconds(5)), paused.candidate());
        assertThat(member.accepts()).isFalse();
        member.trigger();
        assertThat(member.accepts()).isTrue();
        ClusterPosition position = ClusterPosition.first(Instant.now());
        LoopRow row = new LoopRow(position, Instant.now(), CutSlots.LET_GO);
        assertThat(member.offer(new ClusterTurn(position, Instant.now(), 1, true), row))
                .isNull();
        assertThat(member.accepts()).isFalse();
    }

    @Test
    void a_trigger_is_done_with_its_turn_though_the_run_is_paused_after_that() {
        Unwilling run = new Unwilling();
        LoopMember member = new LoopMember(cluster(pool, Duration.ofSeconds(5)), run.candidate());
        member.trigger();
        ClusterPosition position = ClusterPosition.first(Instant.now());
        LoopRow row = new LoopRow(position, Instant.now(), CutSlots.LET_GO);
        assertThat(member.offer(new ClusterTurn(position, Instant.now(), 1, true), row))
                .isNull();
        run.accepts = false;
        assertThat(member.accepts()).isFalse();
    }
}
