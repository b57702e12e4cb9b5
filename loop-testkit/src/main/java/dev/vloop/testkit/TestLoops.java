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
 * <p>The thread that creates it is the test's thread, and the only one that may move time. That thread's own waits move it too:
 * {@code loop.join()} returns when the loop has ended, however far away that is. A test in which nothing can wake the thread any
 * more, or nothing but loops without end goes on, fails and says so.
 *
 * <p>Loops may wait at the end of a test: {@link #close} cancels them. It fails the test, with the timeline, on each
 * {@link Finding} that the test does not tolerate. With JUnit, a parameter of this type of a {@link LoopTest}, or of any method of
 * a test with a {@link LoopTestExtension}, is one that is closed when the test is over.
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

        /**
         * Chooses the engine; {@link Engine#AUTO} unless said. The system property {@code vloop.test.engine} decides for tests that
         * do not choose.
         *
         * @param engine the engine
         * @return this builder
         */
        Builder engine(Engine engine);

        /**
         * Shuffles what is runnable, and due, at one instant: the same seed gives the same order. Without it threads run in the
         * order in which they became runnable.
         *
         * @param seed any number
         * @return this builder
         */
        Builder seed(long seed);

        /**
         * Says what the test is not failed for at its end.
         *
         * @param findings what is no error in this test
         * @return this builder
         */
        Builder tolerate(Finding... findings);

        /**
         * Sets the real time after which a thread that is blocked where virtual time does not see it fails the test; two seconds
         * unless said.
         *
         * @param patience how long
         * @return this builder
         * @throws IllegalArgumentException if it is not positive
         */
        Builder patience(Duration patience);

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
     * @param duration how far; zero is {@link #settle}
     * @throws IllegalArgumentException if it is negative
     */
    void advance(Duration duration);

    /**
     * Moves time to an instant of the wall clock, and runs all that is due up to and including it.
     *
     * @param instant where to
     * @throws IllegalArgumentException if it has passed
     */
    void advanceTo(Instant instant);

    /**
     * Moves to the next wake-up, and runs what is due then.
     *
     * @throws IllegalStateException if there is none
     */
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
     * Moves on until a loop ends; that it failed then counts as seen.
     *
     * @param loop a loop of this runtime
     * @return how it ended, now or before
     * @throws IllegalStateException if it was never started
     * @throws AssertionError if it does not end by itself within 366 days and ten million steps of virtual time: it names the loops
     *     without end
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

    /**
     * Plays a machine that sleeps: the wall clock goes on, the monotonic clock does not.
     *
     * @param duration how long
     * @throws IllegalArgumentException if it is negative
     */
    void suspend(Duration duration);

    /**
     * Sets the wall clock; the monotonic one goes on as it was.
     *
     * @param instant what it says from now on
     */
    void setWallClock(Instant instant);

    /**
     * Plays the end of the JVM: does what {@link #shutdownOnExit} was asked to do, on the test's thread. No hook is registered with
     * the real JVM.
     */
    void exit();

    /**
     * {@return the runtime itself, for code under test that closes or shuts down what it was given} Its close is that of production:
     * it waits, in virtual time, however long loops take to end. It does not end the test; this object's does.
     */
    LoopRuntime runtime();

    /** {@return the virtual time since the start, on the monotonic clock} */
    Duration elapsed();

    /** {@return what each loop did when} */
    Timeline timeline();

    /** {@return the engine in use; never {@link Engine#AUTO}} */
    Engine engine();

    /** {@return why that engine is in use: a sentence for people} */
    String engineReason();

    /**
     * Cancels what runs, waits in virtual time until it is over, and ends the test's time. A second call does nothing. It never
     * hangs: what does not end is reported.
     *
     * @throws AssertionError on each {@link Finding} that the test does not tolerate
     */
    @Override
    void close();
}
