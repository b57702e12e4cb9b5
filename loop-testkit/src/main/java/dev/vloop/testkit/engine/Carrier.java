package dev.vloop.testkit.engine;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The test's thread as the one carrier of all virtual threads of the test. What is not marked otherwise is touched on
 * the carrier alone, by the test itself or by the virtual thread which it carries; there is no lock, since a virtual
 * thread that queued for it could keep the carrier from the one that has it. Other threads leave what they submit in a
 * queue of their own.
 */
final class Carrier {
    private static final int REMEMBERED = 100;

    /** Any thread reads. It changes while nothing is carried. */
    private volatile Thread thread = Thread.currentThread();

    private final VirtualThreads virtualThreads;
    private final Executor scheduler = this::submit;
    private final MonitorFlush flush;
    private final RunQueue<ExactNode> queue;
    private final ExactTimers timers;
    private final IdentityHashMap<Runnable, ExactNode> byTask = new IdentityHashMap<>();

    /** Threads that are blocked, but not in a wait of the host. */
    private final Set<ExactNode> elsewhere = new LinkedHashSet<>();

    private final List<OutsideWake> outsideWakes = new ArrayList<>();
    private final RealWaits realWaits;
    private final ExternalWork external;

    /** For threads that bodies start; others have the host's own. */
    private final Thread.UncaughtExceptionHandler escaped;

    private final long realLimit;

    /** Whether the test is over. */
    private boolean ending;

    /** All threads of the test that live. Any thread. */
    private final Map<Thread, ExactNode> nodes = new ConcurrentHashMap<>();

    /** What other threads submitted. Any thread. */
    private final ConcurrentLinkedQueue<Submission> foreign = new ConcurrentLinkedQueue<>();

    /** Threads made and neither begun nor abandoned. Any thread. */
    private final AtomicInteger unstarted = new AtomicInteger();

    private final AtomicLong created = new AtomicLong();

    /** For {@link ExactWatch}: how often a thread was carried, and which one is. The carrier writes. */
    private final AtomicLong switches = new AtomicLong();

    private final AtomicReference<@Nullable ExactNode> running = new AtomicReference<>();

    private record Submission(Runnable task, String waker, List<StackTraceElement> stack) {}

    Carrier(
            VirtualThreads virtualThreads,
            Chance chance,
            ExactTimers timers,
            HostSettings settings,
            ExternalWork external,
            Thread.UncaughtExceptionHandler escaped) {
        this.external = external;
        this.escaped = escaped;
        this.virtualThreads = virtualThreads;
        this.timers = timers;
        realWaits = new RealWaits(virtualThreads, timers);
        realLimit = settings.externalLimit().toNanos();
        queue = new RunQueue<>(chance);
        flush = new MonitorFlush(virtualThreads, this::nudge);
    }

    Thread thread() {
        return thread;
    }

    void bind(Thread other) {
        thread = other;
    }

    long switches() {
        return switches.get();
    }

    @Nullable
    ExactNode running() {
        return running.get();
    }

    /** {@return whether the calling thread is the carrier, or carried by it} */
    boolean isInside() {
        Thread current = Thread.currentThread();
        if (current == thread) {
            return true;
        }
        ExactNode carried = running.get();
        return carried != null && carried.thread() == current;
    }

    /** Wakes the carrier if it waits for the world outside. Any thread. */
    void nudge() {
        LockSupport.unpark(thread);
    }

    /** Any thread. */
    Thread newThread(String name, Runnable body) {
        Thread made = virtualThreads.builder(scheduler).name(name).unstarted(body);
        nodes.put(made, new ExactNode(created.getAndIncrement(), made, true));
        unstarted.incrementAndGet();
        return made;
    }

    /** Any thread. */
    void abandon(Thread made) {
        ExactNode node = nodes.get(made);
        if (node != null && made.getState() == Thread.State.NEW) {
            nodes.remove(made);
            begun(node);
        }
    }

    private void begun(ExactNode node) {
        if (node.unstarted) {
            node.unstarted = false;
            unstarted.decrementAndGet();
        }
    }

    /** {@return the thread's node, null if it is not of the test} */
    @Nullable
    ExactNode node(Thread of) {
        return nodes.get(of);
    }

    Map<Thread, ExactNode> nodes() {
        return nodes;
    }

    /** The JDK wants a thread to go on. Any thread; it must not block. */
    void submit(Runnable task) {
        if (isInside()) {
            enqueue(nodeOf(task));
            return;
        }
        Thread waker = Thread.currentThread();
        List<StackTraceElement> stack = waker.getName().equals("VirtualThread-unblocker")
                ? List.of()
                : List.of(new Throwable().getStackTrace());
        foreign.add(new Submission(task, waker.getName(), external.isUnderWay() ? List.of() : stack));
        nudge();
    }

