package dev.vloop.deep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.testkit.LoopTest;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.DelayQueue;
import java.util.concurrent.Delayed;
import java.util.concurrent.Exchanger;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.PriorityBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.StampedLock;

/** Timed waits of the JDK take virtual time. */
@SuppressWarnings({"WaitNotInLoop", "JavaUtilDate"}) // once is all, and both are what is tested
class WaitsTest extends DeepFixture {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static boolean timesOut(Callable<?> wait) throws Exception {
        try {
            wait.call();
            return false;
        } catch (TimeoutException e) {
            return true;
        }
    }

    @LoopTest
    void polls_of_queues(TestLoops loops) {
        assertThat(takes(loops, () -> pollsNothing(new LinkedBlockingQueue<>())))
                .isEqualTo(MINUTE);
        assertThat(takes(loops, () -> pollsNothing(new ArrayBlockingQueue<>(1))))
                .isEqualTo(MINUTE);
        assertThat(takes(loops, () -> pollsNothing(new SynchronousQueue<>()))).isEqualTo(MINUTE);
        assertThat(takes(loops, () -> pollsNothing(new LinkedTransferQueue<>())))
                .isEqualTo(MINUTE);
        assertThat(takes(loops, () -> pollsNothing(new PriorityBlockingQueue<>())))
                .isEqualTo(MINUTE);
        assertThat(takes(
                        loops,
                        () -> assertThat(new SynchronousQueue<String>().offer("", 1, TimeUnit.MINUTES))
                                .isFalse()))
                .isEqualTo(MINUTE);
    }

    private static void pollsNothing(BlockingQueue<String> queue) throws InterruptedException {
        assertThat(queue.poll(1, TimeUnit.MINUTES)).isNull();
    }

    @LoopTest
    void a_poll_that_gets_something(TestLoops loops) {
        BlockingQueue<String> queue = new LinkedBlockingQueue<>();
        loops.loop("producer")
                .every(Duration.ofMinutes(10))
                .initialDelay(Duration.ofMinutes(10))
                .count(1)
                .start(it -> queue.add("item"));
        assertThat(takes(loops, () -> assertThat(queue.poll(1, TimeUnit.HOURS)).isEqualTo("item")))
                .isEqualTo(Duration.ofMinutes(10));
    }

    private record Late(long at) implements Delayed {
        @Override
        public long getDelay(TimeUnit unit) {
            return unit.convert(at - System.nanoTime(), TimeUnit.NANOSECONDS);
        }

        @Override
        public int compareTo(Delayed other) {
            return Long.compare(at, ((Late) other).at);
        }
    }

    @LoopTest
    void a_queue_of_delays(TestLoops loops) {
        DelayQueue<Late> queue = new DelayQueue<>();
        assertThat(takes(loops, () -> {
                    queue.add(new Late(System.nanoTime() + MINUTE.toNanos()));
                    queue.take();
                }))
                .isEqualTo(MINUTE);
    }

    @LoopTest
    void conditions(TestLoops loops) {
        ReentrantLock lock = new ReentrantLock();
        Condition condition = lock.newCondition();
        assertThat(takes(loops, () -> locked(lock, () -> condition.await(1, TimeUnit.MINUTES))))
                .isEqualTo(MINUTE);
        assertThat(takes(loops, () -> locked(lock, () -> condition.awaitNanos(MINUTE.toNanos()) <= 0)))
                .isEqualTo(MINUTE);
        assertThat(takes(
                        loops,
                        () -> locked(lock, () -> condition.awaitUntil(new Date(System.currentTimeMillis() + 60_000)))))
                .isEqualTo(MINUTE);
    }

    private static void locked(ReentrantLock lock, Callable<Boolean> wait) throws Exception {
        lock.lock();
        try {
            wait.call();
        } finally {
            lock.unlock();
        }
    }

    @LoopTest
    void locks_and_synchronizers(TestLoops loops) {
        assertThat(takes(loops, () -> new Semaphore(0).tryAcquire(1, TimeUnit.MINUTES)))
                .isEqualTo(MINUTE);
        assertThat(takes(loops, () -> new CountDownLatch(1).await(1, TimeUnit.MINUTES)))
                .isEqualTo(MINUTE);
        assertThat(takes(
                        loops,
                        () -> assertThat(timesOut(() -> new Exchanger<String>().exchange("", 1, TimeUnit.MINUTES)))
                                .isTrue()))
                .isEqualTo(MINUTE);
        assertThat(takes(
                        loops,
                        () -> assertThat(
                                        timesOut(() -> new Phaser(1).awaitAdvanceInterruptibly(0, 1, TimeUnit.MINUTES)))
                                .isTrue()))
                .isEqualTo(MINUTE);
        assertThat(takes(
                        loops,
                        () -> assertThat(timesOut(() -> new CyclicBarrier(2).await(1, TimeUnit.MINUTES)))
                                .isTrue()))
                .isEqualTo(MINUTE);
        StampedLock stamped = new StampedLock();
        stamped.writeLock();
        assertThat(takes(
                        loops,
                        () -> assertThat(stamped.tryWriteLock(1, TimeUnit.MINUTES))
                                .isZero()))
                .isEqualTo(MINUTE);
        ReentrantLock held = new ReentrantLock();
        held.lock(); // by the test
        assertThat(takes(
                        loops,
                        () -> assertThat(held.tryLock(1, TimeUnit.MINUTES)).isFalse()))
                .isEqualTo(MINUTE);
    }

