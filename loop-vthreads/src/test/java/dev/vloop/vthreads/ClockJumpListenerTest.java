package dev.vloop.vthreads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.LoopListener;
import dev.vloop.LoopRuntime;
import dev.vloop.Schedule;
import dev.vloop.spi.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("real-time")
@Timeout(60)
class ClockJumpListenerTest {
    private final Clock host = new Clock();
    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final CountDownLatch ran = new CountDownLatch(1);

    private final LoopListener blocks = new LoopListener() {
        @Override
        public void onClockJump(Duration jump) {
            told.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    };

    @Test
    @DisplayName("R19, R38: a loop on the wall clock hears of a jump while a listener that was told of it blocks")
    void a_listener_that_blocks_keeps_no_loop_from_noticing() throws InterruptedException {
        LoopRuntime loops = VirtualLoops.builder().host(host).listener(blocks).create();
        CountDownLatch waits = new CountDownLatch(1);
        loops.loop("job")
                .schedule(Schedule.once(host.instant().plus(Duration.ofHours(1))))
                .beforeLoop(waits::countDown)
                .start(it -> ran.countDown());
        waits.await();
        Consumer<Duration> watch = host.watch();
        host.offset = Duration.ofHours(2);
        Thread jump = Thread.ofVirtual().start(() -> watch.accept(Duration.ofHours(2)));
        told.await();
        ran.await();
        assertThat(jump.isAlive()).isTrue(); // it is in the listener
        goOn.countDown();
        jump.join();
        loops.close();
    }

    /** The real machine with a wall clock that can be set. */
    private static final class Clock implements Host {
        private static final Host MACHINE = SystemHost.SHARED;

        private final AtomicReference<@Nullable Consumer<Duration>> watch = new AtomicReference<>();
        private final CountDownLatch watched = new CountDownLatch(1);

        volatile Duration offset = Duration.ZERO;

        Consumer<Duration> watch() throws InterruptedException {
            watched.await();
            Consumer<Duration> listener = watch.get();
            assertThat(listener).isNotNull();
            return listener;
        }

        @Override
        public Alarm onClockJump(Consumer<Duration> listener) {
            watch.set(listener);
            watched.countDown();
            return () -> {};
        }

        @Override
        public long nanoTime() {
            return MACHINE.nanoTime();
        }

        @Override
        public Instant instant() {
            return MACHINE.instant().plus(offset);
        }

        @Override
        public RandomGenerator random() {
            return MACHINE.random();
        }

        @Override
        public Thread newThread(String name, Runnable body) {
            return MACHINE.newThread(name, body);
        }

        @Override
        public void interrupt(Thread thread) {
            MACHINE.interrupt(thread);
        }

        @Override
        public void sleepUntil(long deadline) throws InterruptedException {
            MACHINE.sleepUntil(deadline);
        }

        @Override
        public void park(long deadline) {
            MACHINE.park(deadline);
        }

        @Override
        public void unpark(Thread thread) {
            MACHINE.unpark(thread);
        }

        @Override
        public Alarm alarm(long deadline, Runnable action) {
            return MACHINE.alarm(deadline, action);
        }
    }
}
