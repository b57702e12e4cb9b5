package dev.vloop.dbscheduler;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
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
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("real-time")
@DisplayName("R40: what becomes of a row that is lent, taken over, changed, or not wanted")
@SuppressWarnings("NullAway") // proxies hand on what may be null, and db-scheduler's classes take it
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
        boolean takes;
        CutSlots cut = CutSlots.LET_GO;

        /** The times that it was given: of turns, and of changes of its schedule. */
        final BlockingQueue<Instant> times = new LinkedBlockingQueue<>();

        Cluster.Candidate candidate() {
            return (Cluster.Candidate) Proxy.newProxyInstance(
                    Cluster.Candidate.class.getClassLoader(),
                    new Class<?>[] {Cluster.Candidate.class},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "name" -> "job";
                        case "cut" -> cut;
                        case "accepts" -> accepts;
                        case "offer" -> {
                            times.add(((ClusterTurn) arguments[0]).now());
                            yield takes;
                        }
                        case "reschedule" -> {
                            times.add((Instant) arguments[1]);
                            yield arguments[0];
                        }
                        default -> throw new UnsupportedOperationException(method.getName());
                    });
        }
    }

    /** The clock of this machine is wrong by years, and nothing shows it. */
    @Test
    void all_times_of_a_loop_are_the_database_s() {
        Instant time = Instant.parse("2001-02-03T04:05:06Z");
        DbSchedulerCluster cluster = cluster(Databases.awayWhile(() -> true, pool), Duration.ofSeconds(5));
        assertThat(cluster.clock().set(time, System.nanoTime(), System.nanoTime(), Long.MAX_VALUE))
                .isTrue();
        Unwilling run = new Unwilling();
        LoopMember member = (LoopMember) cluster.join(run.candidate());
        LoopRow row = LoopRow.first(time, CutSlots.LET_GO);
        CompletionHandler<LoopRow> unused = new LoopTask(cluster)
                .execute(
                        new TaskInstance<>(LoopTask.NAME, member.id, row),
                        new ExecutionContext(
                                null,
                                new Execution(
                                        time,
                                        new TaskInstance<>(LoopTask.NAME, member.id),
                                        true,
                                        "a",
                                        null,
                                        null,
                                        0,
                                        null,
                                        7),
                                null,
                                null));
        assertThat(run.times.poll()).as("of the turn").isBetween(time, time.plusSeconds(600));
        assertThat(member.status().heardAt()).isBetween(time, time.plusSeconds(600));
        member.trigger();
        member.changed();
        assertThat(member.changes.remove().apply(row).triggered())
                .as("of the trigger")
                .isBetween(time, time.plusSeconds(600));
        assertThat(member.changes.remove().apply(row)).isEqualTo(row);
        assertThat(run.times.poll()).as("of the change").isBetween(time, time.plusSeconds(600));
    }

    @Test
    void a_new_version_that_lets_cut_slots_go_or_run_again_says_so_from_its_first_slot_on() {
        Unwilling run = new Unwilling();
        run.takes = true;
        run.cut = CutSlots.RUN_AGAIN;
        LoopMember member = new LoopMember(cluster(pool, Duration.ofSeconds(5)), run.candidate());
        LoopRow old = LoopRow.first(Instant.now(), CutSlots.LET_GO);
        ClusterTurn turn = new ClusterTurn(old.position(), Instant.now(), 1, false);
        LoopMember.Claim claim = requireNonNull(member.offer(turn, old));
        member.done(turn, old.position());
        assertThat(claim.answer).isCompletedWithValue(new LoopRow(old.position(), null, CutSlots.RUN_AGAIN));
    }

    /** Any instance may notice the death, also one that knows nothing of the loop. The row alone says what becomes of the slot. */
    @Test
    void a_row_whose_holder_has_died_is_written_as_one_that_was_cut() {
        Instant slot = Instant.parse("2026-11-27T01:02:03Z");
        for (CutSlots cut : CutSlots.values()) {
            LoopRow row = new LoopRow(new ClusterPosition(slot, null, null, 7, slot, true, true), null, cut);
            Execution dead = new Execution(slot, new TaskInstance<>(LoopTask.NAME, "job", row));
            List<LoopRow> written = new ArrayList<>();
            ExecutionOperations<LoopRow> operations = new ExecutionOperations<>(null, null, dead) {
                @Override
                public void reschedule(ExecutionComplete complete, Instant due, LoopRow next) {
                    assertThat(due).isEqualTo(next.due());
                    written.add(next);
                }
            };
            new LoopTask(cluster(pool, Duration.ofSeconds(5)))
                    .getDeadExecutionHandler()
                    .deadExecution(ExecutionComplete.failure(dead, slot, slot, null), operations);
            assertThat(written)
                    .as("%s", cut)
                    .containsExactly(new LoopRow(row.position().afterCut(cut), null, cut));
        }
    }

    @Test
    void a_row_that_is_given_back_is_as_it_was_with_its_trigger() {
        Unwilling run = new Unwilling();
        run.takes = true;
        LoopMember member = new LoopMember(cluster(pool, Duration.ofSeconds(5)), run.candidate());
        LoopRow row = new LoopRow(ClusterPosition.first(Instant.now()), Instant.now(), CutSlots.RUN_AGAIN);
        ClusterTurn turn = new ClusterTurn(row.position(), Instant.now(), 1, true);
        LoopMember.Claim claim = requireNonNull(member.offer(turn, row));
        member.giveBack(turn);
        assertThat(claim.answer).isCompletedWithValue(row);
    }

    @Test
    void a_loop_runs_in_one_runtime_of_an_instance_only() throws InterruptedException {
        DbSchedulerCluster cluster = cluster(pool, Duration.ofSeconds(5));
        LoopRuntime first = opened.runtime(cluster);
        LoopRuntime second = opened.runtime(cluster);
        Loop running = job(first).start(it -> events.add("ran"));
        assertThat(next()).isEqualTo("ran");
        assertThat(job(second).start(it -> {}).join(Duration.ofSeconds(LIMIT)))
                .isInstanceOfSatisfying(
                        LoopEnd.Failed.class,
                        failed -> assertThat(failed.cause())
                                .hasMessage("a loop 'job' runs on cluster instance 'a' already, in another runtime"));
        running.cancel();
        assertThat(running.join()).isInstanceOf(LoopEnd.Cancelled.class);
        events.clear();
        job(second).start(it -> events.add("ran here"));
        assertThat(next()).isEqualTo("ran here");
    }

    @Test
    void a_cluster_that_is_closed_leaves_no_thread() throws InterruptedException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        DbSchedulerCluster cluster = cluster(pool, Duration.ofSeconds(5));
        Loop loop = job(opened.runtime(cluster)).start(it -> events.add("ran"));
        assertThat(next()).isEqualTo("ran");
        List<Thread> threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread) && thread.getName().startsWith("vloop-cluster"))
                .toList();
        assertThat(threads)
                .extracting(Thread::getName)
                .contains("vloop-cluster-keeper", "vloop-cluster-leases", "vloop-cluster-0");
        loop.cancel();
        assertThat(loop.join()).isInstanceOf(LoopEnd.Cancelled.class);
        cluster.close();
        for (Thread thread : threads) {
            assertThat(thread.join(Duration.ofSeconds(LIMIT)))
                    .as(thread.getName())
                    .isTrue();
        }
    }

    /** The database's clock is three hours ahead, and so is the loop. */
    @Test
    void a_new_row_begins_at_the_time_of_the_database() throws InterruptedException {
        BlockingQueue<Instant> slots = new LinkedBlockingQueue<>();
        Instant before = Instant.now();
        opened.runtime(cluster(ahead(), Duration.ofSeconds(5)))
                .loop("ahead")
                .every(Duration.ofHours(1))
                .oncePerCluster(CutSlots.LET_GO)
                .start(it -> slots.add(it.scheduledAt()));
        assertThat(slots.poll(LIMIT, TimeUnit.SECONDS))
                .isAfterOrEqualTo(before.plus(Duration.ofHours(3)).minusSeconds(1));
    }

    private DataSource ahead() {
        return proxy(
                DataSource.class,
                pool,
                connection -> proxy(
                        Connection.class,
                        connection,
                        made -> made instanceof Statement statement && !(made instanceof PreparedStatement)
                                ? proxy(Statement.class, statement, result -> result)
                                : made));
    }

    private static <T> T proxy(Class<T> type, Object target, UnaryOperator<Object> wrap) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (arguments != null && arguments[0] instanceof String sql) {
                        arguments[0] =
                                sql.replace("select current_timestamp", "select dateadd('HOUR', 3, current_timestamp)");
                    }
                    try {
                        Object result = method.invoke(target, arguments);
                        return result == null ? null : wrap.apply(result);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                }));
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

    @Test
    void a_paused_run_goes_on_waiting_for_its_trigger_while_another_instance_has_the_row() throws Exception {
        putRowOfAnother();
        DbSchedulerCluster cluster = cluster(pool, Duration.ofMinutes(5));
        Unwilling paused = new Unwilling();
        paused.accepts = false;
        LoopMember member = (LoopMember) cluster.join(paused.candidate());
        member.trigger();
        LoopRuntime loops = opened.runtime(cluster);
        // Who joins has the rows read. The first reading may have begun before the trigger, the second one has not.
        for (String name : List.of("first", "second")) {
            loops.loop(name)
                    .every(Duration.ofHours(1))
                    .oncePerCluster(CutSlots.LET_GO)
                    .start(it -> events.add("read"));
            assertThat(next()).isEqualTo("read");
        }
        assertThat(member.status().holder()).isEqualTo("another");
        assertThat(member.accepts()).isTrue();
    }

    /** Another instance runs a slot of the loop. */
    private void putRowOfAnother() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            Dialect.H2.createTable(connection, "vloop_loops");
            try (PreparedStatement insert = connection.prepareStatement(
                    "insert into vloop_loops (task_name, task_instance, task_data, execution_time, picked, picked_by,"
                            + " last_heartbeat, version) values (?, 'job', ?, now(), true, 'another', now(), 1)")) {
                insert.setString(1, LoopTask.NAME);
                insert.setBytes(2, new LoopRows().serialize(LoopRow.first(Instant.now(), CutSlots.LET_GO)));
                insert.execute();
            }
        }
    }

    @Test
    void a_trigger_that_is_written_while_the_row_is_read_is_not_over() {
        Unwilling paused = new Unwilling();
        paused.accepts = false;
        LoopMember member = new LoopMember(cluster(pool, Duration.ofSeconds(5)), paused.candidate());
        long beforeReading = member.triggersWritten();
        member.trigger();
        member.changes.clear(); // as when it is written
        member.notTriggered(beforeReading);
        assertThat(member.accepts()).isTrue();
        member.notTriggered(member.triggersWritten());
        assertThat(member.accepts()).isFalse();
    }
}
