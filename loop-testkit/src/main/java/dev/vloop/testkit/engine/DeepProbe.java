package dev.vloop.testkit.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Calendar;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Exchanger;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.Phaser;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.StampedLock;
import org.jspecify.annotations.Nullable;

/**
 * The self-test of deep virtual time: tries each kind of method that the agent rewrites. Each has to take an hour of virtual time. The
 * agent has already found all the methods; this finds out whether rewriting them still has its effect.
 */
final class DeepProbe {
    private static final long HOUR = TimeUnit.HOURS.toNanos(1);

    /** Before JDK 24 such a wait keeps the carrier, and is rewritten where it is called: not here. */
    private static final boolean WAITS_ON_MONITORS = Runtime.version().feature() >= 24;

    private final ExactHost host;
    private final Map<String, Long> took = new ConcurrentHashMap<>();

    private DeepProbe(VirtualThreads virtualThreads, DeepAgent agent) {
        host = ExactHost.deep(HostSettings.DEFAULT.withDeep(true), virtualThreads, agent);
    }

    /** {@return what does not work, null if everything does} */
    static @Nullable String fault(VirtualThreads virtualThreads, DeepAgent agent) {
        return Probe.fault(() -> new DeepProbe(virtualThreads, agent).run());
    }

    /** A wait of an hour. */
    private interface Wait {
        void run() throws Exception;
    }

    private @Nullable String run() throws Exception {
        try {
            Map<String, Wait> waits = waits();
            waits.forEach(
                    (name, wait) -> host.newThread(name, () -> time(name, wait)).start());
            host.advanceTo(HOUR);
            if (WAITS_ON_MONITORS) {
                host.newThread("Object.wait", () -> time("Object.wait", this::waitOnMonitor))
                        .start();
                took.put("Object.wait", -1L);
            }
            host.advanceTo(2 * HOUR);
            readClocks();
            Thread.sleep(Duration.ofHours(1)); // on the test's own thread
            took.put("Thread.sleep on the test's thread", host.nanoTime() - 2 * HOUR);
            TreeSet<String> wrong = new TreeSet<>(waits.keySet());
            wrong.addAll(took.keySet());
            wrong.removeIf(name -> took.getOrDefault(name, -1L) == HOUR);
            return wrong.isEmpty() ? null : String.join(", ", wrong) + " did not keep virtual time";
        } finally {
            host.close();
        }
    }

    private void time(String name, Wait wait) {
        long before = host.nanoTime();
        try {
            wait.run();
            took.put(name, host.nanoTime() - before);
        } catch (Exception e) {
            took.put(name + ", which threw " + e, -1L);
        }
    }

    private void readClocks() {
        Instant now = host.instant();
        check("Instant.now", Instant.now().equals(now));
        check("Clock.millis", Clock.systemUTC().millis() == now.toEpochMilli());
        check("Calendar", Calendar.getInstance().getTimeInMillis() == now.toEpochMilli());
    }

    private void check(String name, boolean works) {
        took.put(name, works ? HOUR : -1L);
    }

    private static Map<String, Wait> waits() {
        Map<String, Wait> waits = new LinkedHashMap<>();
        waits.put("Thread.sleep", () -> Thread.sleep(Duration.ofHours(1)));
        waits.put("TimeUnit.sleep", () -> TimeUnit.HOURS.sleep(1));
        waits.put("LockSupport.parkNanos", () -> LockSupport.parkNanos(HOUR));
        waits.put("Condition.await", () -> new LinkedBlockingQueue<String>().poll(1, TimeUnit.HOURS));
        waits.put("CountDownLatch.await", () -> new CountDownLatch(1).await(1, TimeUnit.HOURS));
        waits.put("TransferQueue.poll", () -> new LinkedTransferQueue<String>().poll(1, TimeUnit.HOURS));
        waits.put("StampedLock.tryWriteLock", DeepProbe::lockTwice);
        waits.put("Exchanger.exchange", timesOut(() -> new Exchanger<String>().exchange("", 1, TimeUnit.HOURS)));
        waits.put("Phaser.await", timesOut(() -> new Phaser(1).awaitAdvanceInterruptibly(0, 1, TimeUnit.HOURS)));
        waits.put("FutureTask.get", timesOut(() -> new FutureTask<>(() -> "").get(1, TimeUnit.HOURS)));
        waits.put("CompletableFuture.get", timesOut(() -> new CompletableFuture<String>().get(1, TimeUnit.HOURS)));
        waits.put("CompletableFuture.orTimeout", DeepProbe::orTimeout);
        waits.put("CompletableFuture.delayedExecutor", DeepProbe::delayedExecutor);
        waits.put("Thread.join", DeepProbe::join);
        waits.put("ScheduledExecutorService.schedule", DeepProbe::schedule);
        return waits;
    }

    private static Wait timesOut(Wait wait) {
        return () -> {
            try {
                wait.run();
                throw new IllegalStateException("no TimeoutException");
            } catch (TimeoutException e) {
                // as it should
            }
        };
    }

    private static void lockTwice() throws InterruptedException {
        StampedLock lock = new StampedLock();
        lock.writeLock();
        lock.tryWriteLock(1, TimeUnit.HOURS);
    }

    private static void orTimeout() {
        try {
            new CompletableFuture<String>().orTimeout(1, TimeUnit.HOURS).join();
        } catch (CompletionException e) {
            // as it should
        }
    }

    private static void delayedExecutor() {
        CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(1, TimeUnit.HOURS, Runnable::run))
                .join();
    }

    private static void join() throws InterruptedException {
        Thread other = Thread.startVirtualThread(LockSupport::park);
        other.join(Duration.ofHours(1));
        LockSupport.unpark(other);
    }

    private static void schedule() throws InterruptedException, ExecutionException {
        try (ScheduledExecutorService pool = Executors.newSingleThreadScheduledExecutor()) {
            pool.schedule(() -> "", 1, TimeUnit.HOURS).get();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // once is all
    private void waitOnMonitor() throws InterruptedException {
        synchronized (this) {
            wait(TimeUnit.HOURS.toMillis(1));
        }
    }
}
