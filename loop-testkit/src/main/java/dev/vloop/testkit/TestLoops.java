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
 * A runtime in virtual time. Time moves only when the test says so, and only while every thread of the test is blocked. A week takes
 * milliseconds, and ends the same way every time.
 *
 * <p>The thread that creates the runtime is the test's thread, and only that thread may move time. Its own waits move time too:
 * {@code loop.join()} returns when the loop has ended, however far away that is. If nothing can wake the test's thread any more, or
 * only loops without an end go on, the test fails and says so.
 *
 * <p>Loops may still wait at the end of a test: {@link #close} cancels them. It makes the test fail, with the timeline, for each
 * {@link Finding} that the test does not tolerate. With JUnit, let the runtime be a parameter of a {@link LoopTest}, or of any method of
 * a test with a {@link LoopTestExtension}: it is closed when the test has ended.
 */
public interface TestLoops extends LoopRuntime {
    /** {@return a runtime that begins at 2000-01-01T00:00Z} */
    static TestLoops create() {
        return builder().create();
    }

    /**
     * Makes a runtime that begins at an instant.
     *
     * @param instant the wall clock's time at the start
     * @return the runtime
     */
    static TestLoops startingAt(Instant instant) {
        return builder().startAt(instant).create();
    }

    /** {@return a builder of a runtime with other settings} */
    static Builder builder() {
        return new TestLoopsBuilder();
    }

    /** The settings of a runtime in virtual time. Not safe for threads. */
    interface Builder {
        /**
         * Sets the wall clock's time at the start. The default is 2000-01-01T00:00Z.
         *
         * @param instant the time
         * @return this builder
         */
        Builder startAt(Instant instant);

        /**
         * Adds settings of the runtime itself: listeners, defaults, a name.
         *
         * @param settings called once, when the runtime is created
         * @return this builder
         */
        Builder settings(Consumer<? super VirtualLoops.Builder> settings);

        /**
         * Chooses the engine. The default is {@link Engine#AUTO}, for which the system property {@code vloop.test.engine} may choose
         * another one.
         *
         * @param engine the engine
         * @return this builder
         */
        Builder engine(Engine engine);

        /**
         * Says whether code that does not know of the test is on its clock too. It needs {@code loop-testkit-agent} and the {@link
         * Engine#EXACT} engine, and is true unless said.
         *
         * @param wanted whether it is
         * @return this builder
         */
        Builder deep(boolean wanted);

        /**
         * Shuffles what is ready and due at one instant. The same seed gives the same order. Without a seed threads run in the order in
         * which they became ready.
         *
         * @param seed any number
         * @return this builder
         */
        Builder seed(long seed);

        /**
         * Sets what does not make the test fail at its end.
         *
         * @param findings what is no error in this test
         * @return this builder
         */
        Builder tolerate(Finding... findings);

        /**
         * Sets for how long a thread may be blocked where virtual time does not see it, in real time, before the test fails. The default
         * is two seconds.
         *
         * @param patience how long
         * @return this builder
         * @throws IllegalArgumentException if it is not positive
         */
        Builder patience(Duration patience);

        /**
         * Makes the runtime the only instance of a cluster in memory, whatever cluster its settings name. Then loops that run once per
         * cluster can be built and run on the test's time. For a test with several instances, see {@link TestCluster}.
         *
         * @return this builder
         */
        Builder inCluster();

        /** {@return a new runtime; the current thread is its test's thread} */
        TestLoops create();
    }

    /**
     * Finds a loop.
     *
     * @param name its name
     * @return the loop
     * @throws AssertionError if there is none; the message lists the names that exist
     */
    Loop get(String name);

    /** Runs what is due now, without moving time. */
    void settle();

    /**
     * Moves time, and runs what is due up to and including the end of the duration. Each wake-up sees its own deadline as the current time.
     *
     * @param duration how far; zero does what {@link #settle} does
     * @throws IllegalArgumentException if it is negative
     */
    void advance(Duration duration);

    /**
     * Moves time to an instant of the wall clock, and runs what is due up to and including it.
     *
     * @param instant where to
     * @throws IllegalArgumentException if it has passed
     */
    void advanceTo(Instant instant);

    /**
     * Moves time to the next wake-up, and runs what is due then.
     *
     * @throws IllegalStateException if there is none
     */
    void advanceToNext();

    /**
     * Moves time from wake-up to wake-up until a condition holds.
     *
     * @param condition asked on the test's thread each time everything due is done
     * @param atMost how far at most
     * @throws AssertionError if it does not hold by then
     */
    void runUntil(BooleanSupplier condition, Duration atMost);

    /**
     * Moves time until a loop ends. If it failed, the failure counts as seen.
     *
     * @param loop a loop of this runtime
     * @return how it ended, now or earlier
     * @throws IllegalStateException if it was never started
     * @throws AssertionError if it does not end by itself within 366 days of virtual time, or within ten million switches of threads; the
     *     message names the loops without an end
     */
    LoopEnd awaitEnd(Loop loop);

    /**
     * Runs work of the world outside, such as a call over the network. Time does not move meanwhile.
     *
     * @param <T> the type of its result
     * @param what its name in reports
     * @param work the work
     * @return its result
     * @throws Exception what it throws
     */
    <T extends @Nullable Object> T external(String what, Callable<T> work) throws Exception;

    /**
     * Moves the wall clock, not the monotonic one, as NTP or an operator would.
     *
     * @param by how far; negative to move it back
     */
    void moveWallClock(Duration by);

    /**
     * Plays a machine that sleeps: the wall clock goes on, and the monotonic clock does not.
     *
     * @param duration how long
     * @throws IllegalArgumentException if it is negative
     */
    void suspend(Duration duration);

    /**
     * Sets the wall clock. The monotonic clock stays as it is.
     *
     * @param instant what it says from now on
     */
    void setWallClock(Instant instant);

    /**
     * Plays the end of the JVM: does on the calling thread what {@link #shutdownOnExit} was asked to do. No hook is registered with the
     * real JVM.
     */
    void exit();

    /**
     * {@return the runtime itself, for code under test that closes or shuts down what it was given} Its close is the one of production: it
     * waits, in virtual time, as long as loops take to end. It does not end the test, as the close of this object does.
     */
    LoopRuntime runtime();

    /** {@return the virtual time since the start, on the monotonic clock} */
    Duration elapsed();

    /** {@return what each loop did when} */
    Timeline timeline();

    /** {@return the engine in use; never {@link Engine#AUTO}} */
    Engine engine();

    /** {@return why that engine is in use, as a sentence for people} */
    String engineReason();

    /**
     * Cancels the loops that run, waits in virtual time until they have ended, and ends the test's time. A second call does nothing. It
     * does not hang: a loop that does not end is reported.
     *
     * @throws AssertionError with each {@link Finding} that the test does not tolerate
     */
    @Override
    void close();
}
