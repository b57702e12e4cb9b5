package dev.vloop.dbscheduler.faults;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.vloop.CutSlots;
import dev.vloop.Iteration;
import dev.vloop.LoopRuntime;
import dev.vloop.MissedSlots;
import dev.vloop.Schedule;
import dev.vloop.dbscheduler.DbSchedulerCluster;
import dev.vloop.vthreads.VirtualLoops;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * One instance: a process with eight loops, each of which writes to the database when its body begins and when it ends. Arguments: its name,
 * the database, and the lease in milliseconds.
 */
public final class Instance {
    private final HikariDataSource pool;
    private final String name;

    private Instance(String name, String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url + "&socketTimeout=2&connectTimeout=1");
        config.setMaximumPoolSize(16);
        config.setConnectionTimeout(1_500);
        config.setInitializationFailTimeout(-1);
        pool = new HikariDataSource(config);
        this.name = name;
    }

    public static void main(String[] args) throws Exception {
        Instance instance = new Instance(args[0], args[1]);
        DbSchedulerCluster cluster = DbSchedulerCluster.builder(instance.pool)
                .instance(args[0])
                .lease(Duration.ofMillis(Long.parseLong(args[2])))
                .createTable()
                .create();
        LoopRuntime loops = VirtualLoops.builder().cluster(cluster).create();
        loops.shutdownOnExit(Duration.ofSeconds(5), cluster::close);
        for (CutSlots cut : CutSlots.values()) {
            instance.start(loops, cut, "second", Schedule.every(Duration.ofSeconds(1)), MissedSlots.RUN_ALL);
            instance.start(loops, cut, "times", everyFive(), MissedSlots.RUN_ALL);
            instance.start(loops, cut, "once", everyFive(), MissedSlots.RUN_ONCE);
            instance.start(loops, cut, "skip", everyFive(), MissedSlots.SKIP);
        }
        loops.join();
    }

    private static Schedule everyFive() {
        LocalTime[] times = IntStream.range(0, 24 * 3_600 / 5)
                .mapToObj(i -> LocalTime.ofSecondOfDay(i * 5L))
                .toArray(LocalTime[]::new);
        return Schedule.dailyAt(ZoneOffset.UTC, times);
    }

    private void start(LoopRuntime loops, CutSlots cut, String kind, Schedule schedule, MissedSlots missed) {
        loops.loop(kind + "-" + cut.name().toLowerCase(Locale.ROOT))
                .schedule(schedule)
                .missed(missed)
                .oncePerCluster(cut)
                .continueOn(Exception.class)
                .maxAttempts(1)
                .start(this::body);
    }

    private void body(Iteration it) throws InterruptedException {
        long id = untilDone(() -> begin(it));
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(100, 500));
            untilDone(() -> end(id, "done"));
        } catch (InterruptedException e) {
            tryToEndCut(id);
            throw e;
        }
    }

    private interface Statement<T> {
        T execute() throws SQLException;
    }

    /**
     * Executes a statement again and again while the database is away. Otherwise the body would fail, its slot would have its end with that
     * failure, and nobody would run it again: only a slot that is cut is run again.
     *
     * @throws InterruptedException when the lease is lost
     */
    private static <T> T untilDone(Statement<T> statement) throws InterruptedException {
        for (; ; ) {
            try {
                return statement.execute();
            } catch (SQLException e) {
                Thread.sleep(20);
            }
        }
    }

    private long begin(Iteration it) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into tick(loop, slot, instance, pid, token, again) values(?, ?, ?, ?, ?, ?)"
                                + " on conflict (loop, token, pid) do update set again = excluded.again returning id")) {
            insert.setString(1, it.loop().name());
            insert.setObject(2, it.scheduledAt().atOffset(ZoneOffset.UTC));
            insert.setString(3, name);
            insert.setLong(4, ProcessHandle.current().pid());
            insert.setLong(5, it.token());
            insert.setBoolean(6, it.mayHaveBegun());
            try (ResultSet result = insert.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        }
    }

    /** Once, as the interrupt does not come a second time. What has no end counts as cut, too. */
    private void tryToEndCut(long id) {
        try {
            end(id, "cut");
        } catch (SQLException e) {
            System.err.println("tick " + id + " was cut and could not say so: " + e);
        }
    }

    private int end(long id, String how) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement update = connection.prepareStatement(
                        "update tick set ended = clock_timestamp(), how = ? where id = ?")) {
            update.setString(1, how);
            update.setLong(2, id);
            return update.executeUpdate();
        }
    }
}
