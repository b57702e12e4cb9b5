package dev.vloop.vthreads;

import dev.vloop.internal.PlatformThreads;
import dev.vloop.spi.Host;
import dev.vloop.vthreads.timer.JdkPark;
import dev.vloop.vthreads.timer.SystemTimer;
import dev.vloop.vthreads.timer.TimedAction;
import dev.vloop.vthreads.timer.TimedPark;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** The real machine. */
final class SystemHost implements Host {
    /** The host of all runtimes of a JVM: they share one timer. */
    static final SystemHost SHARED = new SystemHost();

    /** For how long a thread gives way at least where there are no threads, in nanoseconds. */
    private static final long POOR_REST = 1_000_000L;

    private static final String ASIDE = "vloop-aside";

    /** Ends all waits of virtual threads, and runs all alarms. */
    private final SystemTimer timer = new SystemTimer(SystemHost::alarmFailed);

    @Override
    public long nanoTime() {
        return timer.nanoTime();
    }

    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public RandomGenerator random() {
        return () -> ThreadLocalRandom.current().nextLong(); // not kept: it belongs to the thread that asks
    }

    @Override
    public Thread newThread(String name, Runnable body) {
        // a loop must not depend on which thread happens to start it
        return Thread.ofVirtual()
                .name(name)
                .inheritInheritableThreadLocals(false)
                .unstarted(body);
    }

    @Override
    public void interrupt(Thread thread) {
        try {
            thread.interrupt();
        } catch (OutOfMemoryError e) {
            // the flag is set and the thread is queued; it could only not get a carrier of its own (JDK 21)
        }
    }

    @Override
    public void sleepUntil(long deadline) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException(); // Thread.sleep would not throw if nothing is left to sleep
        }
        TimedPark parker = timer.newPark();
        try {
            while (deadline == NEVER || nanoTime() < deadline) {
                parker.park(deadline);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        } finally {
            parker.release();
        }
    }

    @Override
    public void park(long deadline) {
        if (deadline == NEVER) {
            LockSupport.park();
        } else if (Thread.currentThread().isVirtual()) {
            TimedPark parker = timer.newPark();
            parker.park(deadline);
            parker.release();
        } else {
            LockSupport.parkNanos(deadline - nanoTime()); // a platform thread needs no timer of ours
        }
    }

    @Override
    public Parker newParker() {
        return timer.newPark();
    }

    @Override
    public void unpark(Thread thread) {
        try {
            LockSupport.unpark(thread);
        } catch (OutOfMemoryError e) {
            // the permit is set and the thread is queued; it could only not get a carrier of its own (JDK 21)
        }
    }

    @Override
    public void giveWay(long nanos) {
        // Not Thread.yield: a carrier looks at what other threads have handed to it only when its own queue is empty.
        // While two threads yield to each other, that is never so.
        if (JdkPark.isTrusted()) {
            LockSupport.parkNanos(nanos);
        } else {
            park(nanoTime() + Math.max(nanos, POOR_REST)); // costs more, and needs no thread for delays
        }
    }

    @Override
    public Alarm alarm(long deadline, Runnable action) {
        TimedAction alarm = timer.newAction(action);
        alarm.set(deadline);
        return alarm::release;
    }

    @Override
    public Timer newTimer(Runnable action) {
        return timer.newAction(action);
    }

    @Override
    public Alarm onClockJump(Consumer<Duration> listener) {
        return new ClockJumpWatch(this, listener).alarm;
    }

    /** The timer's thread. */
    private static void alarmFailed(Throwable failure) {
        runAside(() -> Log.broken("an alarm failed", failure));
    }

    /**
     * The timer's thread, or any. Runs what may block, or is user code, on a thread of its own, because all waits and timeouts depend on
     * the timer's thread.
     *
     * @return false if there is no thread, and nothing is run
     */
    static boolean runAside(Runnable work) {
        try {
            Thread.ofVirtual().name(ASIDE).inheritInheritableThreadLocals(false).start(work);
            return true;
        } catch (Throwable e) {
            return runOnPlatformThread(work);
        }
    }

    private static boolean runOnPlatformThread(Runnable work) {
        try {
            PlatformThreads.make(ASIDE, true, work).start();
            return true;
        } catch (Throwable e) {
            return false;
        }
    }
}
