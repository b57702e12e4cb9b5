package dev.vloop.testkit.engine;

import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The threads of a test in the exact engine, without the test's own: those that its host made, and those that bodies started. */
final class ExactThreads {
    private final VirtualThreads virtualThreads;

    /** What each thread that is made here runs on. */
    private final Executor scheduler;

    /** Told what escapes from threads that bodies start. The host catches what escapes from its own. */
    private final Thread.UncaughtExceptionHandler escaped;

    /** All threads that have not ended. Any thread may use it. */
    private final Map<Thread, ExactNode> byThread = new ConcurrentHashMap<>();

    /** The same by the task that continues a thread, from its first task on. Confined to the carrier. */
    private final IdentityHashMap<Runnable, ExactNode> byTask = new IdentityHashMap<>();

    /** How many threads were made and have neither begun nor been abandoned. Any thread may use it. */
    private final AtomicInteger unstarted = new AtomicInteger();

    /** How many threads there have been. Any thread may use it. */
    private final AtomicLong created = new AtomicLong();

    ExactThreads(VirtualThreads virtualThreads, Executor scheduler, Thread.UncaughtExceptionHandler escaped) {
        this.virtualThreads = virtualThreads;
        this.scheduler = scheduler;
        this.escaped = escaped;
    }

    /** {@return a new thread, which is not started} Any thread may call it. */
    Thread make(String name, Runnable body) {
        // as on the real machine, a loop inherits nothing from the thread that happens to start it
        Thread made = virtualThreads
                .builder(scheduler)
                .name(name)
                .inheritInheritableThreadLocals(false)
                .unstarted(body);
        byThread.put(made, new ExactNode(created.getAndIncrement(), made, true));
        unstarted.incrementAndGet();
        return made;
    }

    /**
     * {@return a new thread of a pool, or for a delayed action, which is not started: it becomes one of the test when it is, and need
     * not be} Any thread may call it.
     */
    Thread makePooled(String name, Runnable body) {
        return virtualThreads.builder(scheduler).name(name).unstarted(body);
    }

    /** Forgets a thread that will not be started. Any thread may call it. */
    void abandon(Thread made) {
        ExactNode node = byThread.get(made);
        if (node != null && AbstractVirtualHost.neverRuns(made)) {
            byThread.remove(made);
            begun(node);
        }
    }

    /** A thread runs, or never will. A second call does nothing. */
    void begun(ExactNode node) {
        if (node.unstarted) {
            node.unstarted = false;
            unstarted.decrementAndGet();
        }
    }

    /** A thread has run to its end. On the carrier. */
    void ended(ExactNode node) {
        byThread.remove(node.thread());
        byTask.remove(node.task());
    }

    /** Forgets a thread that will not go on any more. On the carrier. */
    void forget(ExactNode node) {
        byThread.remove(node.thread());
    }

    /** {@return the node of a thread, null if the thread does not belong to the test} Any thread may call it. */
    @Nullable
    ExactNode node(Thread of) {
        return byThread.get(of);
    }

    /** {@return the node of the thread that a task continues; it is made for a thread that a body has started} On the carrier. */
    ExactNode nodeOf(Runnable task) {
        ExactNode node = byTask.get(task);
        if (node == null) {
            Thread of = virtualThreads.threadOf(task);
            if (of == null) {
                throw new IllegalStateException("a task without its thread: " + task);
            }
            node = byThread.computeIfAbsent(of, this::nested);
            node.task(task);
            byTask.put(task, node);
        }
        return node;
    }

    private ExactNode nested(Thread of) {
        of.setUncaughtExceptionHandler(escaped);
        return new ExactNode(created.getAndIncrement(), of, false);
    }

    /** {@return all that have not ended, in no order} Any thread may call it. */
    Collection<ExactNode> all() {
        return byThread.values();
    }

    /** {@return whether a thread was made and has neither begun nor been abandoned} Any thread may call it. */
    boolean hasUnstarted() {
        return unstarted.get() > 0;
    }
}
