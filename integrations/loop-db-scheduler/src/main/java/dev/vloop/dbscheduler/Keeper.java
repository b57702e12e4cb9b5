package dev.vloop.dbscheduler;

import static java.util.Objects.requireNonNull;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the database and starts db-scheduler on it. From then on it reads the database's clock and the loops' rows four times in a lease
 * or more often, makes rows for loops that have none, and lets db-scheduler look when a slot comes. Its thread is the only one that does so.
 */
final class Keeper {
    /** How many rows db-scheduler may pick at a time: all. Each is run on a virtual thread of its own. */
    private static final int THREADS = 10_000;

    /** In case that all else fails to make db-scheduler look. */
    private static final Duration POLL = Duration.ofSeconds(10);

    private static final Duration LONGEST_READING = Duration.ofMillis(100);

    private final DbSchedulerCluster cluster;
    private final DataSource dataSource;
    private final String table;
    private final boolean createTable;
    private final Thread thread;

    /** Whether the rows are to be read now. */
    private final AtomicBoolean woken = new AtomicBoolean();

    /** Null before the database was found. */
    private volatile @Nullable Scheduler scheduler;

    private volatile boolean closed;

    // What follows is the thread's own.

    private final Trouble trouble;

    private @Nullable Dialect dialect;
    private @Nullable AcceptedLoops jdbc;

    /** Whether the last look at the database failed. */
    private boolean away;

