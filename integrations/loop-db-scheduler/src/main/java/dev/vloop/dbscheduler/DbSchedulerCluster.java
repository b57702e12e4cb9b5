package dev.vloop.dbscheduler;

import com.github.kagkarlsson.scheduler.CurrentlyExecuting;
import com.github.kagkarlsson.scheduler.Scheduler;
import dev.vloop.spi.Cluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A cluster on the program's own database, by <a href="https://github.com/kagkarlsson/db-scheduler">db-scheduler</a>: one row for each loop,
 * which one instance picks at a time.
 *
 * <pre>{@code
 * Cluster cluster = DbSchedulerCluster.builder(dataSource).instance("bot-1").lease(Duration.ofSeconds(30)).create();
 * LoopRuntime loops = VirtualLoops.builder().cluster(cluster).create();
 * }</pre>
 *
 * <p>It can be made while the database is away, and goes on when the database is there. All times are the database's. The data source needs
 * time limits of its own that are shorter than the lease: for a connection of the pool, and for an answer of the database (with PostgreSQL,
 * {@code socketTimeout}). Without them a database that hangs holds up the next slots for as long as the operating system waits; a body that
 * runs is interrupted in any case when its lease is over.
 *
 * <p>Close the runtime first, then the cluster, and then the pool. All methods may be called from any thread.
 */
public final class DbSchedulerCluster implements Cluster {
    private final String instance;
    private final Duration lease;
    private final DatabaseClock clock = new DatabaseClock();

    /** The runs that have joined, by the id of their rows. */
    private final Map<String, LoopMember> members = new ConcurrentHashMap<>();

    private volatile boolean closed;

    private final Keeper keeper;
    private final LeaseWatch watch;
    private final Changes changes;

    private DbSchedulerCluster(Builder settings) {
        instance = settings.instance;
        lease = settings.lease;
        keeper = new Keeper(this, settings.dataSource, settings.table, settings.createTable);
        watch = new LeaseWatch(this);
        changes = new Changes(this);
    }

    /**
     * Begins to define a cluster.
     *
     * @param dataSource a pool; each instance needs two connections, and one more for each loop that runs at the same time
     * @return a builder
     */
    public static Builder builder(DataSource dataSource) {
        return new Builder(Objects.requireNonNull(dataSource, "dataSource must not be null"));
    }

    /** The settings of a cluster. Used by one thread. */
    public static final class Builder {
        private static final Duration SHORTEST = Duration.ofSeconds(1);

        /** What db-scheduler stores of a name. */
        private static final int LONGEST_NAME = 50;

        private static final Pattern TABLE = Pattern.compile("\\w+(\\.\\w+)?");

        private final DataSource dataSource;
        private String instance = UUID.randomUUID().toString();
        private Duration lease = Duration.ofSeconds(30);
        private String table = "vloop_loops";
        private boolean createTable;

        private Builder(DataSource dataSource) {
            this.dataSource = dataSource;
        }

        /**
         * Names this instance. No two instances that live have the same name. Unless said, it has a random one.
         *
         * @param name not blank, at most 50 characters
         * @return this builder
         * @throws IllegalArgumentException if it is blank or too long
         */
        public Builder instance(String name) {
            Objects.requireNonNull(name, "instance must not be null");
            if (name.isBlank() || name.length() > LONGEST_NAME) {
                throw new IllegalArgumentException(
                        "instance must not be blank and have at most 50 characters, but is '" + name + "'");
            }
            instance = name;
            return this;
        }

        /**
         * Sets for how long an instance that is not heard of keeps the slot that it runs; 30 s unless said. The lease is renewed four times as
         * often. When an instance has died, others take its slot over within one and a half leases.
         *
         * @param length at least 1 s, longer than any pause of a JVM, and the same on all instances
         * @return this builder
         * @throws IllegalArgumentException if it is shorter than 1 s
         */
        public Builder lease(Duration length) {
            Objects.requireNonNull(length, "lease must not be null");
            if (length.compareTo(SHORTEST) < 0) {
                throw new IllegalArgumentException("lease must be at least PT1S, but is " + length);
            }
            lease = length;
            return this;
        }

