package dev.vloop.testkit.agent;

import static dev.vloop.testkit.agent.Rows.BOOT;
import static dev.vloop.testkit.agent.Rows.CONCURRENT;
import static dev.vloop.testkit.agent.Rows.LOCKS;
import static dev.vloop.testkit.agent.Rows.NOW;
import static dev.vloop.testkit.agent.Rows.THIS;
import static dev.vloop.testkit.agent.Rows.call;
import static dev.vloop.testkit.agent.Rows.local;
import static dev.vloop.testkit.agent.Rows.nanos;
import static dev.vloop.testkit.agent.Rows.row;

import dev.vloop.testkit.agent.Rewrite.Clock;
import dev.vloop.testkit.agent.Rewrite.When;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All that is rewritten in the JDK, for JDK 21, 25, 27 and 28: clocks and waits here, pools and delays in {@link JdkPools}. For the next
 * JDK, this is the place: the test of this table names the methods that read a clock and are neither here nor in {@link #REAL}.
 *
 * <p>The first two columns are the first and the last JDK that a row is for. {@code NOW} also stands for JDKs to come.
 */
final class JdkTable {
    /** For loops around a park: virtual for threads that a test carries, and real on the test's own thread, whose parks are real. */
    private static final Clock WAIT = new Clock(BOOT + "VirtualTime", "waitNanoTime", "waitTimeMillis");

    /** For clocks that the user's code reads by way of the JDK. */
    static final Clock READ = new Clock(BOOT + "VirtualTime", "nanoTime", "currentTimeMillis");

    // spotless:off
    private static final List<Rewrite> WAITS = List.of(
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

    static final List<Rewrite> ROWS =
            Stream.concat(WAITS.stream(), JdkPools.ROWS.stream()).toList();

    /** Methods of java.util.concurrent and java.time that read a clock, and are to read the real one. */
    static final Set<String> REAL = Set.of(
            "java/time/Clock.<clinit>",
            "java/time/Clock.currentInstant", // the first is called for no time at all; the second has a hook
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

    /** {@return the rows of a JDK} */
    static List<Rewrite> of(int jdk) {
        return ROWS.stream().filter(row -> row.isFor(jdk)).toList();
    }
}
