package dev.vloop.testkit.engine;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The threads of an exact test that are blocked, but not in a wait of the host: in a lock, a queue, a future, a monitor or a timed
 * wait of the JDK. Only the JDK knows when they go on. Confined to the carrier.
 */
final class Elsewhere {
    private final Set<ExactNode> nodes = new LinkedHashSet<>();
    private final RealWaits realWaits;
    private final MonitorFlush flush;

    /** Puts a thread into the queue of those that are ready. */
    private final Consumer<ExactNode> ready;

    /** Takes over what other threads have submitted. */
    private final Runnable takeForeign;

    /** How long the end of a timed wait may be awaited, in real nanoseconds. */
    private final long realLimit;

    /** How long a thread of another test, or of none, may block one of this test before time moves all the same, in real nanoseconds. */
    private final long lockLimit;

    /** Who blocks threads of this test. */
    private final LockHolders holders;

    /** Whether threads are being looked at. */
    private boolean examining;

    /** Whether the test is over, so that nobody waits for virtual time any more. */
    private boolean ending;

    Elsewhere(
            RealWaits realWaits,
            MonitorFlush flush,
            Consumer<ExactNode> ready,
            Runnable takeForeign,
            LockHolders holders,
            HostSettings settings) {
        this.realWaits = realWaits;
        this.flush = flush;
        this.ready = ready;
        this.takeForeign = takeForeign;
        this.holders = holders;
        realLimit = settings.externalLimit().toNanos();
        lockLimit = settings.patience().toNanos();
    }

    boolean isEmpty() {
        return nodes.isEmpty();
    }

    /** A thread has blocked at this virtual time, and is in this state now: the one in which it waits, or RUNNABLE if its wait is over. */
    void add(ExactNode node, Thread.State state, long now) {
        node.elsewhere = true;
        node.blockedAt = now;
        nodes.add(node);
        node.missed = state == Thread.State.RUNNABLE;
        if (state == Thread.State.TIMED_WAITING) {
            realWaits.begin(node, this::virtualWaitEnds);
        }
    }

    /** A thread goes on. Nothing happens if it is not here. */
    void remove(ExactNode node) {
        if (node.elsewhere) {
            node.elsewhere = false;
            nodes.remove(node);
            realWaits.end(node);
        }
    }

    /**
     * The JDK has ended a thread's timed wait.
     *
     * @param perhaps whether a thread outside may have ended it instead
     * @return whether the thread still has to wait for its virtual time
     */
    boolean keepsWaiting(ExactNode node, boolean perhaps) {
        if (perhaps && !node.timedOut && realWaits.isEarly(node)) {
            return false;
        }
        if (node.missed && !perhaps) {
            node.missed = false;
            realWaits.begin(node, this::virtualWaitEnds);
        }
        if (node.realTimer != null && !node.examined) {
            examine(node); // it was over before anybody could look: a wait for the network has no virtual time
        }
        if (node.realTimer != null && !ending) {
            node.timedOut = true;
            return true;
        }
        if (!node.holdsTime) {
            realWaits.remember(node);
        }
        return false;
    }

    /**
     * The virtual time of a timed wait is over. Unless virtual time is deep, this waits until its real time is over too, because the
     * JDK looks at its own clock; but not if that would take too long.
     */
    private void virtualWaitEnds(RealTimer timer) {
        ExactNode node = timer.node;
        if (realWaits.isDeep()) {
            node.realTimer = null;
            if (node.timedOut) {
                release(node);
            } else if (!node.queued) {
                realWaits.wake(node);
            }
            return;
        }
        realWaits.remember(node);
        if (timer.realDeadline - System.nanoTime() > realLimit) {
            return;
        }
        while (!node.queued && !node.timedOut) {
            LockSupport.parkNanos(this, 1_000_000);
            takeForeign.run();
        }
        node.realTimer = null;
        if (node.timedOut) {
            release(node);
        }
    }

    /** The JDK had ended the thread's wait before its virtual time came. Now that time has come, and the thread goes on. */
    private void release(ExactNode node) {
        node.timedOut = false;
        ready.accept(node);
    }

    /** The test is over: threads that wait for its virtual time go on. */
    void releaseAll() {
        ending = true;
        for (ExactNode node : nodes) {
            if (node.timedOut) {
                release(node);
            }
        }
    }

