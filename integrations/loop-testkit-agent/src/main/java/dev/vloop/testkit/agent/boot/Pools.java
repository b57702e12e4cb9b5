package dev.vloop.testkit.agent.boot;

import java.util.Collections;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.WeakHashMap;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Decides whose time a pool keeps: that of the test in which its thread factory was made, whoever hands it work. Both sides of a deadline
 * must look at the same clock.
 */
public final class Pools {
    /** The only kind of factory that a test owns. No method of other factories is called, not even {@code hashCode}. */
    private static final Class<?> DEFAULT = Executors.defaultThreadFactory().getClass();

    /** By factory. The keys are weak, so that factories can be collected. */
    private static final Map<Object, TestTime> OWNERS = Collections.synchronizedMap(new WeakHashMap<>());

    private static final String SCHEDULED = ScheduledThreadPoolExecutor.class.getName();

    /** How far a pool may be from its thread factory on the stack. */
    private static final int DEEPEST = 16;

    private Pools() {}

    /**
     * A default thread factory is made.
     *
     * @param factory the factory
     */
    public static void made(ThreadFactory factory) {
        TestTime test = VirtualTime.here();
        if (test != null) {
            OWNERS.put(factory, test);
        }
    }

    /**
     * A default thread factory is to make a thread.
     *
     * @param factory the factory
     * @param body what the thread will do
     * @return a thread of the test; null if it must be a real one
     */
    public static @Nullable Thread newThread(ThreadFactory factory, Runnable body) {
        TestTime test = owner(factory);
        return test == null || isForStranger(test) ? null : test.threads().newThread(body);
    }

    /**
     * {@return whether a thread outside wants it, which has work that comes from outside, such as the requests to a server} If the test
     * waited for that in virtual time, it would wait for itself. But a scheduled pool keeps the test's time, so its threads must, too.
     */
    private static boolean isForStranger(TestTime test) {
        return VirtualTime.here() != test
                && StackWalker.getInstance()
                        .walk(frames -> frames.limit(DEEPEST)
                                .noneMatch(frame -> frame.getClassName().equals(SCHEDULED)));
    }

    /** {@return whether a pool keeps the time of a test} */
    static boolean isOfTest(ThreadPoolExecutor pool) {
        return owner(pool.getThreadFactory()) != null;
    }

    /**
     * Does {@link System#nanoTime} for a pool.
     *
     * @param pool the pool
     * @return its time
     */
    public static long nanoTime(ThreadPoolExecutor pool) {
        TestTime test = owner(pool.getThreadFactory());
        return test == null ? System.nanoTime() : test.nanoTime().getAsLong();
    }

    /** {@return the test that made a factory, null if none did or it is over} */
    private static @Nullable TestTime owner(ThreadFactory factory) {
        if (VirtualTime.isIdle() || !DEFAULT.isInstance(factory)) {
            return null;
        }
        TestTime test = OWNERS.get(factory);
        return test != null && VirtualTime.isUnderWay(test) ? test : null;
    }

    /**
     * A task is put into a scheduled pool.
     *
     * @param pool the pool
     * @param task the task
     */
    public static void scheduled(ScheduledThreadPoolExecutor pool, Delayed task) {
        TestTime test = VirtualTime.carrying();
        if (test != null && owner(pool.getThreadFactory()) == null && task.getDelay(TimeUnit.NANOSECONDS) > 0) {
            test.foreign()
                    .accept("a scheduled pool that the test did not make, with threads of "
                            + pool.getThreadFactory().getClass().getName());
        }
    }

    /**
     * A task is put into a timer.
     *
     * @param timer the timer
     * @param task the task
     * @param time when
     * @param period how often
     */
    public static void scheduled(Timer timer, TimerTask task, long time, long period) {
        TestTime test = VirtualTime.carrying();
        if (test != null) {
            test.foreign().accept("a java.util.Timer, whose thread keeps real time");
        }
    }
}
