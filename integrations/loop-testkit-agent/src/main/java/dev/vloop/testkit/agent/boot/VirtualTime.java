package dev.vloop.testkit.agent.boot;

import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import org.jspecify.annotations.Nullable;

/** The tests that are running, and what the clock shows to the calling thread. Any thread. */
public final class VirtualTime {
    /** The array is replaced and never changed, so readers need no lock. While it is empty, everything is as without the agent. */
    private static volatile TestTime[] tests = {};

    private VirtualTime() {}

    /**
     * A test begins.
     *
     * @param test its time
     */
    public static synchronized void begin(TestTime test) {
        TestTime[] more = Arrays.copyOf(tests, tests.length + 1);
        more[tests.length] = test;
        tests = more;
    }

    /**
     * A test is over.
     *
     * @param test its time; nothing happens if it did not begin
     */
    public static synchronized void end(TestTime test) {
        tests = Arrays.stream(tests).filter(each -> each != test).toArray(TestTime[]::new);
    }

    /** {@return whether no test is running} */
    static boolean isIdle() {
        return tests.length == 0;
    }

    static boolean isUnderWay(TestTime test) {
        for (TestTime each : tests) {
            if (each == test) {
                return true;
            }
        }
        return false;
    }

    /** {@return the test of the calling thread, the test's own thread included; null if it belongs to none} */
    static @Nullable TestTime here() {
        TestTime[] all = tests;
        if (all.length == 0) {
            return null;
        }
        Thread me = Thread.currentThread();
        // the last one first: a thread of a fork-join pool that waits in one test may run another test meanwhile
        for (int i = all.length - 1; i >= 0; i--) {
            if (all[i].inside().test(me)) {
                return all[i];
            }
        }
        return null;
    }

    /** {@return the test that carries the calling thread; null if none does, or if it is a test's own thread} */
    static @Nullable TestTime carrying() {
        TestTime test = here();
        return test == null || test.tests().test(Thread.currentThread()) ? null : test;
    }

    /** {@return the test whose own thread is the calling one, while that runs the user's code; null if there is none} */
    static @Nullable TestTime ofTestThread() {
        TestTime test = here();
        return test != null && test.tests().test(Thread.currentThread()) ? test : null;
    }

    /** {@return the test whose clock the calling thread reads, also while it does work that a body handed it; null if it reads a real one} */
    private static @Nullable TestTime reading() {
        TestTime test = here();
        return test != null || isIdle() ? test : Outside.worksFor();
    }

    /** {@return what {@link System#nanoTime} returns to the calling thread} */
    public static long nanoTime() {
        TestTime test = reading();
        return test == null ? System.nanoTime() : test.nanoTime().getAsLong();
    }

    /** {@return what {@link System#currentTimeMillis} returns to the calling thread} */
    public static long currentTimeMillis() {
        TestTime test = reading();
        return test == null ? System.currentTimeMillis() : test.instant().get().toEpochMilli();
    }

    /** {@return what {@code new Date()} is to the calling thread} */
    @SuppressWarnings("JavaUtilDate") // the user's code wants one
    public static Date date() {
        return new Date(currentTimeMillis());
    }

    /** {@return the virtual time of the calling thread; null if its clock is the real one} */
    public static @Nullable Instant instant() {
        TestTime test = reading();
        return test == null ? null : test.instant().get();
    }

    /** {@return {@link System#nanoTime} for a loop of the JDK around a park; it is real on the test's own thread} */
    public static long waitNanoTime() {
        TestTime test = carrying();
        return test == null ? System.nanoTime() : test.waitTime().getAsLong();
    }

    /** {@return {@link System#currentTimeMillis} for a loop of the JDK around a park} */
    public static long waitTimeMillis() {
        TestTime test = carrying();
        return test == null ? System.currentTimeMillis() : test.instant().get().toEpochMilli();
    }
}
