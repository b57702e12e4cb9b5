package dev.vloop.testkit;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopRuntime;
import dev.vloop.vthreads.VirtualLoops;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A runtime in virtual time. Time moves only when the test says so, and only while every thread of the test is blocked; a week takes a
 * millisecond, with the same outcome every time.
 *
 * <p>The thread that creates it is the test's thread, and the only one that may move time. Closing it cancels what runs.
 */
public interface TestLoops extends LoopRuntime {
    /** {@return a runtime at 2000-01-01T00:00Z} */
    static TestLoops create() {
        return builder().create();
    }

    /**
     * Makes a runtime that begins at an instant.
     *
     * @param instant the wall clock's time at its start
     * @return the runtime
     */
    static TestLoops startingAt(Instant instant) {
        return builder().startAt(instant).create();
    }

    /** {@return the settings of a runtime to be} */
    static Builder builder() {
        return new TestLoopsBuilder();
    }

    /** The settings of a runtime in virtual time. Used by one thread. */
    interface Builder {
        /**
         * Sets the wall clock's time at the start; 2000-01-01T00:00Z unless said.
         *
         * @param instant the time
         * @return this builder
         */
        Builder startAt(Instant instant);

        /**
         * Adds settings of the runtime itself: listeners, defaults, a name.
         *
         * @param settings is called once, when the runtime is created
         * @return this builder
         */
        Builder settings(Consumer<? super VirtualLoops.Builder> settings);

        /** {@return a new runtime; the current thread is its test's thread} */
        TestLoops create();
    }

    /**
     * Finds a loop.
     *
     * @param name its name
     * @return the loop
     * @throws AssertionError if there is none; it tells the names there are
     */
    Loop get(String name);

    /** Runs what is due now; time does not move. */
    void settle();

    /**
     * Moves time, and runs all that is due up to and including its end. Each wake-up sees its own deadline as now.
     *
     * @param duration how far
     */
    void advance(Duration duration);

    /**
     * Moves time to an instant of the wall clock, and runs all that is due up to and including it.
     *
     * @param instant where to
     */
    void advanceTo(Instant instant);

    /** Moves to the next wake-up, and runs what is due then. */
    void advanceToNext();

    /**
     * Moves from wake-up to wake-up until a condition holds.
     *
     * @param condition is asked on the test's thread whenever everything due is done
     * @param atMost how far at most
     * @throws AssertionError if it does not hold by then
     */
    void runUntil(BooleanSupplier condition, Duration atMost);

    /**
     * Moves on until a loop ends.
     *
     * @param loop a loop of this runtime
     * @return how it ended
     * @throws AssertionError if it cannot end by itself
     */
    LoopEnd awaitEnd(Loop loop);

    /**
     * Runs work of the world outside: time does not move meanwhile.
     *
     * @param <T> the type of its result
     * @param what its name in reports
     * @param work the work
     * @return its result
     * @throws Exception what it throws
     */
    <T extends @Nullable Object> T external(String what, Callable<T> work) throws Exception;

    /**
     * Moves the wall clock, not the monotonic one: NTP, an operator.
     *
     * @param by how far; negative for backwards
     */
    void moveWallClock(Duration by);

    /** {@return the virtual time since the start, on the monotonic clock} */
    Duration elapsed();
}
