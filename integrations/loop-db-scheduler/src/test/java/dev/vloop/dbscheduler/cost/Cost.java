package dev.vloop.dbscheduler.cost;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.vloop.CutSlots;
import dev.vloop.LoopRuntime;
import dev.vloop.dbscheduler.DbSchedulerCluster;
import dev.vloop.vthreads.VirtualLoops;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;

/**
 * Four loops every second, shared by three instances in one JVM, on PostgreSQL on the same machine, with an empty body. Counts what the
 * instances do on the database in a minute, and how late the slots begin. Argument: how many seconds.
 */
public final class Cost {
    private static final int INSTANCES = 3;
    private static final int LOOPS = 4;
    private static final long WARM_UP = 10_000;

    private final String url;
    private final long millis;
    private final ConcurrentLinkedQueue<Long> late = new ConcurrentLinkedQueue<>();

    private Cost(String url, long millis) {
        this.url = url;
        this.millis = millis;
    }

    /** Starts an instance. */
    private interface Start {
        AutoCloseable instance(String name, DataSource dataSource);
    }

    public static void main(String[] args) throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
            Cost cost = new Cost(postgres.getJdbcUrl("postgres", "postgres"), Long.parseLong(args[0]) * 1_000);
            System.out.println("| | reads per tick | writes per tick | transactions per tick | p50 | p99 | most |");
            System.out.println("|---|---|---|---|---|---|---|");
            cost.measure("loop-db-scheduler, lease 30 s", (name, source) -> cost.vloop(name, source, 30));
            cost.measure("loop-db-scheduler, lease 2 s", (name, source) -> cost.vloop(name, source, 2));
            for (long poll : new long[] {100, 1_000}) {
                cost.measure(
                        "db-scheduler, polling every " + poll + " ms",
                        (name, source) -> cost.plain(name, source, poll));
            }
        }
    }

    private void note(Instant slot) {
        late.add(Duration.between(slot, Instant.now()).toNanos());
    }

    private AutoCloseable vloop(String name, DataSource source, long lease) {
        DbSchedulerCluster cluster = DbSchedulerCluster.builder(source)
                .instance(name)
                .lease(Duration.ofSeconds(lease))
                .createTable()
                .create();
        LoopRuntime loops = VirtualLoops.builder().cluster(cluster).create();
        for (int i = 0; i < LOOPS; i++) {
            loops.loop("loop-" + i)
                    .every(Duration.ofSeconds(1))
                    .oncePerCluster(CutSlots.LET_GO)
                    .start(it -> note(it.scheduledAt()));
        }
        return () -> {
            loops.close();
            cluster.close();
        };
    }

    private AutoCloseable plain(String name, DataSource source, long poll) {
        List<RecurringTask<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < LOOPS; i++) {
            tasks.add(Tasks.recurring("task-" + i, Schedules.cron("* * * * * *"))
                    .execute((instance, context) -> note(context.getExecution().executionTime)));
        }
        Scheduler scheduler = Scheduler.create(source)
                .startTasks(tasks)
                .tableName("vloop_loops")
                .schedulerName(new SchedulerName.Fixed(name))
                .threads(10)
                .pollingInterval(Duration.ofMillis(poll))
                .enableImmediateExecution()
                .build();
        scheduler.start();
        return scheduler::stop;
    }

    private void measure(String what, Start start) throws Exception {
        List<AutoCloseable> open = new ArrayList<>();
        List<CountedDataSource> counted = new ArrayList<>();
        try {
            for (int i = 0; i < INSTANCES; i++) {
                HikariConfig config = new HikariConfig();
                config.setJdbcUrl(url);
                config.setMaximumPoolSize(10);
                HikariDataSource pool = new HikariDataSource(config);
                CountedDataSource source = new CountedDataSource(pool);
                counted.add(source);
                open.add(0, pool);
                open.add(0, start.instance("i" + i, source.dataSource));
            }
            Thread.sleep(WARM_UP);
            late.clear();
            long reads = sum(counted, true);
            long writes = sum(counted, false);
            long transactions = transactions();
            Thread.sleep(millis);
            List<Long> ticks = late.stream().sorted().toList();
            double n = ticks.size();
            reads = sum(counted, true) - reads;
            writes = sum(counted, false) - writes;
            Thread.sleep(1_500); // PostgreSQL's counts come later
            transactions = transactions() - transactions;
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %.1f | %s | %s | %s |%n",
                    what,
                    reads / n,
                    writes / n,
                    transactions / n,
                    text(ticks, 0.5),
                    text(ticks, 0.99),
                    text(ticks, 1));
        } finally {
            for (AutoCloseable one : open) {
                one.close();
            }
        }
        try (Connection connection = java.sql.DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("delete from vloop_loops");
        }
    }

    private static long sum(List<CountedDataSource> all, boolean reads) {
        return all.stream()
                .mapToLong(one -> (reads ? one.reads : one.writes).get())
                .sum();
    }

    private static String text(List<Long> sorted, double part) {
        long nanos = sorted.get(Math.min(sorted.size() - 1, (int) (sorted.size() * part)));
        return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
    }

    private long transactions() throws SQLException {
        try (Connection connection = java.sql.DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "select xact_commit from pg_stat_database where datname = current_database()")) {
            result.next();
            return result.getLong(1);
        }
    }
}
