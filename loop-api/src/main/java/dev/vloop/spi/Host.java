package dev.vloop.spi;

import dev.vloop.LoopEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * The machine as an engine sees it: time, waits, threads, interrupts and random numbers. The engine uses them only through its host, so a
 * test that replaces the host replaces time.
 *
 * <p>Deadlines are values of {@link #nanoTime()}. A host's clock starts near zero, so that a deadline overflows only after 292 years.
 * All methods may be called from any thread that belongs to the host.
 */
public interface Host {
    /** A deadline that never comes. */
    long NEVER = Long.MAX_VALUE;

    /** {@return the monotonic time in nanoseconds; never negative, changes of the wall clock do not affect it} */
    long nanoTime();

    /** {@return the wall clock's time} */
    Instant instant();

    /** {@return the source of randomness, safe for use by several threads} */
    RandomGenerator random();

    /**
     * Makes a virtual thread without starting it. The caller must start it at once, or pass it to {@link #abandon}, because a host may
     * count it as running already.
     *
     * @param name its name
     * @param body what it runs
     * @return the thread
     */
    Thread newThread(String name, Runnable body);

    /**
     * Forgets a thread that will not be started.
     *
     * @param thread one that {@link #newThread} made
     */
    default void abandon(Thread thread) {}

    /**
     * Interrupts a thread. The engine interrupts threads in no other way. A thread that waited in a method of this host can run again
     * when this method returns.
     *
     * @param thread one that {@link #newThread} made
     */
    void interrupt(Thread thread);

    /**
     * Waits until the deadline. It never returns earlier; {@link #unpark} does not end it.
     *
     * @param deadline when to return; at once if it has passed
     * @throws InterruptedException if the thread is interrupted, before or during the wait; its interrupt flag is then clear
     */
    void sleepUntil(long deadline) throws InterruptedException;

    /**
     * Waits as {@code LockSupport.park} does. It returns when the thread is unparked (there is one permit), when it is interrupted (the
     * flag stays set), at the deadline, or for no reason.
     *
     * @param deadline when to return at the latest
     */
    void park(long deadline);

    /**
     * Lets a thread's current {@link #park} return, or its next one.
     *
     * @param thread any thread that may park here
     */
    void unpark(Thread thread);

    /**
     * Lets other threads run, if any are ready, and returns soon. A loop that never waits calls it every few milliseconds, and so does an
     * iteration that makes many forks.
     *
     * @param nanos for how long, at least
     */
    default void giveWay(long nanos) {}

    /**
     * Runs an action at a deadline, on a thread of the host.
     *
     * @param deadline when
     * @param action must be short and must not block
     * @return a handle that calls the action off
     */
    Alarm alarm(long deadline, Runnable action);

    /**
     * {@return an object with which the current thread can wait again and again, as with {@link #park}} The host can keep in it what each
     * wait needs.
     */
    default Parker newParker() {
        return this::park;
    }

    /**
     * {@return a timer that is not set} The host can keep in it what each alarm needs.
     *
     * @param action runs on a thread of the host, at each time that the timer is set for; it must be short and must not block
     */
    default Timer newTimer(Runnable action) {
        return new AlarmTimer(this, action);
    }

    /**
     * Reports jumps of the wall clock against the monotonic one, within seconds: the machine was suspended, or the clock was set.
     *
     * @param listener gets how far the wall clock moved; it is called on a thread of the host
     * @return a handle that ends the reports
     */
    Alarm onClockJump(Consumer<Duration> listener);

    /**
     * Called when a join returns an end to the calling thread. From this a host for tests knows which failures the test has seen. Other
     * hosts can ignore it.
     *
     * @param end what the join returns
     */
    default void joined(LoopEnd end) {}

    /** A handle to something that will happen. */
    interface Alarm {
        /** Calls it off. When this method returns, the action is not running and will not run. The action itself must not call it. */
        void cancel();
    }

    /** Lets one thread wait. Only that thread calls its methods. */
    interface Parker {
        /**
         * Waits as {@link Host#park}.
         *
         * @param deadline when to return at the latest
         */
        void park(long deadline);

        /** Says that the thread will not wait with this object again. */
        default void release() {}
    }

    /** An alarm that can be set again and again. One thread at a time calls its methods; the action itself must not call them. */
    interface Timer {
        /**
         * Sets it to another time.
         *
         * @param deadline when to run the action; {@link Host#NEVER} calls it off
         */
        void set(long deadline);

        /** Calls it off. When this method returns, the action is not running and will not run, unless the timer is set again. */
        void cancel();

        /** Calls it off for good. */
        void release();
    }
}
