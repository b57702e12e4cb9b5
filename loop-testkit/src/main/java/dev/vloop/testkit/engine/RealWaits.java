package dev.vloop.testkit.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * The timed waits of the JDK on threads of an exact test, and waits for the world outside. If the JDK or the agent tells how long a thread
 * waits, the wait ends at the right virtual time; unless virtual time is deep, it also takes its real time. If nobody tells, virtual time
 * stands still while a thread is in {@link Thread#sleep}. It also stands still while a thread waits for the network or a process, and, if it
 * is deep, for a time limit of Kotlin's coroutines. A wait that something else ends early is not reported to the test. Confined to the
 * carrier, except where noted.
 */
final class RealWaits {
    /** The beginning of the names of those threads of the JDK that end timed waits. */
    static final String ENDS_WAITS = "VirtualThread-unparker";

    /** Stands for one of them, or for a thread outside: somebody has ended a wait while the pump looked at the thread. */
    static final String LOOKED_AT = ENDS_WAITS + ", or another thread";

    /** How many waits are kept for the report. */
    private static final int REMEMBERED = 100;

    private final VirtualThreads virtualThreads;
    private final ExactTimers timers;

    /** Whether the JDK looks at virtual time when it asks whether a wait is over. */
    private final boolean deep;

    /** The waits that took their whole time. */
    private final List<RealWait> ended = new ArrayList<>();

    /** How many threads hold time, because they wait for the world outside or for a time that nobody tells. */
    private int holding;

    RealWaits(VirtualThreads virtualThreads, ExactTimers timers, boolean deep) {
        this.virtualThreads = virtualThreads;
        this.timers = timers;
        this.deep = deep;
    }

    /** {@return whether this is the name of the JDK's thread that ends timed waits} Any thread may call it. */
    static boolean endsWaits(String waker) {
        return waker.startsWith(ENDS_WAITS);
    }

    boolean isDeep() {
        return deep;
    }

    /** A thread has blocked in a timed wait. At the wait's virtual end {@code fired} is called. */
    void begin(ExactNode node, Consumer<RealTimer> fired) {
        long begun = System.nanoTime();
        long timeout = virtualThreads.timeoutOf(node.thread());
        if (timeout < 0 && deep) {
            timeout = node.parksFor;
            begun = node.parksSince;
        }
        if (timeout >= 0) {
            node.realTimer = new RealTimer(timers.now(), timeout, begun, !deep, node, fired);
            timers.add(node.realTimer);
        } else if (Frames.isRealSleep(node.thread().getStackTrace())) {
            remember(node);
            hold(node);
        }
    }

    /** {@return whether the JDK cannot have ended a thread's timed wait yet} */
    boolean isEarly(ExactNode node) {
        RealTimer timer = node.realTimer;
        return timer == null || (timer.isEarly() && !virtualThreads.isTimedOut(node.thread()));
    }

    /** Looks whether a blocked thread waits for the world outside, which holds time until it goes on, or for a class. */
    void examine(ExactNode node) {
        node.examined = true;
        StackTraceElement[] stack = node.thread().getStackTrace();
        node.awaitsClass = Frames.awaitsClass(stack);
        node.suspends = Frames.suspends(stack);
        if (!node.holdsTime && (Frames.isOutside(stack) || hasRealLimit(node))) {
            node.outsideSince = node.realTimer == null ? System.nanoTime() : node.realTimer.begun;
            dropTimer(node); // the JDK's own clock ends such a wait
            hold(node);
        }
    }

    /** {@return whether a blocked thread waits until a time on the clock of Kotlin's coroutines, which is real even if time is deep} */
    private boolean hasRealLimit(ExactNode node) {
        RealTimer timer = node.realTimer;
        return deep && node.suspends && timer != null && !timer.isForEver();
    }

    /**
     * {@return whether a thread that was woken just now has blocked at this very time until suspending functions of Kotlin have ended, and
     * time has stood still for it}
     */
    boolean hasHeldSuspended(ExactNode node) {
        return node.blockedAt == timers.now()
                && !node.suspendsForTest
                && Frames.suspends(node.thread().getStackTrace());
    }

    /** {@return whether a blocked thread waits, or waited until just now, for the world outside} */
    static boolean isOutside(ExactNode node) {
        return Frames.isOutside(node.thread().getStackTrace());
    }

    private void hold(ExactNode node) {
        node.holdsTime = true;
        holding++;
    }

    private void dropTimer(ExactNode node) {
        RealTimer timer = node.realTimer;
        if (timer != null) {
            timers.remove(timer);
            node.realTimer = null;
        }
    }

    /** A thread goes on, for whatever reason. */
    void end(ExactNode node) {
        dropTimer(node);
        node.timedOut = false;
        node.parksFor = -1;
        node.examined = false;
        node.awaitsClass = false;
        node.suspends = false;
        if (node.outsideSince != 0) {
            node.outsideNanos += System.nanoTime() - node.outsideSince;
            node.outsideSince = 0;
        }
        node.strangerSince = 0;
        node.holder = null;
        if (node.holdsTime) {
            node.holdsTime = false;
            holding--;
        }
    }

    /** Lets a thread go on whose virtual time has come. The JDK submits it, and it looks at virtual time. */
    void wake(ExactNode node) {
        if (!virtualThreads.endTimedWait(node.thread())) {
            LockSupport.unpark(node.thread());
        }
    }

    /** {@return whether time must stand still} */
    boolean holdTime() {
        return holding > 0;
    }

    /** The thread's wait took its whole time. */
    void remember(ExactNode node) {
        if (!deep && ended.size() < REMEMBERED) {
            ended.add(new RealWait(
                    node.thread().getName(), timers.now(), List.of(node.thread().getStackTrace())));
        }
    }

    List<RealWait> all() {
        return List.copyOf(ended);
    }
}
