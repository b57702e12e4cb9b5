package dev.vloop.testkit.engine;

import dev.vloop.spi.Host;
import dev.vloop.testkit.engine.ThreadReport.Doing;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A thread of the test in the exact engine, and its state. Confined to the carrier thread, except where noted. */
final class ExactNode {
    /** The rank by creation. */
    final long order;

    private final Thread thread;

    /** Continues the thread; there is one task per thread. Null until the thread first runs. */
    private @Nullable Runnable task;

    /** What the thread does, as far as the host knows. */
    Doing doing = Doing.RUNNING;

    /** When its wait in the host ends, or its last one ended. */
    long deadline = Host.NEVER;

    /** The permit of {@link Host#unpark}. Any thread sets it. */
    volatile boolean permit;

    /** Whether the thread was made and has neither begun nor been abandoned. Any thread may use it. */
    volatile boolean unstarted;

    /** Whether it is ready, and in the queue. */
    boolean queued;

    /** Whether it is blocked, but not in a wait of the host. */
    boolean elsewhere;

    /** The end of the timed wait of the JDK that it is in; null if it is in none, or if the JDK does not tell the length. */
    @Nullable
    RealTimer realTimer;

    /** Whether somebody had ended its wait before anybody could see what wait it was. */
    boolean missed;

    /** Whether the JDK has ended that wait before its virtual time came. */
    boolean timedOut;

    /** How long it parks at most, as the agent was told; -1 if it is not known. */
    long parksFor = -1;

    /** Since when it parks, in real nanoseconds, if it is known how long. */
    long parksSince;

    /** Whether virtual time stands still until it goes on. */
    boolean holdsTime;

    /** Since when it holds time because it waits for the network or a process, in real nanoseconds; 0 if it does not. */
    long outsideSince;

    /** How long it has held time for that, in real nanoseconds, in all its waits together. */
    long outsideNanos;

    /** Since when it is blocked by a thread that is not of the test, in real nanoseconds; 0 if it was not at the last look. */
    long strangerSince;

    /** The thread of the test that held the monitor which it is blocked on, at the last look; null if none did. */
    @Nullable
    Thread holder;

    /** Whether it waits, without its carrier, for another thread to initialize a class. It counts while the thread waits. */
    boolean awaitsClass;

    /** Whether it blocks until suspending functions of Kotlin have ended. It counts while the thread waits. */
    boolean suspends;

    /** Whether such a wait has lasted longer than the patience: it is for others of the test then, and no more of its waits hold time. */
    boolean suspendsForTest;

    /** Whether somebody has looked at what it is blocked in. */
    boolean examined;

    /** The virtual time at which it last blocked. */
    long blockedAt;

    ExactNode(long order, Thread thread, boolean unstarted) {
        this.order = order;
        this.thread = thread;
        this.unstarted = unstarted;
    }

    /** {@return the thread} Any thread may call it. */
    Thread thread() {
        return thread;
    }

    Runnable task() {
        return Objects.requireNonNull(task);
    }

    void task(Runnable continues) {
        task = continues;
    }

    /** {@return its state for reports} Any thread may call it. What it reads may be a little old. */
    ThreadReport report() {
        Doing does = thread.getState() == Thread.State.NEW
                ? Doing.NEW
                : doing == Doing.RUNNING && queued ? Doing.READY : doing;
        return new ThreadReport(thread, does, deadline, List.of(thread.getStackTrace()));
    }
}
