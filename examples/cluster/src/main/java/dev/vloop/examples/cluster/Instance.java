package dev.vloop.examples.cluster;

import dev.vloop.CutSlots;
import dev.vloop.Iteration;
import dev.vloop.LoopRuntime;
import dev.vloop.MissedSlots;
import dev.vloop.dbscheduler.DbSchedulerCluster;
import dev.vloop.vthreads.VirtualLoops;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Locale;
import org.h2.jdbcx.JdbcConnectionPool;

/** One instance of the bot, a process of its own. Arguments: its name and the database. */
public final class Instance {
    private final String name;
    private final JdbcConnectionPool pool;

    private Instance(String name, JdbcConnectionPool pool) {
        this.name = name;
        this.pool = pool;
    }

    public static void main(String[] args) throws InterruptedException {
        Instance instance = new Instance(args[0], JdbcConnectionPool.create(args[1], "", ""));
        DbSchedulerCluster cluster = DbSchedulerCluster.builder(instance.pool)
                .instance(args[0])
                .lease(Duration.ofSeconds(2))
                .createTable()
                .create();
        LoopRuntime loops = VirtualLoops.builder().cluster(cluster).create();
        loops.shutdownOnExit(Duration.ofSeconds(2), cluster::close);
        for (CutSlots cut : CutSlots.values()) {
            loops.loop(cut == CutSlots.LET_GO ? "digest" : "cleanup")
                    .every(Duration.ofSeconds(1))
                    .missed(MissedSlots.RUN_ALL)
                    .oncePerCluster(cut)
                    .start(instance::work);
        }
        loops.join();
    }

    private void work(Iteration it) throws Exception {
        System.out.printf(
                Locale.ROOT,
                "%s  %-8s %tT%s%n",
                name,
                it.loop().name(),
                it.scheduledAt().atZone(ZoneOffset.UTC),
                it.mayHaveBegun() ? "  once more, its instance died" : "");
        write("insert into work(loop, slot, instance, token) values(?, ?, ?, ?)", it, name);
        it.sleep(Duration.ofMillis(400));
        write("update work set done = true where loop = ? and slot = ? and instance = ? and token = ?", it, name);
    }

    private void write(String sql, Iteration it, String instance) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, it.loop().name());
            statement.setObject(2, it.scheduledAt().atOffset(ZoneOffset.UTC));
            statement.setString(3, instance);
            statement.setLong(4, it.token());
            statement.executeUpdate();
        }
    }
}