    /** {@return whether time must stand still: a thread waits for the world outside, or for a time that this JDK does not tell} */
    boolean holdsTime() {
        return realWaits.holdTime();
    }

    /** {@return a thread that waits for the world outside for longer than this, null if none does} */
    @Nullable
    ExactNode overdue(Duration limit) {
        long now = System.nanoTime();
        return nodes.stream()
                .filter(node -> node.outsideSince != 0 && now - node.outsideSince > limit.toNanos())
                .findFirst()
                .orElse(null);
    }

    /**
     * Makes sure that none of these threads is on its way into the queue, or waits for the world outside.
     *
     * @return whether none is; if false, ask again
     */
    boolean isQuiet() {
        boolean monitors = false;
        examine();
        if (holdsTime()) {
            return false;
        }
        for (ExactNode node : nodes) {
            Thread.State state = node.thread().getState(); // read once: it may change
            if (node.timedOut) {
                if (node.thread().isInterrupted()) {
                    release(node); // for the JDK it is running already, so the JDK does not submit it again
                    return false;
                }
            } else if (state == Thread.State.RUNNABLE) {
                LockSupport.parkNanos(this, 10_000); // woken by another thread, which has not submitted it yet
                return false;
            }
            monitors |= state == Thread.State.BLOCKED;
        }
        if (monitors && MonitorFlush.NEEDED) {
            flush.flush();
            for (ExactNode node : nodes) {
                if (!node.timedOut && node.thread().getState() == Thread.State.RUNNABLE) {
                    return false;
                }
            }
        }
        return !awaitsStranger();
    }

    /**
     * {@return whether a thread is blocked by one that is not of this test, or may be as it has suspended, and has not been for long} Such a
     * thread goes on in real time, so that virtual time must wait for it.
     */
    private boolean awaitsStranger() {
        long now = System.nanoTime();
        for (ExactNode node : nodes) {
            if (node.timedOut) {
                continue;
            }
            if (isPatienceOver(node, now)) {
                node.suspendsForTest |= node.suspends;
            } else if (mayAwaitStranger(node)) {
                if (node.strangerSince == 0) {
                    node.strangerSince = now;
                }
                LockSupport.parkNanos(this, 10_000);
                return true;
            }
        }
        return false;
    }

    private boolean isPatienceOver(ExactNode node, long now) {
        return node.strangerSince != 0 && now - node.strangerSince > lockLimit;
    }

    private boolean mayAwaitStranger(ExactNode node) {
        return (node.suspends && !node.suspendsForTest) || holders.isStranger(node);
    }

    /**
     * {@return whether a thread that was woken just now has blocked at this very time until suspending functions of Kotlin have ended, and
     * time has stood still for it}
     */
    boolean hasHeldSuspended(ExactNode node) {
        return realWaits.hasHeldSuspended(node);
    }

    /** Looks once at each thread that is blocked, and is still, whether it waits for the world outside. */
    private void examine() {
        for (ExactNode node : nodes) {
            if (!node.examined && !node.timedOut && node.thread().getState() != Thread.State.RUNNABLE) {
                examine(node);
            }
        }
    }

    private void examine(ExactNode node) {
        examining = true;
        try {
            realWaits.examine(node);
        } finally {
            examining = false;
        }
    }

    /**
     * {@return whether threads are being looked at} To look at the stack of a thread that goes on meanwhile makes the JDK submit that thread
     * from within the look.
     */
    boolean isExamining() {
        return examining;
    }

    /** {@return threads that have waited since before now, without a limit, in code that is not the library's} */
    List<LongWait> longWaits(long now) {
        return nodes.stream()
                .filter(node -> node.blockedAt < now && node.realTimer == null && !node.holdsTime)
                .filter(node -> node.thread().getState() == Thread.State.WAITING)
                .map(node -> new LongWait(
                        node.thread().getName(),
                        node.blockedAt,
                        List.of(node.thread().getStackTrace())))
                .filter(wait -> Frames.isUsersWait(wait.stack()))
                .toList();
    }

    /** {@return the timed waits that took real time} */
    List<RealWait> realWaits() {
        return realWaits.all();
    }
}
