package dev.vloop.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
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
        assertThat(ended[0]).isEqualTo(REAL_MILLIS * 1_000_000);
        // the JDK looks at its clock once more before it waits, and a busy machine may be slow to get from there to the
        // wait
        assertThat(ended[1] % 1_000_000).isZero();
        assertThat(ended[1]).isBetween(REAL_MILLIS / 2 * 1_000_000, REAL_MILLIS * 1_000_000);
    }

    /** The JDK ends many of these waits before anybody can look at the thread, some even before it has left the carrier. */
    @Test
    void a_timed_wait_that_is_over_at_once_takes_its_virtual_time() {
        if (!KNOWS_TIMEOUTS) {
            return;
        }
        long[] ended = {0, 0};
        start("parks", () -> {
            for (int i = 0; i < 1_000; i++) {
                LockSupport.parkNanos(1);
            }
            ended[0] = host.nanoTime();
        });
        start("waits", () -> {
            Object monitor = new Object();
            for (int i = 0; i < 20; i++) {
                synchronized (monitor) {
                    monitor.wait(1);
                }
            }
            ended[1] = host.nanoTime();
        });
        advance(5);
        assertThat(ended).containsExactly(S, 20_000_000);
    }

    /** The thread of the JDK that ends a timed wait may be slow: others have let the waiting thread go on, which waits again by then. */
    @Test
    void a_thread_that_the_jdk_submits_late_waits_on() throws Exception {
        if (!KNOWS_TIMEOUTS) {
            return;
        }
        long[] ended = {0};
        Thread over = start("short", () -> log("short"));
        Thread waits = start("waits", () -> {
            Thread.sleep(20);
            ended[0] = host.nanoTime();
        });
        settle();
        submitAgain(over);
        submitAgain(waits);
        settle();
        assertThat(host.liveThreads()).isEqualTo(1);
        advance(1);
        assertThat(ended).containsExactly(20_000_000);
    }

    private static void submitAgain(Thread thread) throws Exception {
        Executor scheduler = (Executor) fieldOf(thread, "scheduler");
        Runnable task = (Runnable) fieldOf(thread, "runContinuation");
        Thread slow = Thread.ofPlatform().name(RealWaits.ENDS_WAITS + "-slow").start(() -> scheduler.execute(task));
        slow.join();
    }

    private static Object fieldOf(Thread thread, String name) throws Exception {
        Field field = thread.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(thread);
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
