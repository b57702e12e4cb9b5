package dev.vloop.testkit.agent;

import static dev.vloop.testkit.agent.Rows.CONCURRENT;
import static dev.vloop.testkit.agent.Rows.NOW;
import static dev.vloop.testkit.agent.Rows.THIS;
import static dev.vloop.testkit.agent.Rows.call;
import static dev.vloop.testkit.agent.Rows.local;
import static dev.vloop.testkit.agent.Rows.nanos;
import static dev.vloop.testkit.agent.Rows.row;

import dev.vloop.testkit.agent.Rewrite.Change;
import dev.vloop.testkit.agent.Rewrite.Field;
import dev.vloop.testkit.agent.Rewrite.PoolClock;
import dev.vloop.testkit.agent.Rewrite.When;
import java.util.List;

/** The part of {@link JdkTable} about pools, timers, and what the JDK does later on a thread of its own. */
final class JdkPools {
    /** Of pools that are handed work. */
    private static final Change EXECUTES = call(
            When.UNLESS,
            "Outside.executes(Ljava/lang/Object;Ljava/lang/Runnable;)Z",
            THIS,
            local(1, "Ljava/lang/Runnable;"));

    // spotless:off
    static final List<Rewrite> ROWS = List.of(
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

            // work for threads outside
            row(21, NOW, CONCURRENT + "ForkJoinPool", EXECUTES, "execute(Ljava/lang/Runnable;)V"),
            row(21, NOW, CONCURRENT + "ThreadPoolExecutor", EXECUTES, "execute(Ljava/lang/Runnable;)V"),
            row(
                    21,
                    24,
                    CONCURRENT + "CompletableFuture$ThreadPerTaskExecutor",
                    EXECUTES,
                    "execute(Ljava/lang/Runnable;)V"),

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
                    "schedule(Ljava/util/concurrent/Callable;JLjava/util/concurrent/TimeUnit;)Ljava/util/concurrent/ScheduledFuture;"));
    // spotless:on

    private JdkPools() {}
}