    Keeper(DbSchedulerCluster cluster, DataSource dataSource, String table, boolean createTable) {
        this.cluster = cluster;
        this.dataSource = dataSource;
        this.table = table;
        this.createTable = createTable;
        trouble = new Trouble(cluster.toString(), table);
        thread = Thread.ofPlatform().daemon().name("vloop-cluster-keeper").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    @Nullable
    Scheduler scheduler() {
        return scheduler;
    }

    /** The rows are read now, rather than when it is time. */
    void wake() {
        woken.set(true);
        LockSupport.unpark(thread);
    }

    /** The thread waits for another slot than it thinks. */
    void slotsMoved() {
        LockSupport.unpark(thread);
    }

    void close() {
        closed = true;
        LockSupport.unpark(thread);
        Scheduler running = scheduler;
        if (running != null) {
            running.stop();
        }
    }

    /** {@return how long until the rows are read again} What an instance tells of a loop is not older than that. */
    static Duration pause(Duration lease) {
        Duration heartbeat = lease.dividedBy(4);
        return heartbeat.compareTo(POLL) < 0 ? heartbeat : POLL;
    }

    private void run() {
        long pause = pause(cluster.lease()).toNanos();
        while (!closed) {
            woken.set(false);
            long began = System.nanoTime();
            try {
                away = true;
                keep();
                away = false;
                trouble.over();
            } catch (Throwable e) { // also a lack of memory: nobody else would go on with the work of this thread
                if (!closed) {
                    trouble.tell(e);
                }
            }
            waitUntil(began + (away ? Math.min(pause, 500_000_000L) : pause));
        }
    }

    /** Waits until the rows are to be read, and lets db-scheduler look when a slot comes meanwhile. */
    private void waitUntil(long time) {
        for (; ; ) {
            long left = time - System.nanoTime();
            if (closed || woken.get() || left <= 0) {
                return;
            }
            Instant now = cluster.clock().now();
            Instant next = null;
            for (LoopMember member : cluster.members()) {
                Instant due = member.due;
                if (due != null && !member.held && due.isAfter(now) && (next == null || due.isBefore(next))) {
                    next = due;
                }
            }
            long untilNext = next == null || next.isAfter(now.plus(cluster.lease()))
                    ? Long.MAX_VALUE
                    : Duration.between(now, next).toNanos();
            LockSupport.parkNanos(this, Math.min(left, untilNext));
            if (next != null && !cluster.clock().now().isBefore(next)) {
                cluster.look();
            }
        }
    }

    private void keep() throws SQLException {
        if (scheduler == null) {
            try (Connection connection = dataSource.getConnection()) {
                Dialect found = Dialect.of(connection);
                dialect = found;
                if (createTable) {
                    found.createTable(connection, table);
                    commit(connection);
                }
            }
        }
        readRows();
        if (scheduler == null && !closed) {
            Scheduler started = startScheduler();
            scheduler = started;
            if (closed) { // meanwhile: whoever closed has not seen it
                started.stop();
                return;
            }
            makeRows(Set.of());
        }
        cluster.lookAtChanges();
    }

    private static void commit(Connection connection) throws SQLException {
        if (!connection.getAutoCommit()) {
            connection.commit();
        }
    }

    private void readRows() throws SQLException {
        Dialect found = requireNonNull(dialect);
        AcceptedLoops mapping = jdbc;
        if (mapping == null) {
            jdbc = mapping = new AcceptedLoops(dataSource, found.isZoneless(), cluster::accepted);
        }
        // Counted first: what is written from now on may not be in what is read.
        Map<LoopMember, Long> written = new HashMap<>();
        for (LoopMember member : cluster.members()) {
            written.put(member, member.triggersWritten());
        }
        Set<String> ids = new HashSet<>();
        boolean due = false;
        try (Connection connection = dataSource.getConnection()) {
            try (Statement statement = connection.createStatement()) {
                long before = System.nanoTime();
                Instant time = found.now(statement);
                long longest =
                        Math.max(LONGEST_READING.toNanos(), cluster.lease().toNanos() / 20);
                cluster.clock().set(time, before, System.nanoTime(), longest);
            }
            try (PreparedStatement select =
                    connection.prepareStatement("select * from " + table + " where task_name = ?")) {
                select.setString(1, LoopTask.NAME);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        String id = rows.getString("task_instance");
                        ids.add(id);
                        due |= heardUnlessBroken(id, rows, mapping, written);
                    }
                }
            }
            commit(connection);
        }
        if (scheduler != null) {
            makeRows(ids);
            if (due) {
                cluster.look();
            }
        }
    }

    /** What is wrong with one row must not keep the others from being read. */
    private boolean heardUnlessBroken(String id, ResultSet rows, AcceptedLoops mapping, Map<LoopMember, Long> written)
            throws SQLException {
        try {
            return heard(id, rows, mapping, written);
        } catch (RuntimeException e) {
            trouble.tellRow(id, e);
            return false;
        }
    }

    /**
     * {@return whether this instance would take the row now}
     *
     * @param written how many triggers of each member had been written before the rows were read
     */
    private boolean heard(String id, ResultSet rows, AcceptedLoops mapping, Map<LoopMember, Long> written)
            throws SQLException {
        LoopMember member = cluster.find(id);
        if (member == null) {
            return false;
        }
        LoopMember.Claim claim = member.claim();
        long version = rows.getLong("version");
        LoopRow row = new LoopRows().deserialize(LoopRow.class, mapping.getTaskData(rows, "task_data"));
        boolean picked = rows.getBoolean("picked");
        if (claim != null) {
            if (version > claim.turn.token() && !claim.answer.isDone()) {
                member.lost(claim.turn.token());
            }
            return false; // it knows more than was read
        }
        Long before = written.get(member);
        if (row.triggered() == null && before != null) {
            member.notTriggered(before);
        }
        member.heard(row, picked ? rows.getString("picked_by") : null, version);
        return !picked && member.accepts() && !row.due().isAfter(cluster.clock().now());
    }

    private void makeRows(Set<String> there) {
        Scheduler running = scheduler;
        for (LoopMember member : cluster.members()) {
            if (running != null && !there.contains(member.id)) {
                Instant start = cluster.clock().now().plus(member.candidate.initialDelay());
                LoopRow row = LoopRow.first(start, member.candidate.cut());
                running.scheduleIfNotExists(new LoopTask(cluster).instance(member.id, row), row.due());
            }
        }
    }

    private Scheduler startScheduler() {
        Duration heartbeat = cluster.lease().dividedBy(4);
        ThreadFactory threads =
                Thread.ofPlatform().daemon().name("vloop-cluster-", 0).factory();
        Scheduler started = Scheduler.create(dataSource, new LoopTask(cluster))
                .schedulerName(new SchedulerName.Fixed(cluster.instance()))
                .tableName(table)
                .serializer(new LoopRows())
                .clock(cluster.clock())
                .jdbcCustomization(requireNonNull(jdbc))
                .threads(THREADS)
                .executorService(Executors.newThreadPerTaskExecutor(
                        Thread.ofVirtual().name("vloop-cluster-claim-", 0).factory()))
                .dueExecutor(Executors.newSingleThreadExecutor(threads))
                .housekeeperExecutor(Executors.newScheduledThreadPool(2, threads))
                .heartbeatInterval(heartbeat)
                .missedHeartbeatsLimit(4)
                .pollingInterval(POLL)
                .enableImmediateExecution()
                .deleteUnresolvedAfter(Duration.ofDays(100_000))
                .commitWhenAutocommitDisabled(true) // the pool is the program's own, and may be set so
                .shutdownMaxWait(cluster.lease().dividedBy(2))
                .addSchedulerListener(cluster.watch())
                .build();
        started.start();
        return started;
    }
}
