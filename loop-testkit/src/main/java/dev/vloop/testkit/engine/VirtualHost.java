package dev.vloop.testkit.engine;

import dev.vloop.LoopEnd;
import dev.vloop.spi.Host;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A host whose time moves only when a test says so, and only while every thread of the test is blocked. The thread that creates the host is
 * the test's thread, until another one is bound. Its waits move time, and at each instant it wakes last.
 *
 * <p>Any thread may read the time, make, wake and interrupt threads, and set alarms. Only threads of the test may wait: on any other thread
 * a wait throws {@link IllegalStateException}.
 */
public interface VirtualHost extends Host {
    /** {@return the name of the engine, for reports} */
    String engine();

    /**
     * Moves time to a value of {@link #nanoTime()}. Returns when everything that is due up to and including then is done. Only the test's
     * thread may call it.
     *
     * @throws IllegalArgumentException if the time has passed
     * @throws VirtualTimeError if the threads of the test do not come to rest, or the test's thread is interrupted
     */
    void advanceTo(long nanos);

    /** {@return the deadline of the next timer, {@link #NEVER} if there is none} */
    long nextDeadline();

    /** Moves the wall clock, not the monotonic one, and tells those who watch for it. */
    void moveWallClock(Duration by);

    /**
     * Runs work of the world outside. Time does not move meanwhile, and the calling thread may block wherever it likes. Other threads of
     * the test go on at the current instant. Any thread may call it.
     */
    <T extends @Nullable Object> T external(String what, Callable<T> work) throws Exception;

    /** {@return the test's thread} */
    Thread testThread();

    /** {@return whether the calling thread is the test's} */
    default boolean isTestThread() {
        return Thread.currentThread() == testThread();
    }

    /**
     * Makes another thread the test's thread. Neither of the two may be in a method of this host meanwhile.
     *
     * @throws IllegalStateException if it cannot be the test's thread
     */
    void bindTest(Thread thread);

    /** {@return the threads of the test that have not ended, the test's own first, then in the order of creation} */
    List<ThreadReport> threads();

    /** Sets who is told of each end that a join hands to the test's thread. It is told on that thread. */
    void onJoined(Consumer<? super LoopEnd> listener);

    /** {@return how many threads of the test have not ended, without the test's own} */
    int liveThreads();

    /** {@return the timed waits of the JDK on threads of the test, the first hundred} */
    List<RealWait> realWaits();

    /** {@return the wake-ups of threads of the test from outside while no external work was under way, the first hundred} */
    List<OutsideWake> outsideWakes();

    /** {@return the delays that threads of the test have handed to clocks in real time, the first hundred} */
    List<RealDelay> realDelays();

    /** {@return the threads of the test that have waited for long in code where virtual time does not see what they wait for} */
    List<LongWait> longWaits();

    /** {@return whether code that knows nothing of the test is on its clock, too} */
    boolean isDeep();

    /** {@return what escaped from bodies of threads and from actions of alarms, in order} */
    List<Uncaught> uncaught();

    /**
     * Ends the test's time. Threads that wait in it are thrown out of their waits, others are interrupted. Returns within about the
     * patience of the settings. Only the test's thread may call it. A second call does nothing.
     *
     * @return the threads that have not ended, without the test's own
     */
    List<ThreadReport> close();
}
