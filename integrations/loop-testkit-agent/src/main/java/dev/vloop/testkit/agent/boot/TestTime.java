package dev.vloop.testkit.agent.boot;

import java.time.Instant;
import java.util.concurrent.ThreadFactory;
import java.util.function.BiFunction;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.LongPredicate;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The time of one test, as functions of the JDK's own types, because the testkit has no class in common with this package. Any thread may
 * call each function, unless its text says otherwise.
 *
 * @param inside whether the calling thread, which is the argument, belongs to the test and runs the user's code
 * @param tests whether a thread is the one that the test itself runs on
 * @param nanoTime the virtual time, on the scale of {@link System#nanoTime}
 * @param waitTime the same for the loops of the JDK around a wait on the calling thread: while that waits for the network or a process, it
 *     goes on
 * @param instant the virtual wall clock
 * @param threads makes threads that the test carries
 * @param after runs an action on a thread of the test after so many nanoseconds; the result calls it off
 * @param timedPark is told how long the calling thread is about to park
 * @param settle on the test's own thread: runs what is due now; returns whether anything was
 * @param pass moves time by so many nanoseconds for the calling thread, if nobody else has anything to do before; returns whether it did
 * @param sleep on the test's own thread: moves time; returns whether it was interrupted
 * @param hold lets virtual time wait for work outside, although not for long; the result ends it
 * @param foreign is told, as a sentence, that the calling thread has handed a delay to a real clock
 */
public record TestTime(
        Predicate<Thread> inside,
        Predicate<Thread> tests,
        LongSupplier nanoTime,
        LongSupplier waitTime,
        Supplier<Instant> instant,
        ThreadFactory threads,
        BiFunction<Long, Runnable, Runnable> after,
        LongConsumer timedPark,
        BooleanSupplier settle,
        LongPredicate pass,
        LongPredicate sleep,
        Supplier<Runnable> hold,
        Consumer<String> foreign) {}
