package dev.vloop.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A body that is blocked by a thread outside, such as one of another test, goes on before time moves. */
@Tag("exact")
class ExactStrangerTest extends HostFixture {
    static final CountDownLatch INITIALIZES = new CountDownLatch(1);

    /** The host whose time must not move while the class below is initialized. */
    static volatile @Nullable VirtualHost initializing;

    @Override
    VirtualHost create(HostSettings settings) {
        return exact(settings);
    }

    /** A stranger keeps what it has until the pump waits for it, or until time has moved, as it must not. */
    private static void keepUntilAwaited(VirtualHost of) {
        while (!(LockSupport.getBlocker(of.testThread()) instanceof Elsewhere) && of.nanoTime() == 0) {
            Thread.onSpinWait();
        }
    }

    private interface Part {
        void run() throws InterruptedException;
    }

    /** Runs it on a thread that is not of the test. Returns when the latch says that the thread has what it is to have. */
    private static Thread stranger(CountDownLatch has, Part part) throws InterruptedException {
        Thread stranger = new Thread(() -> {
            try {
                part.run();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        stranger.start();
        has.await();
        return stranger;
    }

    @Test
    void time_waits_for_a_monitor_that_a_stranger_has() throws InterruptedException {
        if (!LockOwners.FOUND.tellsMonitors()) {
            return; // before JDK 24 the carrier waits too, and on 24 nobody tells
        }
        Object monitor = new Object();
        CountDownLatch has = new CountDownLatch(1);
        Thread stranger = stranger(has, () -> {
            synchronized (monitor) {
                has.countDown();
                keepUntilAwaited(host);
            }
        });
        start("contender", () -> {
            synchronized (monitor) {
                log("entered");
            }
        });
        advance(1);
        stranger.join();
        assertThat(log).containsExactly("0 entered");
    }

    @Test
    void time_waits_for_a_lock_that_a_stranger_has() throws InterruptedException {
        ReentrantLock lock = new ReentrantLock();
        CountDownLatch has = new CountDownLatch(1);
        Thread stranger = stranger(has, () -> {
            lock.lock();
            try {
                has.countDown();
                keepUntilAwaited(host);
            } finally {
                lock.unlock();
            }
        });
        start("contender", () -> {
            lock.lock();
            try {
                log("entered");
            } finally {
                lock.unlock();
            }
        });
        advance(1);
        stranger.join();
        assertThat(log).containsExactly("0 entered");
        assertThat(host.outsideWakes()).isEmpty(); // its time was no chance
    }

    /** Is initialized by a stranger. */
    static final class Initialized {
        static final String VALUE = initialize();

        private Initialized() {}

        private static String initialize() {
            INITIALIZES.countDown();
            keepUntilAwaited(Objects.requireNonNull(initializing));
            return "";
        }
    }

    @Test
    void time_waits_for_a_class_that_a_stranger_initializes() throws InterruptedException {
        if (Runtime.version().feature() < 26) {
            return; // there the carrier waits too
        }
        initializing = host;
        Thread stranger =
                stranger(INITIALIZES, () -> assertThat(Initialized.VALUE).isEmpty());
        start("contender", () -> {
            assertThat(Initialized.VALUE).isEmpty();
            log("entered");
        });
        advance(1);
        stranger.join();
        assertThat(log).containsExactly("0 entered");
    }

    @Test
    void time_does_not_wait_for_ever_for_a_stranger() throws InterruptedException {
        host.close();
        host = create(settings().withPatience(Duration.ofMillis(50)));
        ReentrantLock lock = new ReentrantLock();
        CountDownLatch has = new CountDownLatch(1);
        CountDownLatch moved = new CountDownLatch(1);
        Thread stranger = stranger(has, () -> {
            lock.lock();
            try {
                has.countDown();
                moved.await();
            } finally {
                lock.unlock();
            }
        });
        start("contender", () -> {
            lock.lock();
            try {
                log("entered");
            } finally {
                lock.unlock();
            }
        });
        advance(1);
        moved.countDown();
        stranger.join();
        advance(1);
        assertThat(log).containsExactly("1 entered");
    }

    @Test
    @Timeout(20)
    void a_lock_that_the_test_itself_has_does_not_hold_time() {
        host.close();
        host = create(settings().withPatience(Duration.ofDays(1)));
        ReentrantLock lock = new ReentrantLock();
        start("contender", () -> {
            lock.lock();
            try {
                log("entered");
            } finally {
                lock.unlock();
            }
        });
        lock.lock();
        try {
            advance(1);
        } finally {
            lock.unlock();
        }
        advance(1);
        assertThat(log).containsExactly("1 entered");
    }
}
