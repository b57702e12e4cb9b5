package dev.vloop.testkit.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The test's thread as the one carrier of all virtual threads of the test. It has the queue of those that are ready, and runs one at
 * a time.
 *
 * <p>Confined to the carrier thread, except where noted: the test itself may use it there, and so may the virtual thread that is being
 * carried. There is no lock, because a virtual thread that waits for a lock could keep the carrier from the one that holds it. What
 * other threads submit goes through a queue of its own.
 */
final class Carrier {
    /** How many wake-ups from outside are kept for the report. */
    private static final int REMEMBERED = 100;

    /** The carrier thread. Any thread reads it. It changes only while nothing is carried. */
    private volatile Thread thread = Thread.currentThread();

    private final VirtualThreads virtualThreads;
    private final ExactThreads threads;
    private final Elsewhere elsewhere;
    private final ExactTimers timers;
    private final ExternalWork external;

    /** The threads that are ready to run. */
    private final RunQueue<ExactNode> queue;

    private final List<OutsideWake> outsideWakes = new ArrayList<>();

    /** What other threads submitted. Any thread adds to it. */
    private final ConcurrentLinkedQueue<Submission> foreign = new ConcurrentLinkedQueue<>();

    /** How often a thread has been carried. The carrier writes it, {@link ExactWatch} reads it. */
    private final AtomicLong switches = new AtomicLong();

    /** The thread that is being carried, null if none is. The carrier writes it, any thread reads it. */
    private final AtomicReference<@Nullable ExactNode> running = new AtomicReference<>();

    /**
     * A thread goes on because another thread, not of the test, wants it to.
     *
     * @param task continues the thread
     * @param waker the name of the thread that submitted it
     * @param stack where the waker was; empty if the wake-up is no finding
     */
    private record Submission(Runnable task, String waker, List<StackTraceElement> stack) {}

    Carrier(
            VirtualThreads virtualThreads,
            Chance chance,
            ExactTimers timers,
            HostSettings settings,
            ExternalWork external,
            Thread.UncaughtExceptionHandler escaped) {
        this.virtualThreads = virtualThreads;
        this.external = external;
        this.timers = timers;
        threads = new ExactThreads(virtualThreads, this::submit, escaped);
        queue = new RunQueue<>(chance);
        elsewhere = new Elsewhere(
                new RealWaits(virtualThreads, timers, settings.deep()),
                new MonitorFlush(virtualThreads, this::nudge),
                this::enqueue,
                this::takeForeign,
                new LockHolders(threads, this::thread),
                settings);
    }

    /** {@return the carrier thread} Any thread may call it. */
    Thread thread() {
        return thread;
    }

    void bind(Thread other) {
        thread = other;
    }

    /** {@return the threads of the test without its own} Any thread may call it. */
    ExactThreads threads() {
        return threads;
    }

    /** {@return how often a thread has been carried} Any thread may call it. */
    long switches() {
        return switches.get();
    }

    /** {@return the thread that is being carried, null if none is} Any thread may call it. */
    @Nullable
    ExactNode running() {
        return running.get();
    }

    /** {@return whether the calling thread is the carrier, or is carried by it} Any thread may call it. */
    boolean isInside() {
        Thread current = Thread.currentThread();
        if (current == thread) {
            return true;
        }
        ExactNode carried = running.get();
        return carried != null && carried.thread() == current;
    }

    /** Wakes the carrier if it waits for the world outside. Any thread may call it. */
    void nudge() {
        LockSupport.unpark(thread);
    }

    /** The JDK wants a thread to go on. Any thread may call it; it must not block. */
    private void submit(Runnable task) {
        if (isInside() && elsewhere.isExamining()) {
            // the JDK has ended its wait, or a thread from outside has
            foreign.add(new Submission(task, RealWaits.LOOKED_AT, List.of()));
            return;
        }
        if (isInside()) {
            ExactNode node = threads.nodeOf(task);
            if (node == running.get() && virtualThreads.isTimedOut(node.thread())) {
                // its wait was over before it had left the carrier
                foreign.add(new Submission(task, RealWaits.ENDS_WAITS, List.of()));
            } else {
                enqueue(node);
            }
            return;
        }
        Thread waker = Thread.currentThread();
        List<StackTraceElement> stack = waker.getName().equals("VirtualThread-unblocker")
                ? List.of()
                : List.of(new Throwable().getStackTrace());
        foreign.add(new Submission(task, waker.getName(), external.isUnderWay() ? List.of() : stack));
        nudge();
    }

    /** To look at the stack of a thread that is ready makes the JDK submit it again. */
    private void enqueue(ExactNode node) {
        if (!node.queued) {
            node.queued = true;
            queue.add(node);
        }
    }

