package dev.vloop.vthreads;

import dev.vloop.spi.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** The real machine. */
final class SystemHost implements Host {
    /** The host of all runtimes of a JVM: they share one thread for their alarms. */
    static final SystemHost SHARED = new SystemHost();

    /** Subtracted from {@link System#nanoTime}, so that times are never negative. */
    private final long origin = System.nanoTime();

    private final Alarms alarms = new Alarms(this);

    @Override
    public long nanoTime() {
        return System.nanoTime() - origin;
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
        if (deadline == NEVER) {
            while (true) {
                Thread.sleep(Long.MAX_VALUE);
            }
        }
        for (long left = deadline - nanoTime(); left > 0; left = deadline - nanoTime()) {
            Thread.sleep(Duration.ofNanos(left));
        }
    }

    @Override
    public void park(long deadline) {
        if (deadline == NEVER) {
            LockSupport.park(); // without a blocker: it would widen the frame that a waiting loop keeps
        } else {
            LockSupport.parkNanos(deadline - nanoTime());
        }
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
    public void giveWay() {
        // Not Thread.yield: a carrier looks at what other threads have handed to it only when its own queue is empty,
        // which it never is
        // while two threads yield to each other.
        LockSupport.parkNanos(1);
    }

    @Override
    public Alarm alarm(long deadline, Runnable action) {
        return alarms.set(deadline, action);
    }

    @Override
    public Alarm onClockJump(Consumer<Duration> listener) {
        return new ClockJumpWatch(this, listener).alarm;
    }
}