    @LoopTest
    void parks(TestLoops loops) {
        assertThat(takes(loops, () -> LockSupport.parkNanos(MINUTE.toNanos()))).isEqualTo(MINUTE);
        assertThat(takes(loops, () -> LockSupport.parkUntil(System.currentTimeMillis() + 60_000)))
                .isEqualTo(MINUTE);
    }

    @LoopTest
    void monitors(TestLoops loops) {
        Object monitor = new Object();
        assertThat(takes(loops, () -> waitOn(monitor))).isEqualTo(MINUTE);
        assertThat(takes(loops, () -> {
                    synchronized (monitor) {
                        Thread.sleep(60_000);
                    }
                }))
                .isEqualTo(MINUTE);
    }

    private static void waitOn(Object monitor) throws InterruptedException {
        synchronized (monitor) {
            monitor.wait(60_000);
        }
    }

    @LoopTest
    void joins(TestLoops loops) {
        assertThat(takes(loops, () -> {
                    Thread sleeper = Thread.startVirtualThread(LockSupport::park);
                    assertThat(sleeper.join(MINUTE)).isFalse();
                    sleeper.interrupt();
                    sleeper.join();
                }))
                .isEqualTo(MINUTE);
    }

    @LoopTest
    void futures(TestLoops loops) {
        assertThat(takes(
                        loops,
                        () -> assertThat(timesOut(() -> new CompletableFuture<>().get(1, TimeUnit.MINUTES)))
                                .isTrue()))
                .isEqualTo(MINUTE);
        assertThat(takes(
                        loops,
                        () -> assertThat(timesOut(() -> new FutureTask<>(() -> "").get(1, TimeUnit.MINUTES)))
                                .isTrue()))
                .isEqualTo(MINUTE);
    }

    @LoopTest
    void limits_and_delays_of_futures(TestLoops loops) {
        assertThat(takes(loops, () -> {
                    try {
                        new CompletableFuture<>().orTimeout(1, TimeUnit.MINUTES).join();
                    } catch (CompletionException e) {
                        assertThat(e).hasCauseInstanceOf(TimeoutException.class);
                    }
                }))
                .isEqualTo(MINUTE);
        assertThat(takes(
                        loops,
                        () -> assertThat(new CompletableFuture<String>()
                                        .completeOnTimeout("late", 1, TimeUnit.MINUTES)
                                        .join())
                                .isEqualTo("late")))
                .isEqualTo(MINUTE);
        assertThat(takes(
                        loops,
                        () -> CompletableFuture.runAsync(
                                        () -> {}, CompletableFuture.delayedExecutor(1, TimeUnit.MINUTES, Runnable::run))
                                .join()))
                .isEqualTo(MINUTE);
    }

    @LoopTest
    void a_limit_that_is_kept_leaves_nothing_behind(TestLoops loops) {
        assertThat(takes(loops, () -> {
                    CompletableFuture<String> future = new CompletableFuture<String>().orTimeout(1, TimeUnit.HOURS);
                    future.complete("soon");
                    assertThat(future.join()).isEqualTo("soon");
                }))
                .isEqualTo(Duration.ZERO);
        loops.advance(Duration.ofHours(2));
    }

    /** From JDK 25 on it is a ScheduledExecutorService, which structured scopes use for their time limits. */
    @LoopTest
    void delays_of_the_common_pool(TestLoops loops) {
        if (Runtime.version().feature() < 25) {
            return;
        }
        assertThat(takes(loops, () -> {
                    CountDownLatch latch = new CountDownLatch(1);
                    ScheduledFuture<?> unused = inAMinute(latch::countDown);
                    latch.await();
                }))
                .isEqualTo(MINUTE);
    }

    @LoopTest
    void a_delay_of_the_common_pool_says_how_much_of_it_is_left(TestLoops loops) {
        if (Runtime.version().feature() < 25) {
            return;
        }
        List<Long> left = new ArrayList<>();
        takes(loops, () -> {
            ScheduledFuture<?> handle = inAMinute(() -> {});
            left.add(handle.getDelay(TimeUnit.SECONDS));
            Thread.sleep(20_000);
            left.add(handle.getDelay(TimeUnit.SECONDS));
        });
        assertThat(left).containsExactly(60L, 40L);
    }

    /** Hands a task to the common pool, which knows delays from JDK 25 on: the tests are compiled for 21. */
    private static ScheduledFuture<?> inAMinute(Runnable task) throws ReflectiveOperationException {
        return (ScheduledFuture<?>) ForkJoinPool.class
                .getMethod("schedule", Runnable.class, long.class, TimeUnit.class)
                .invoke(ForkJoinPool.commonPool(), task, 1, TimeUnit.MINUTES);
    }
}