    private ExactNode nodeOf(Runnable task) {
        ExactNode node = byTask.get(task);
        if (node == null) {
            Thread of = virtualThreads.threadOf(task);
            if (of == null) {
                throw new IllegalStateException("a task without its thread: " + task);
            }
            node = nodes.computeIfAbsent(of, this::nested);
            node.task(task);
            byTask.put(task, node);
        }
        return node;
    }

    private ExactNode nested(Thread of) {
        of.setUncaughtExceptionHandler(escaped);
        return new ExactNode(created.getAndIncrement(), of, false);
    }

    private void enqueue(ExactNode node) {
        node.queued = true;
        queue.add(node);
    }

    /** Takes over what other threads submitted. */
    void takeForeign() {
        for (Submission next = foreign.poll(); next != null; next = foreign.poll()) {
            ExactNode node = nodeOf(next.task);
            if (RealWaits.endsWaits(next.waker)) {
                if (node.realTimer != null && !ending) {
                    node.timedOut = true; // its turn comes when its virtual time does
                    continue;
                }
                if (!node.holdsTime) {
                    realWaits.remember(node);
                }
            } else if (!next.stack.isEmpty() && outsideWakes.size() < REMEMBERED) {
                outsideWakes.add(new OutsideWake(node.thread().getName(), next.waker, timers.now(), next.stack));
            }
            enqueue(node);
        }
    }

    boolean hasReady() {
        return !queue.isEmpty();
    }

    /** Carries the next thread until it blocks or ends. */
    ExactNode step() {
        ExactNode node = queue.take();
        node.queued = false;
        begun(node);
        if (node.elsewhere) {
            node.elsewhere = false;
            elsewhere.remove(node);
            realWaits.end(node);
        }
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
            return; // where we know why
        }
        Thread.State state = node.thread().getState();
        if (state == Thread.State.TERMINATED) {
            nodes.remove(node.thread());
            byTask.remove(node.task());
        } else if (state != Thread.State.RUNNABLE) {
            node.elsewhere = true;
            elsewhere.add(node);
            if (state == Thread.State.TIMED_WAITING) {
                realWaits.begin(node, this::realWaitEnds);
            }
        }
    }

    /**
     * The virtual time of a timed wait is over: waits until it is in the JDK's eyes too, unless that would take too
     * long.
     */
    private void realWaitEnds(RealTimer timer) {
        ExactNode node = timer.node;
        realWaits.remember(node);
        if (timer.realDeadline - System.nanoTime() > realLimit) {
            return;
        }
        while (!node.queued && !node.timedOut) {
            LockSupport.parkNanos(this, 1_000_000);
            takeForeign();
        }
        node.realTimer = null;
        if (node.timedOut) {
            release(node);
        }
    }

    /**
     * {@return whether time must stand still: a thread is made and not begun, or waits in the JDK for a time that we
     * do not know}
     */
    boolean holdsTime() {
        return unstarted.get() > 0 || realWaits.holdTime();
    }

    /** {@return whether somebody who is not begun will have to be} */
    boolean hasUnstarted() {
        return unstarted.get() > 0;
    }

    /** A thread goes on, carried anew or not. */
    void countSwitch() {
        switches.setRelease(switches.getPlain() + 1);
    }

    /** {@return whether all threads but the one that is carried wait in the host, and nobody has woken one} */
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
     * @return whether none is; else ask again
     */
    boolean isQuiet() {
        boolean monitors = false;
        for (ExactNode node : elsewhere) {
            Thread.State state = node.thread().getState(); // read once: it may change
            if (node.timedOut) {
                if (node.thread().isInterrupted()) {
                    release(node); // the JDK, in whose eyes it goes on already, submits it no more
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
            for (ExactNode node : elsewhere) {
                if (!node.timedOut && node.thread().getState() == Thread.State.RUNNABLE) {
                    return false;
                }
            }
        }
        return foreign.isEmpty();
    }

    /** It has waited for its virtual time, although the JDK has ended its wait, and goes on now. */
    private void release(ExactNode node) {
        node.timedOut = false;
        enqueue(node);
    }

    /** Virtual time is over: whoever waits for it goes on. */
    void releaseAll() {
        ending = true;
        for (ExactNode node : elsewhere) {
            if (node.timedOut) {
                release(node);
            }
        }
    }

    List<OutsideWake> outsideWakes() {
        return List.copyOf(outsideWakes);
    }

    List<RealWait> realWaits() {
        return realWaits.all();
    }
}
