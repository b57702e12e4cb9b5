package dev.vloop.testkit.agent.boot;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The hooks that waiting methods of the JDK call before they wait. */
public final class Waits {
    private Waits() {}

    /**
     * A virtual thread is about to park for a time, on a JDK that does not keep that time in the thread.
     *
     * @param thread it
     * @param nanos how long
     */
    public static void timedPark(Object thread, long nanos) {
        TestTime test = VirtualTime.carrying();
        if (test != null) {
            test.timedPark().accept(nanos);
        }
    }

    /**
     * A virtual thread is about to sleep.
     *
     * @param thread it
     * @param nanos how long
     * @return whether it has slept in virtual time, and kept its carrier
     */
    public static boolean sleep(Object thread, long nanos) {
        return !Thread.currentThread().isInterrupted() && pass(nanos);
    }

    /**
     * A virtual thread is about to park without giving up its carrier.
     *
     * @param thread it
     * @param timed whether for a time
     * @param nanos how long
     * @return whether it has waited in virtual time
     */
    public static boolean pinnedPark(Object thread, boolean timed, long nanos) {
        return timed && pass(nanos);
    }

    private static boolean pass(long nanos) {
        if (nanos <= 0) {
            return false;
        }
        TestTime test = VirtualTime.carrying();
        return test != null && test.pass().test(nanos);
    }

    /**
     * Does {@link Object#wait(long)} where it keeps the carrier, before JDK 24.
     *
     * @param monitor the monitor
     * @param millis how long at most; 0 for ever
     * @throws InterruptedException as that does
     */
    @SuppressWarnings("WaitNotInLoop") // the caller has the loop
    public static void waitOn(Object monitor, long millis) throws InterruptedException {
        if (millis > 0
                && Thread.holdsLock(monitor)
                && !Thread.currentThread().isInterrupted()
                && pass(TimeUnit.MILLISECONDS.toNanos(millis))) {
            return;
        }
        monitor.wait(millis);
    }

    /** {@return whether the calling thread is a test's own, and has run what is due instead of parking at once} */
    public static boolean testParks() {
        TestTime test = VirtualTime.ofTestThread();
        return test != null && test.settle().getAsBoolean();
    }

    /**
     * {@link Thread#sleep(long)} is called.
     *
     * @param millis how long
     * @return whether it was on a test's own thread, and time has moved
     * @throws InterruptedException as that does
     */
    public static boolean testSleeps(long millis) throws InterruptedException {
        return millis >= 0 && testSleepsNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }

    /**
     * {@link Thread#sleep(long, int)} is called.
     *
     * @param millis how long
     * @param nanos and nanoseconds
     * @return whether it was on a test's own thread, and time has moved
     * @throws InterruptedException as that does
     */
    public static boolean testSleeps(long millis, int nanos) throws InterruptedException {
        return millis >= 0
                && nanos >= 0
                && nanos <= 999_999
                && testSleepsNanos(Math.addExact(TimeUnit.MILLISECONDS.toNanos(millis), nanos));
    }

    /**
     * {@link Thread#sleep(Duration)} is called.
     *
     * @param duration how long
     * @return whether it was on a test's own thread, and time has moved
     * @throws InterruptedException as that does
     */
    public static boolean testSleeps(Duration duration) throws InterruptedException {
        return testSleepsNanos(TimeUnit.NANOSECONDS.convert(duration));
    }

    private static boolean testSleepsNanos(long nanos) throws InterruptedException {
        TestTime test = VirtualTime.ofTestThread();
        if (test == null) {
            return false;
        }
        if (test.sleep().test(Math.max(0, nanos))) {
            throw new InterruptedException();
        }
        return true;
    }
}
