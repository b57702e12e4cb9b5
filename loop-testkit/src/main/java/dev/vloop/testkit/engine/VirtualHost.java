package dev.vloop.testkit.engine;

import dev.vloop.LoopEnd;
import dev.vloop.spi.Host;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A host whose time moves only when a test says so, and only while every thread of the test is blocked. The thread that
 * creates it is the test's thread, until another is bound: its waits are what moves time, and it wakes last at an instant.
 *
 * <p>Time may be read, and threads woken, interrupted, made and alarmed, by any thread. Waiting is for threads of
 * the test: from another one it throws {@link IllegalStateException}.
 */
public interface VirtualHost extends Host {
    /** {@return the name of the engine, for reports} */
    String engine();

    /**
     * Moves time to a value of {@link #nanoTime()}, its end included; returns when everything due by then is done.
     * Only the test's thread may call it.
     *
     * @throws IllegalArgumentException if the time has passed
     * @throws VirtualTimeError if the threads of the test do not come to rest, or the test's thread is interrupted
     */
    void advanceTo(long nanos);

    /** {@return the deadline of the next timer, {@link #NEVER} if there is none} */
    long nextDeadline();

    /** Moves the wall clock against the monotonic one and tells those who watch for it. */
    void moveWallClock(Duration by);

    /**
     * Runs work of the world outside: time does not move meanwhile, and the calling thread may block elsewhere. Other
     * threads of the test go on at the current instant. Any thread may call it.
     */
    <T extends @Nullable Object> T external(String what, Callable<T> work) throws Exception;

    /** {@return the test's thread} */
    Thread testThread();

    /** {@return whether the calling thread is the test's} */
    default boolean isTestThread() {
        return Thread.currentThread() == testThread();
    }

    /**
     * Makes another thread the test's. Neither the one nor the other is in a method of this host meanwhile.
     *
     * @throws IllegalStateException if it cannot be the test's thread
     */
    void bindTest(Thread thread);

    /** {@return the threads of the test that have not ended, the test's own first, then in the order of creation} */
    List<ThreadReport> threads();

    /** Tells of each end that a join hands to the test's thread, on that thread. */
    void onJoined(Consumer<? super LoopEnd> listener);

    /** {@return how many threads of the test live, without the test's own} */
    int liveThreads();

    /** {@return the timed waits of the JDK on threads of the test, the first hundred} */
    List<RealWait> realWaits();

    /** {@return who woke threads of the test from outside, while no external work went on; the first hundred} */
    List<OutsideWake> outsideWakes();

    /** {@return what escaped from bodies of threads and from actions of alarms, in order} */
    List<Uncaught> uncaught();

    /**
     * Ends the test's time: threads that still wait are thrown out of their waits, others are interrupted. Returns
     * within about the patience of the settings. Only the test's thread may call it; a second call does nothing.
     *
     * @return the threads that were alive before; those that still are say so
     */
    List<ThreadReport> close();
}
