package dev.vloop.vthreads;

import dev.vloop.spi.Host;
import dev.vloop.vthreads.scopes.ScopeThreads;
import dev.vloop.vthreads.scopes.TaskScope;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Forks that are over together. Opened, forked into, awaited and closed by its owner's thread. */
final class ForkGroup {
    private final ForkOwner owner;
    private final @Nullable ForkGroup outer;
    private final Thread thread = Thread.currentThread();
    private final ScopeThreads threads;
    private final TaskScope scope;
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /** What a fork threw that was interrupted already; others are attached to it. */
    private final AtomicReference<@Nullable Throwable> late = new AtomicReference<>();

    /** Written by the owner's thread before the fork's thread starts; read by any. */
    private volatile @Nullable Fork<?> last;

    /** Written by the owner's thread; read by any. */
    private volatile boolean over;

    ForkGroup(ForkOwner owner, @Nullable ForkGroup outer) {
        this.owner = owner;
        this.outer = outer;
        this.threads = new ScopeThreads(owner.worker.host);
        this.scope = owner.worker.openScope(owner.name() + "/forks", threads);
    }

    @Nullable
    ForkGroup outer() {
        return outer;
    }

    @Nullable
    Throwable failure() {
        return failure.get();
    }

    boolean isOver() {
        return over;
    }

    boolean isOwnedByCurrentThread() {
        return Thread.currentThread() == thread;
    }

    <T extends @Nullable Object> Fork<T> fork(Callable<? extends T> task) {
        String name = owner.nextForkName();
        Fork<T> fork = new Fork<>(this, owner.worker, name, task, last);
        last = fork;
        pending.incrementAndGet();
        boolean forked = false;
        try {
            threads.fork(scope, name, fork);
            forked = true;
        } finally {
            if (!forked) {
                pending.decrementAndGet();
            }
        }
        return fork;
    }

    /** {@return whether a fork that has not begun need not} */
    boolean isStopped() {
        return failure.get() != null || owner.worker.has(Control.CANCEL | Control.TIMEOUT);
    }

    /** The owner's thread, which has failed or was interrupted. Interrupts all, for the same reason. */
    void abandon() {
        interruptAll(owner.reasonToAbandon());
    }

    void interruptAll(int reason) {
        for (Fork<?> fork = last; fork != null; fork = fork.previous()) {
            fork.interrupt(reason);
        }
    }

    /** Any thread. */
    void addThreads(List<Thread> threads) {
        for (Fork<?> fork = last; fork != null; fork = fork.previous()) {
            Thread running = fork.thread();
            if (running == null) {
                continue;
            }
            threads.add(running);
            fork.addThreads(threads);
        }
    }

    /** A fork's thread: it failed. The first failure counts and ends the others. */
    void failed(Fork<?> fork, Throwable thrown) {
        if (!fork.wasInterrupted() && failure.compareAndSet(null, thrown)) {
            for (Fork<?> other = last; other != null; other = other.previous()) {
                if (other != fork) {
                    other.interrupt(Fork.SIBLING_FAILED);
                }
            }
            return;
        }
        if (thrown instanceof InterruptedException) {
            return; // it did as it was told
        }
        Throwable first = failure.get();
        if (first != null) {
            suppress(first, thrown);
        } else if (!late.compareAndSet(null, thrown)) {
            suppress(late.get(), thrown);
        }
    }

    private static void suppress(@Nullable Throwable first, Throwable other) {
        if (first != null && first != other) {
            first.addSuppressed(other);
        }
    }

    /** {@return what failed after an interrupt, while there was no first failure} */
    @Nullable
    Throwable late() {
        return late.get();
    }

    /** A fork's thread: its work is over. */
    void oneIsOver() {
        if (pending.decrementAndGet() == 0) {
            owner.worker.host.unpark(thread);
        }
    }

    /** Waits until all forks are over. Interrupted, it interrupts them, waits all the same, and throws. */
    void join() throws InterruptedException {
        if (awaitAllAndClose()) {
            throw new InterruptedException("interrupted while waiting for forks of " + owner.name());
        }
    }

    /** Waits until all forks are over, come what may; an interrupt is handed on to them. Returns whether there was one. */
    boolean awaitAllAndClose() {
        boolean interrupted = false;
        while (pending.get() > 0) {
            owner.worker.host.park(Host.NEVER);
            if (Thread.interrupted()) {
                interrupted = true;
                abandon();
            }
        }
        try {
            scope.close();
        } finally {
            over = true;
            owner.closed(this);
        }
        return interrupted;
    }
}
