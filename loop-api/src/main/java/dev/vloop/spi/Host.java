package dev.vloop.spi;

import dev.vloop.LoopEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What a runtime stands on: time, waiting, threads and chance, replaceable together. The engine touches these through its host alone,
 * so a test that replaces the host replaces time.
 *
 * <p>Deadlines are values of {@link #nanoTime()}. A host's clock starts near zero, so that no deadline overflows within 292 years;
 * {@link #NEVER} is a deadline that does not come. All methods may be called from any thread that belongs to the host.
 */
public interface Host {
    /** A deadline that does not come. */
    long NEVER = Long.MAX_VALUE;

    /** {@return the monotonic time in nanoseconds; never negative, not affected by changes of the wall clock} */
    long nanoTime();

    /** {@return the wall clock's time} */
    Instant instant();

    /** {@return the source of randomness, safe for use by any thread} */
    RandomGenerator random();

    /**
     * Makes a virtual thread. It is not started: the caller starts it at once, or gives it to {@link #abandon}. A host may count it as
     * running from here on.
     *
     * @param name its name
     * @param body what it is to run
     * @return the thread
     */
    Thread newThread(String name, Runnable body);

    /**
     * Forgets a thread that will not be started.
     *
     * @param thread one of {@link #newThread}
     */
    default void abandon(Thread thread) {}

    /**
     * Interrupts a thread; the engine's only way to. A thread blocked in a wait of this host is runnable when it returns.
     *
     * @param thread one of {@link #newThread}
     */
    void interrupt(Thread thread);

    /**
     * Waits until the deadline: never returns before it, is not ended by {@link #unpark}.
     *
     * @param deadline when to return; one that has passed returns at once
     * @throws InterruptedException if the thread is or gets interrupted; its interrupt flag is then clear
     */
    void sleepUntil(long deadline) throws InterruptedException;

    /**
     * Waits as {@code LockSupport.park}: returns when unparked (one permit), interrupted (the flag stays set), at the deadline, or for
     * no reason.
     *
     * @param deadline when to return at the latest
     */
    void park(long deadline);

    /**
     * Lets a thread's current or next {@link #park} return.
     *
     * @param thread any thread that may park here
     */
    void unpark(Thread thread);

    /**
     * Runs an action at a deadline, on a thread of the host's.
     *
     * @param deadline when
     * @param action short, and does not block
     * @return takes it back
     */
    Alarm alarm(long deadline, Runnable action);

    /**
     * Reports jumps of the wall clock against the monotonic one (a suspended machine, a step), within seconds.
     *
     * @param listener is called on a thread of the host's, with how far the wall clock moved; short, and does not block
     * @return ends the watch
     */
    Alarm onClockJump(Consumer<Duration> listener);

    /**
     * Hears that a join hands an end to the calling thread. A host for tests learns from it at which failures the test looks; others need
     * not care.
     *
     * @param end what the join returns
     */
    default void joined(LoopEnd end) {}

    /** Something that is to happen. */
    interface Alarm {
        /** Calls it off: after it returns, the action does not run and is not running. Not to be called from within the action. */
        void cancel();
    }
}
