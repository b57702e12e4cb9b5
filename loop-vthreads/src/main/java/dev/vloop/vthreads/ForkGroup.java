package dev.vloop.vthreads;

import dev.vloop.spi.Host;
import dev.vloop.vthreads.scopes.ScopeThreads;
import dev.vloop.vthreads.scopes.TaskScope;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Forks that end together: the first failure of one interrupts the others. Only the thread of its owner opens a group, forks into it, waits
 * for it and closes it.
 */
final class ForkGroup {
    private final ForkOwner owner;

    /** The owner's group that was open when this one was opened; null if none was. */
    private final @Nullable ForkGroup outer;

    /** Whether its forks fail alone, as those of {@code forkEach}. */
    private final boolean each;

    /** The owner's thread. */
    private final Thread thread = Thread.currentThread();

    /** Makes the threads of {@link #scope}. */
    private final ScopeThreads threads;

    private final TaskScope scope;

    /** How many forks have not ended. */
    private final AtomicInteger pending = new AtomicInteger();

    /** The first failure. Others are added to it as suppressed ones. */
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /** What a fork threw after it was interrupted, while there was no failure. Others are added to it as suppressed ones. */
    private final AtomicReference<@Nullable Throwable> late = new AtomicReference<>();

    /** Whether a fork was interrupted before it had returned, or never began. Written by forks before they end. */
    private volatile boolean cut;

    /** The forks that have not ended. Added to by the owner's thread before the fork's starts, taken from by the fork's; read by any. */
    private final Set<Fork<?>> running = ConcurrentHashMap.newKeySet();

    /** Whether all forks have ended and the scope is closed. Written by the owner's thread; read by any. */
    private volatile boolean over;

    /** Whether another group was opened within, as scoped values had been bound. The owner's thread only. */
    private boolean hadInner;

    ForkGroup(ForkOwner owner, @Nullable ForkGroup outer, boolean each) {
        this.owner = owner;
        this.outer = outer;
        this.each = each;
        this.threads = new ScopeThreads(owner.worker.host);
        this.scope = owner.worker.openScope(owner.name() + "/forks", threads);
    }

    @Nullable
    ForkGroup outer() {
        return outer;
    }

    boolean isOfEach() {
        return each;
    }

    /** The owner's thread: another group is opened within, for forks that see other scoped values. */
    void opensInner() {
        hadInner = true;
    }

    /** {@return whether a fork was interrupted before it had returned, or never began} Known when all have ended. */
    boolean wasCut() {
        return cut;
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

    /** @param task with the contexts that it brings along */
    <T extends @Nullable Object> Fork<T> fork(Callable<? extends T> task) {
        String name = owner.nextForkName();
        Fork<T> fork = new Fork<>(this, owner.worker, name, task);
        StackRoom.require(); // from here on, the count must not be left half done
        running.add(fork);
        pending.incrementAndGet();
        boolean forked = false;
        try {
            threads.fork(scope, name, fork);
            forked = true;
        } finally {
            if (!forked) {
                pending.decrementAndGet();
                running.remove(fork);
            }
        }
        return fork;
    }

    /** {@return whether a fork that has not begun yet should not begin} */
    boolean isStopped() {
        return owner.hasFailed(this) || owner.worker.has(Control.INTERRUPTS);
    }

    /** The owner's thread, when it has failed or was interrupted. Interrupts all forks for the same reason. */
    void abandon() {
        interruptAll(owner.reasonToAbandon());
    }

    /** Interrupts all forks but the one that has failed. */
    void interruptSiblings(Fork<?> failed) {
        for (Fork<?> other : running) {
            if (other != failed) {
                other.interrupt(Fork.SIBLING_FAILED);
            }
        }
    }

    void interruptAll(int reason) {
        for (Fork<?> fork : running) {
            fork.interrupt(reason);
        }
    }

    /** Any thread. Adds the threads of the forks that are running, for reports. */
    void addThreads(List<Thread> threads) {
        for (Fork<?> fork : running) {
            Thread thread = fork.thread();
            if (thread == null) {
                continue;
            }
            threads.add(thread);
            fork.addThreads(threads);
        }
    }

    /** A fork's thread: the fork was interrupted before it had returned, or never began. */
    void cut() {
        cut = true;
    }

    /** A fork's thread: the fork has failed. The first failure counts, and interrupts the other forks. */
    void failed(Fork<?> fork, Throwable thrown) {
        if (!fork.wasInterrupted() && failure.compareAndSet(null, thrown)) {
            owner.interruptSiblings(this, fork);
            return;
        }
        cut();
        if (thrown instanceof InterruptedException) {
            return; // that is what it was interrupted for
        }
        Throwable first = failure.get();
        if (first != null) {
            Log.suppress(first, thrown);
        } else if (!late.compareAndSet(null, thrown)) {
            Log.suppress(late.get(), thrown);
        }
    }

    /** {@return what a fork threw after it was interrupted, while there was no failure} */
    @Nullable
    Throwable late() {
        return late.get();
    }

    /** A fork's thread, at its end. */
    void oneIsOver(Fork<?> fork) {
        running.remove(fork); // from now on it is reachable only by its handle
        if (pending.decrementAndGet() == 0) {
            owner.worker.host.unpark(thread);
        }
    }

    /** Waits until all forks have ended. An interrupt is handed on to them; this still waits for their ends, and then throws. */
    void join() throws InterruptedException {
        boolean interrupted = owner.awaitInner(this);
        if (hadInner) {
            interrupted |= awaitAll();
            interrupted |= closeIfBindingsAllow();
        } else {
            interrupted |= awaitAllAndClose();
        }
        if (interrupted) {
            throw new InterruptedException("interrupted while waiting for forks of " + owner.name());
        }
    }

    /**
     * All forks have ended. Closes the scope, unless scoped values are bound now that were not bound when it was opened: the JDK would
     * refuse to close it, and break the binding. The only way to find out is to fork.
     */
    private boolean closeIfBindingsAllow() {
        try {
            Fork<?> unused = fork(() -> 0);
        } catch (RuntimeException e) {
            if (TaskScope.isStructureViolation(e)) {
                return false; // a later join closes it, or the end of the attempt
            }
            throw e;
        }
        return awaitAllAndClose();
    }

    /** Waits until all forks have ended. {@return whether it was interrupted; then the forks were, too} */
    private boolean awaitAll() {
        StackRoom.require();
        boolean interrupted = false;
        while (pending.get() > 0) {
            owner.worker.host.park(Host.NEVER);
            if (Thread.interrupted()) {
                interrupted = true;
                abandon();
            }
        }
        return interrupted;
    }

    /** Waits until all forks have ended, and closes the scope. {@return whether it was interrupted; then the forks were, too} */
    boolean awaitAllAndClose() {
        boolean interrupted = awaitAll();
        try {
            scope.close();
        } finally {
            over = true;
            owner.closed(this);
        }
        return interrupted;
    }
}
