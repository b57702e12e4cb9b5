package dev.vloop.dbscheduler;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.vloop.CutSlots;
import dev.vloop.LeaseLostException;
import dev.vloop.LoopRuntime;
import dev.vloop.vthreads.VirtualLoops;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("real-time")
@DisplayName("R40: a database that hangs, an empty pool, and one that comes late")
@SuppressWarnings("NullAway") // proxies hand on what may be null
class DatabaseTroubleTest {
    private static final long LIMIT = 60;

    private final HikariDataSource pool = Databases.h2();

    /** What a connection waits for; null while the database is well. */
    private volatile @Nullable CountDownLatch hangs;

    /** Whether the pool has no connection. */
    private volatile boolean empty;

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final CountDownLatch never = new CountDownLatch(1);
    private @Nullable DbSchedulerCluster cluster;
    private @Nullable LoopRuntime loops;

    private DataSource troubled() {
        return (DataSource) Proxy.newProxyInstance(
                DataSource.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("getConnection")) {
                        CountDownLatch latch = hangs;
                        if (latch != null) {
                            latch.await();
                        }
                        if (empty) {
                            throw new SQLException("the pool is empty");
                        }
                    }
                    try {
                        return method.invoke(pool, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    /** A loop whose first body waits for ever. */
    private void start() {
        cluster = DbSchedulerCluster.builder(troubled())
                .instance("a")
                .lease(Duration.ofSeconds(1))
                .createTable()
                .create();
        loops = VirtualLoops.builder().cluster(cluster).create();
        loops.loop("job")
                .every(Duration.ofMillis(200))
                .oncePerCluster(CutSlots.LET_GO)
                .onFailure(failure -> events.add(failure.cause() instanceof LeaseLostException ? "lost" : "failed"))
                .start(it -> {
                    events.add("began");
                    if (it.index() == 0) {
                        never.await();
                    }
                });
    }

    private String next() throws InterruptedException {
        return String.valueOf(events.poll(LIMIT, TimeUnit.SECONDS));
    }

    @AfterEach
    void close() {
        CountDownLatch latch = hangs;
        if (latch != null) {
            latch.countDown();
        }
        if (loops != null) {
            loops.close();
        }
        if (cluster != null) {
            cluster.close();
        }
        pool.close();
    }

    @Test
    void a_body_is_interrupted_when_the_database_hangs_and_the_loop_goes_on_after_that() throws InterruptedException {
        start();
        assertThat(next()).isEqualTo("began");
        CountDownLatch latch = new CountDownLatch(1);
        hangs = latch;
        assertThat(next()).isEqualTo("lost");
        hangs = null;
        latch.countDown();
        assertThat(next()).isEqualTo("began");
    }

    @Test
    void a_body_is_interrupted_when_the_pool_is_empty_and_the_loop_goes_on_after_that() throws InterruptedException {
        start();
        assertThat(next()).isEqualTo("began");
        empty = true;
        assertThat(next()).isEqualTo("lost");
        empty = false;
        assertThat(next()).isEqualTo("began");
    }

    @Test
    void a_database_that_comes_late_is_found() throws InterruptedException {
        empty = true;
        start();
        assertThat(events.poll(1, TimeUnit.SECONDS)).isNull();
        empty = false;
        assertThat(next()).isEqualTo("began");
    }
}
