package dev.vloop.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Timed waits of the JDK in the exact engine. They take real time, and keep their place in virtual time. */
@Tag("exact")
class ExactRealWaitTest extends HostFixture {
    /** Before JDK 24 the JDK does not tell how long a thread waits. */
    private static final boolean KNOWS_TIMEOUTS = Runtime.version().feature() >= 24;

    /** So long that a busy machine looks at a thread before its wait is over. */
    private static final long REAL_MILLIS = 250;

    /** Keeps {@link #compute} from being optimized away. */
    private volatile long computed;

    @Override
    VirtualHost create(HostSettings settings) {
        return exact(settings);
    }

    @Test
    void real_waits_are_kept_in_order_and_reported() {
        start("real", () -> {
            Thread.sleep(30);
            log("real");
        });
        start("virtual", () -> {
            sleep(1);
            log("virtual");
        });
        advance(2);
        assertThat(log).hasSize(2).first().asString().endsWith(" real");
        assertThat(host.realWaits()).first().satisfies(wait -> {
            assertThat(wait.thread()).isEqualTo("real");
            assertThat(wait.stack()).anyMatch(frame -> frame.getMethodName().equals("sleep"));
        });
    }

    /** The JDK tells a little less than the length of a wait: what is left of it. */
    @Test
    void a_timed_wait_ends_neither_early_nor_late_in_virtual_time() {
        if (!KNOWS_TIMEOUTS) {
            return;
        }
        long[] ended = {0, 0};
        start("sleeps", () -> {
            Thread.sleep(REAL_MILLIS);
            ended[0] = host.nanoTime();
        });
        start("waits", () -> {
            assertThatThrownBy(() -> new CompletableFuture<>().get(REAL_MILLIS, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
            ended[1] = host.nanoTime();
        });
        advance(1);
        assertThat(ended).containsOnly(REAL_MILLIS * 1_000_000);
    }

    @Test
    void a_wait_for_the_network_that_is_over_before_anybody_looks_takes_no_virtual_time() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            silent.setSoTimeout(20);
            Thread reader = start("reader", () -> {
                assertThatThrownBy(silent::accept).isInstanceOf(SocketTimeoutException.class);
                log.add("ended at " + host.nanoTime());
            });
            start("busy", () -> computeUntilOver(reader));
            advance(1);
            assertThat(log).containsExactly("ended at 0");
        }
    }

    @Test
    void a_real_wait_may_be_over_before_its_virtual_time_comes() {
        Thread real = start("real", () -> {
            Thread.sleep(20);
            log("real");
        });
        start("busy", () -> {
            computeUntilOver(real);
            log("busy");
        });
        start("virtual", () -> {
            sleep(1);
            log("virtual");
        });
        advance(2);
        assertThat(log).containsExactly("0 busy", "0 real", "1 virtual");
    }

    /** The JDK submits the thread once. When it is interrupted after that, the JDK does not submit it again. */
    @Test
    void a_close_frees_a_thread_whose_timed_wait_is_over_in_real_time_alone() {
        Thread napper = start("napper", () -> Thread.sleep(REAL_MILLIS));
        start("busy", () -> computeUntilOver(napper));
        settle();
        assertThat(host.liveThreads()).isEqualTo(KNOWS_TIMEOUTS ? 1 : 0);
        assertThat(host.close()).isEmpty();
    }

    /** While the interrupter computes, the JDK often ends the wait. The interrupt must count at its own virtual time all the same. */
    @Test
    void an_interrupt_is_heeded_at_once_by_a_thread_whose_timed_wait_is_over_in_real_time() {
        long[] late = {0};
        start("interrupter", () -> {
            for (int i = 0; i < 1_000; i++) {
                long begin = host.nanoTime();
                Thread napper = Thread.ofVirtual().start(() -> {
                    try {
                        Thread.sleep(Duration.ofNanos(1_000));
                    } catch (InterruptedException e) {
                        late[0] += host.nanoTime() - begin;
                    }
                });
                Thread.yield(); // until it sleeps
                compute();
                napper.interrupt();
                napper.join();
            }
            log("done");
        });
        advance(1);
        assertThat(log).containsExactly("0 done");
        assertThat(late[0]).isZero();
    }

    /** Keeps the carrier until the JDK ends a thread's timed wait. */
    private static void computeUntilOver(Thread waiting) {
        while (waiting.getState() != Thread.State.RUNNABLE) {
            Thread.onSpinWait();
        }
    }

    private void compute() {
        for (int i = 0; i < 100_000; i++) {
            computed = computed * 31 + i;
        }
    }
}
