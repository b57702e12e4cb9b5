package dev.vloop.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What a runtime stands on: time, waiting, threads and chance, replaceable together. The engine touches
 * these through its host alone, so a test that replaces the host replaces time.
 *
 * <p>Deadlines are values of {@link #nanoTime()}. A host's clock starts near zero, so that no deadline overflows
 * within 292 years; {@link #NEVER} is a deadline that does not come.
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
     * Makes a virtual thread. It is not started: the caller starts it at once, or gives it to {@link #abandon}. A host may count
     * it as running from here on.
     */
    Thread newThread(String name, Runnable body);

    /** Forgets a thread of {@link #newThread} that will not be started. */
    default void abandon(Thread thread) {}

    /** Interrupts a thread; the engine's only way to. A thread blocked in a wait of this host is runnable when it returns. */
    void interrupt(Thread thread);

    /**
     * Waits until the deadline: never returns before it, is not ended by {@link #unpark}.
     *
     * @throws InterruptedException if the thread is or gets interrupted; its interrupt flag is then clear
     */
    void sleepUntil(long deadline) throws InterruptedException;

    /**
     * Waits as {@code LockSupport.park}: returns when unparked (one permit), interrupted (the flag stays set), at the deadline,
     * or for no reason.
     */
    void park(long deadline);

    /** Lets the thread's current or next {@link #park} return. */
    void unpark(Thread thread);

    /** Runs an action at the deadline, on a thread of the host's. The action is short and does not block. */
    Alarm alarm(long deadline, Runnable action);

    /**
     * Reports jumps of the wall clock against the monotonic one (a suspended machine, a step), within seconds. The listener
     * is called on a thread of the host's, with how far the wall clock moved; it is short and does not block.
     *
     * @return cancels the watch
     */
    Alarm onClockJump(Consumer<Duration> listener);

    /** Something that is to happen. */
    interface Alarm {
        /** Calls it off: after it returns, the action does not run and is not running. Never call it from within the action. */
        void cancel();
    }
}