    /** Takes over what other threads submitted. */
    void takeForeign() {
        for (Submission next = foreign.poll(); next != null; next = foreign.poll()) {
            ExactNode node = threads.nodeOf(next.task);
            if (isLate(node)) {
                continue;
            }
            if (RealWaits.endsWaits(next.waker)) {
                if (elsewhere.keepsWaiting(node, next.waker.equals(RealWaits.LOOKED_AT))) {
                    continue;
                }
            } else if (!elsewhere.holdsTime() && isFinding(next, node) && outsideWakes.size() < REMEMBERED) {
                outsideWakes.add(new OutsideWake(node.thread().getName(), next.waker, timers.now(), next.stack));
            }
            enqueue(node);
        }
    }

    /**
     * {@return whether a thread that was submitted has gone on since} To look at the stack of a thread that is ready makes the JDK submit it
     * a second time. The first time may come after that, when the thread waits again, or has ended.
     */
    private boolean isLate(ExactNode node) {
        Thread.State state = node.thread().getState();
        if (state == Thread.State.TERMINATED) {
            threads.ended(node);
        }
        return state != Thread.State.RUNNABLE;
    }

    /**
     * Time stands still while a thread waits for the network, for a lock that a stranger has, or for suspending functions: when it goes on is
     * no chance then.
     */
    private boolean isFinding(Submission wake, ExactNode woken) {
        return !wake.stack.isEmpty()
                && !isStray(woken)
                && !RealWaits.isOutside(woken)
                && !LockOwners.waitsForLock(woken.thread())
                && !elsewhere.hasHeldSuspended(woken);
    }

    /**
     * {@return whether a thread was woken in a wait of the host that is not over} It waits again. A fork-join pool wakes who has waited for
     * it also after that has gone on.
     */
    private static boolean isStray(ExactNode woken) {
        return woken.doing.isWait() && !woken.permit && !woken.thread().isInterrupted();
    }

    boolean hasReady() {
        return !queue.isEmpty();
    }

    /** Carries the next thread until it blocks or ends. */
    ExactNode step() {
        ExactNode node = queue.take();
        node.queued = false;
        threads.begun(node);
        elsewhere.remove(node);
        countSwitch();
        running.setRelease(node);
        try {
            node.task().run();
        } finally {
            running.setRelease(null);
        }
        stopped(node);
        return node;
    }

    private void stopped(ExactNode node) {
        if (node.doing.isWait()) {
            return; // it waits in the host, which knows why
        }
        Thread.State state = node.thread().getState();
        if (state == Thread.State.TERMINATED) {
            threads.ended(node);
        } else if (state != Thread.State.RUNNABLE || !node.queued) {
            // One that is RUNNABLE already was woken by a thread outside, which may not have submitted it yet.
            elsewhere.add(node, state, timers.now());
        }
    }

    /** Counts that a thread goes on, whether it left the carrier in between or not. */
    void countSwitch() {
        switches.setRelease(switches.getPlain() + 1);
    }

    /**
     * {@return whether time must stand still, since a thread was made and has not begun, waits for the world outside, or is in a timed
     * wait whose length this JDK does not tell}
     */
    boolean holdsTime() {
        return threads.hasUnstarted() || elsewhere.holdsTime();
    }

    /** {@return a thread that waits for the world outside for longer than this, null if none does} */
    @Nullable
    ExactNode overdue(Duration limit) {
        return elsewhere.overdue(limit);
    }

    /** {@return whether all threads but the one that is carried wait in the host, and nobody has woken one of them} */
    boolean isAlone() {
        return queue.isEmpty() && elsewhere.isEmpty() && foreign.isEmpty() && !holdsTime();
    }

    /** {@return whether threads are blocked where only the JDK knows why} */
    boolean hasElsewhere() {
        return !elsewhere.isEmpty();
    }

    /**
     * Makes sure that no thread of the test is on its way into the queue.
     *
     * @return whether none is; if false, ask again
     */
    boolean isQuiet() {
        return elsewhere.isQuiet() && foreign.isEmpty();
    }

    /** The test is over: whoever waits for virtual time goes on. */
    void releaseAll() {
        elsewhere.releaseAll();
    }

    List<OutsideWake> outsideWakes() {
        return List.copyOf(outsideWakes);
    }

    /** {@return threads that have waited since before now, without a limit, in code that is not the library's} */
    List<LongWait> longWaits() {
        return elsewhere.longWaits(timers.now());
    }

    List<RealWait> realWaits() {
        return elsewhere.realWaits();
    }
}
