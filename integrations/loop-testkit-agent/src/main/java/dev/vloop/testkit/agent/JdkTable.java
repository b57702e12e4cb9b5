package dev.vloop.testkit.agent;

import dev.vloop.testkit.agent.Rewrite.Arg;
import dev.vloop.testkit.agent.Rewrite.Call;
import dev.vloop.testkit.agent.Rewrite.Change;
import dev.vloop.testkit.agent.Rewrite.Clock;
import dev.vloop.testkit.agent.Rewrite.Field;
import dev.vloop.testkit.agent.Rewrite.Local;
import dev.vloop.testkit.agent.Rewrite.PoolClock;
import dev.vloop.testkit.agent.Rewrite.When;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * All that is rewritten in the JDK, for JDK 21, 25, 27 and 28. For the next JDK, this is the place: the test of this table names
 * the methods that read a clock and are neither here nor in {@link #REAL}.
 *
 * <p>The first two columns are the JDKs that a row is for, {@code NOW} for those to come.
 */
final class JdkTable {
    private static final int NOW = Rewrite.LAST;
    private static final String BOOT = "dev/vloop/testkit/agent/boot/";
    private static final String CONCURRENT = "java/util/concurrent/";
    private static final String LOCKS = "java/util/concurrent/locks/";

    /** Loops around a park: virtual for threads that a test carries, and real on the test's own thread, which parks really. */
    private static final Clock WAIT = new Clock(BOOT + "VirtualTime", "waitNanoTime", "waitTimeMillis");

    /** What the user's code asks for, by way of the JDK. */
    static final Clock READ = new Clock(BOOT + "VirtualTime", "nanoTime", "currentTimeMillis");

    private static final Arg THIS = new Local(0, "Ljava/lang/Object;");

    // spotless:off
    static final List<Rewrite> ROWS = List.of(
            // clocks
            row(
                    21,
                    NOW,
                    "java/time/Clock",
                    call(When.INSTEAD, "VirtualTime.instant()Ljava/time/Instant;"),
                    "currentInstant()Ljava/time/Instant;"),
            row(21, NOW, "java/time/Clock$SystemClock", READ, "millis"),
            row(21, NOW, "java/time/Clock$SystemInstantSource", READ, "millis"),
            row(21, NOW, "java/util/GregorianCalendar", READ, "<init>"),
            row(21, NOW, "sun/util/locale/provider/CalendarProviderImpl", READ, "getInstance"),

            // waits of threads that a test carries
            row(21, NOW, "java/lang/VirtualThread", WAIT, "sleepNanos", "parkNanos"),
            row(
                    21,
                    NOW,
                    "java/lang/VirtualThread",
                    call(When.UNLESS, "Waits.sleep(Ljava/lang/Object;J)Z", THIS, nanos(1)),
                    "sleepNanos(J)V"),
            row(
                    21,
                    NOW,
                    "java/lang/VirtualThread",
                    call(When.UNLESS, "Waits.pinnedPark(Ljava/lang/Object;ZJ)Z", THIS, local(1, "Z"), nanos(2)),
                    "parkOnCarrierThread(ZJ)V"),
            row(
                    21,
                    23,
                    "java/lang/VirtualThread",
                    call(When.BEFORE, "Waits.timedPark(Ljava/lang/Object;J)V", THIS, nanos(1)),
                    "parkNanos(J)V"),
            row(21, NOW, "java/lang/Thread", WAIT, "join"),
            row(21, 21, "jdk/internal/misc/VirtualThreads", WAIT, "parkUntil"),
            row(22, NOW, LOCKS + "LockSupport", WAIT, "parkUntil"),
            row(21, NOW, "jdk/internal/misc/ThreadFlock", WAIT, "awaitAll"),
            row(
                    21,
                    NOW,
                    LOCKS + "AbstractQueuedSynchronizer",
                    WAIT,
                    "acquire",
                    "tryAcquireNanos",
                    "tryAcquireSharedNanos"),
            row(
                    21,
                    NOW,
                    LOCKS + "AbstractQueuedSynchronizer$ConditionObject",
                    WAIT,
                    "await",
                    "awaitNanos",
                    "awaitUntil"),
            row(
                    21,
                    NOW,
                    LOCKS + "AbstractQueuedLongSynchronizer",
                    WAIT,
                    "acquire",
                    "tryAcquireNanos",
                    "tryAcquireSharedNanos"),
            row(
                    21,
                    NOW,
                    LOCKS + "AbstractQueuedLongSynchronizer$ConditionObject",
                    WAIT,
                    "await",
                    "awaitNanos",
                    "awaitUntil"),
            row(21, NOW, LOCKS + "StampedLock", WAIT, "acquireRead", "acquireWrite", "tryReadLock", "tryWriteLock"),
            row(21, NOW, CONCURRENT + "AbstractExecutorService", WAIT, "doInvokeAny", "invokeAll"),
            row(21, NOW, CONCURRENT + "ThreadPerTaskExecutor", WAIT, "invokeAll", "invokeAny"),
            row(21, NOW, CONCURRENT + "CompletableFuture", WAIT, "timedGet"),
            row(21, NOW, CONCURRENT + "CompletableFuture$Signaller", WAIT, "isReleasable"),
            row(21, NOW, CONCURRENT + "FutureTask", WAIT, "awaitDone"),
            row(
                    21,
                    NOW,
                    CONCURRENT + "ForkJoinTask",
                    WAIT,
                    "awaitDone",
                    "get",
                    "quietlyJoin",
                    "quietlyJoinUninterruptibly"),
            row(21, NOW, CONCURRENT + "Exchanger", WAIT, "exchange", "xchg", "arenaExchange", "slotExchange"),
            row(21, NOW, CONCURRENT + "LinkedTransferQueue$DualNode", WAIT, "await"),
            row(21, NOW, CONCURRENT + "Phaser$QNode", WAIT, "<init>", "isReleasable"),
            row(21, NOW, CONCURRENT + "SubmissionPublisher$BufferedSubscription", WAIT, "block"),

            // pools: those of the test keep its time, others the real one, whoever asks
            row(
                    21,
                    NOW,
                    CONCURRENT + "Executors$DefaultThreadFactory",
                    call(
                            When.AFTER,
                            "Pools.made(Ljava/util/concurrent/ThreadFactory;)V",
                            local(0, "Ljava/util/concurrent/ThreadFactory;")),
                    "<init>()V"),
            row(
                    21,
                    NOW,
                    CONCURRENT + "Executors$DefaultThreadFactory",
                    call(
                            When.INSTEAD,
                            "Pools.newThread(Ljava/util/concurrent/ThreadFactory;Ljava/lang/Runnable;)Ljava/lang/Thread;",
                            local(0, "Ljava/util/concurrent/ThreadFactory;"),
                            local(1, "Ljava/lang/Runnable;")),
                    "newThread(Ljava/lang/Runnable;)Ljava/lang/Thread;"),
            row(
                    21,
                    NOW,
                    CONCURRENT + "ScheduledThreadPoolExecutor",
                    new PoolClock(local(0, "Ljava/util/concurrent/ScheduledThreadPoolExecutor;")),
                    "triggerTime(J)J"),
            row(
                    21,
                    NOW,
                    CONCURRENT + "ScheduledThreadPoolExecutor$ScheduledFutureTask",
                    new PoolClock(new Field("this$0", "Ljava/util/concurrent/ScheduledThreadPoolExecutor;")),
                    "getDelay"),
            row(
                    21,
                    NOW,
                    CONCURRENT + "ScheduledThreadPoolExecutor",
                    call(
                            When.BEFORE,
                            "Pools.scheduled(Ljava/util/concurrent/ScheduledThreadPoolExecutor;Ljava/util/concurrent/Delayed;)V",
                            local(0, "Ljava/util/concurrent/ScheduledThreadPoolExecutor;"),
                            local(1, "Ljava/util/concurrent/Delayed;")),
                    "delayedExecute(Ljava/util/concurrent/RunnableScheduledFuture;)V"),
            row(
                    21,
                    NOW,
                    "java/util/Timer",
                    call(
                            When.BEFORE,
                            "Pools.scheduled(Ljava/util/Timer;Ljava/util/TimerTask;JJ)V",
                            local(0, "Ljava/util/Timer;"),
                            local(1, "Ljava/util/TimerTask;"),
                            nanos(2),
                            nanos(4)),
                    "sched(Ljava/util/TimerTask;JJ)V"),

            // what the JDK would do later on a thread of its own
            row(
                    21,
                    24,
                    CONCURRENT + "CompletableFuture$Delayer",
                    call(
                            When.INSTEAD,
                            "Delays.schedule(Ljava/lang/Runnable;JLjava/util/concurrent/TimeUnit;)Ljava/util/concurrent/ScheduledFuture;",
                            local(0, "Ljava/lang/Runnable;"),
                            nanos(1),
                            local(3, "Ljava/util/concurrent/TimeUnit;")),
                    "delay(Ljava/lang/Runnable;JLjava/util/concurrent/TimeUnit;)Ljava/util/concurrent/ScheduledFuture;"),
            row(
                    25,
                    NOW,
                    CONCURRENT + "CompletableFuture",
                    call(
                            When.UNLESS,
                            "Delays.limit(Ljava/util/concurrent/CompletableFuture;JLjava/lang/Runnable;)Z",
                            local(0, "Ljava/util/concurrent/CompletableFuture;"),
                            nanos(1),
                            local(3, "Ljava/lang/Runnable;")),
                    "arrangeTimeout(JLjava/util/concurrent/CompletableFuture$Timeout;)V"),
            row(
                    25,
                    NOW,
                    CONCURRENT + "CompletableFuture$DelayedExecutor",
                    call(
                            When.UNLESS,
                            "Delays.execute(JLjava/util/concurrent/Executor;Ljava/lang/Runnable;)Z",
                            new Field("nanoDelay", "J"),
                            new Field("executor", "Ljava/util/concurrent/Executor;"),
                            local(1, "Ljava/lang/Runnable;")),
                    "execute(Ljava/lang/Runnable;)V"),
            row(
                    25,
                    NOW,
                    CONCURRENT + "ForkJoinPool",
                    call(
                            When.INSTEAD,
                            "Delays.schedule(Ljava/lang/Object;Ljava/lang/Runnable;JLjava/util/concurrent/TimeUnit;)Ljava/util/concurrent/ScheduledFuture;",
                            THIS,
                            local(1, "Ljava/lang/Runnable;"),
                            nanos(2),
                            local(4, "Ljava/util/concurrent/TimeUnit;")),
                    "schedule(Ljava/lang/Runnable;JLjava/util/concurrent/TimeUnit;)Ljava/util/concurrent/ScheduledFuture;"),
            row(
                    25,
                    NOW,
                    CONCURRENT + "ForkJoinPool",
                    call(
                            When.INSTEAD,
                            "Delays.schedule(Ljava/lang/Object;Ljava/util/concurrent/Callable;JLjava/util/concurrent/TimeUnit;)Ljava/util/concurrent/ScheduledFuture;",
                            THIS,
                            local(1, "Ljava/util/concurrent/Callable;"),
                            nanos(2),
                            local(4, "Ljava/util/concurrent/TimeUnit;")),
                    "schedule(Ljava/util/concurrent/Callable;JLjava/util/concurrent/TimeUnit;)Ljava/util/concurrent/ScheduledFuture;"),

            // the test's own thread
            row(
                    21,
                    NOW,
                    LOCKS + "LockSupport",
                    call(When.UNLESS, "Waits.testParks()Z"),
                    "park()V",
                    "park(Ljava/lang/Object;)V",
                    "parkNanos(J)V",
                    "parkNanos(Ljava/lang/Object;J)V"),
            row(21, NOW, "java/lang/Thread", call(When.UNLESS, "Waits.testSleeps(J)Z", nanos(0)), "sleep(J)V"),
            row(
                    21,
                    NOW,
                    "java/lang/Thread",
                    call(When.UNLESS, "Waits.testSleeps(JI)Z", nanos(0), local(2, "I")),
                    "sleep(JI)V"),
            row(
                    21,
                    NOW,
                    "java/lang/Thread",
                    call(When.UNLESS, "Waits.testSleeps(Ljava/time/Duration;)Z", local(0, "Ljava/time/Duration;")),
                    "sleep(Ljava/time/Duration;)V"));

    /** Methods of java.util.concurrent and java.time that read a clock, and are to read the real one. */
    static final Set<String> REAL = Set.of(
            "java/time/Clock.<clinit>",
            "java/time/Clock.currentInstant", // the first for no time at all; the second has a hook
            CONCURRENT + "ThreadLocalRandom.<clinit>", // a seed
            // threads that are never of a test look at both sides of these deadlines
            CONCURRENT + "DelayScheduler.<clinit>",
            CONCURRENT + "DelayScheduler.now",
            CONCURRENT + "ForkJoinPool.awaitWork",
            CONCURRENT + "ForkJoinPool.tryTrim",
            CONCURRENT + "ForkJoinPool.helpQuiesce",
            CONCURRENT + "ForkJoinPool.externalHelpQuiesce",
            CONCURRENT + "ForkJoinPool.invokeAll",
            CONCURRENT + "ForkJoinPool.invokeAny",
            CONCURRENT + "ForkJoinTask.quietlyJoinPoolInvokeAllTask",
            LOCKS + "StampedLock.spinLockOnOOME"); // no memory, no time
    // spotless:on

    private JdkTable() {}

    private static Rewrite row(int from, int to, String type, Change change, String... methods) {
        return new Rewrite(from, to, type, Set.of(methods), change);
    }

    /** The hook is written as class, method and descriptor. */
    private static Change call(When when, String hook, Arg... args) {
        int name = hook.indexOf('.');
        int descriptor = hook.indexOf('(');
        return new Call(
                when,
                BOOT + hook.substring(0, name),
                hook.substring(name + 1, descriptor),
                hook.substring(descriptor),
                Arrays.asList(args));
    }

    private static Arg local(int slot, String type) {
        return new Local(slot, type);
    }

    /** A long. */
    private static Arg nanos(int slot) {
        return new Local(slot, "J");
    }

    /** {@return the rows of a JDK} */
    static List<Rewrite> of(int jdk) {
        return ROWS.stream().filter(row -> row.isFor(jdk)).toList();
    }
}
