package dev.vloop.examples.cluster;

// region bot
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.vloop.CutSlots;
import dev.vloop.LoopRuntime;
import dev.vloop.dbscheduler.DbSchedulerCluster;
import dev.vloop.vthreads.VirtualLoops;
import java.time.Duration;
import java.util.Objects;

public final class Bot {
    public static void main(String[] args) throws InterruptedException {
        String name = Objects.requireNonNull(System.getenv("BOT_NAME"), "set BOT_NAME"); // for example the pod's name
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(Objects.requireNonNull(System.getenv("BOT_DATABASE"), "set BOT_DATABASE"));
        config.setConnectionTimeout(5_000);
        HikariDataSource pool = new HikariDataSource(config);

        DbSchedulerCluster cluster = DbSchedulerCluster.builder(pool)
                .instance(name) // without this line a random one
                .lease(Duration.ofSeconds(30))
                .createTable() // vloop_loops, unless it exists
                .create();
        LoopRuntime loops = VirtualLoops.builder().cluster(cluster).create();
        loops.shutdownOnExit(Duration.ofSeconds(20), cluster::close);

        loops.loop("digest")
                .every(Duration.ofSeconds(10))
                .oncePerCluster(CutSlots.LET_GO)
                .start(it -> System.out.println(name + " runs " + it.scheduledAt()));
        loops.join();
    }
}
// end region