        /**
         * Names the table; {@code vloop_loops} unless said. It has the columns of db-scheduler's table. Use one of its own: a db-scheduler that
         * does not know the loops would delete their rows after some days.
         *
         * @param name a name, or a schema and a name
         * @return this builder
         * @throws IllegalArgumentException if it is no such name
         */
        public Builder table(String name) {
            if (!TABLE.matcher(Objects.requireNonNull(name, "table must not be null"))
                    .matches()) {
                throw new IllegalArgumentException("table must be a name, but is '" + name + "'");
            }
            table = name;
            return this;
        }

        /**
         * Makes the table when the cluster first finds the database, unless it is there: on PostgreSQL, H2, MariaDB and MySQL. Else run the
         * script {@code dev/vloop/dbscheduler/table-postgresql.sql} of the jar, or its like.
         *
         * @return this builder
         */
        public Builder createTable() {
            createTable = true;
            return this;
        }

        /** {@return this instance's part of the cluster, which looks for the database from now on} */
        public DbSchedulerCluster create() {
            DbSchedulerCluster cluster = new DbSchedulerCluster(this);
            cluster.keeper.start();
            cluster.watch.start();
            return cluster;
        }
    }

    // ---- for the parts of the cluster

    DatabaseClock clock() {
        return clock;
    }

    LeaseWatch watch() {
        return watch;
    }

    /** {@return null before the database was found} */
    @Nullable
    Scheduler scheduler() {
        return keeper.scheduler();
    }

    Duration lease() {
        return lease;
    }

    List<LoopMember> members() {
        return List.copyOf(members.values());
    }

    /** {@return the ids of the rows that the loops of this instance would take now} */
    List<String> accepted() {
        List<String> ids = new ArrayList<>();
        for (LoopMember member : members.values()) {
            if (member.accepts()) {
                ids.add(member.id);
            }
        }
        return ids;
    }

    @Nullable
    LoopMember find(String id) {
        return members.get(id);
    }

    /** {@return what db-scheduler runs now} */
    List<CurrentlyExecuting> executing() {
        Scheduler scheduler = scheduler();
        return scheduler == null ? List.of() : scheduler.getCurrentlyExecuting();
    }

    /** {@return whether a claim of this instance may have been taken over} */
    boolean isLeaseOver(long token, String id) {
        return executing().stream()
                .filter(one -> one.getExecution().version == token
                        && one.getTaskInstance().getId().equals(id))
                .allMatch(one -> one.getHeartbeatState().getFractionDead() >= 1);
    }

    /** A run would take a row now: db-scheduler is to look. */
    void look() {
        Scheduler scheduler = scheduler();
        if (scheduler != null) {
            scheduler.triggerCheckForDueExecutions();
        }
    }

    /** Reads the rows soon, rather than when it is time. */
    void readRows() {
        keeper.wake();
    }

    /** The next slot of a loop is another one, and is to be waited for. */
    void slotsMoved() {
        keeper.slotsMoved();
    }

    void lookAtChanges() {
        changes.make();
    }

    void leave(LoopMember member) {
        members.remove(member.id, member);
    }

    // ---- for the engine

    @Override
    public String instance() {
        return instance;
    }

    @Override
    public Member join(Candidate candidate) {
        if (closed) {
            throw new IllegalStateException(this + " is closed: close it after the runtime");
        }
        LoopMember member = new LoopMember(this, candidate);
        if (members.putIfAbsent(member.id, member) != null) {
            throw new IllegalStateException(
                    "a loop '" + candidate.name() + "' runs on " + this + " already, in another runtime");
        }
        keeper.wake();
        return member;
    }

    @Override
    public void close() {
        closed = true;
        watch.close();
        changes.close();
        keeper.close();
    }

    @Override
    public String toString() {
        return "cluster instance '" + instance + "'";
    }
}
