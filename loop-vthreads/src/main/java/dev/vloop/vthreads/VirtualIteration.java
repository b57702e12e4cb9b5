package dev.vloop.vthreads;

import static dev.vloop.internal.Arguments.notNegative;
import static dev.vloop.internal.Arguments.notNull;
import static java.util.Objects.requireNonNull;

import dev.vloop.ForkBody;
import dev.vloop.ForkFailure;
import dev.vloop.Forked;
import dev.vloop.Iteration;
import dev.vloop.IterationOutcome;
import dev.vloop.Loop;
import dev.vloop.LoopFailure;
import dev.vloop.Reaction;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/** One attempt at an iteration. */
class VirtualIteration implements Iteration {
    /*
     * begun and over are written by the worker's thread: begun before the first fork's thread starts, over after the last one has
     * ended. So all threads of the attempt see them as they are. Other threads may see old values; they are refused in any case.
     */

    private static final AtomicReferenceFieldUpdater<VirtualIteration, @Nullable Instant> SLOT =
            AtomicReferenceFieldUpdater.newUpdater(VirtualIteration.class, Instant.class, "slotInstant");

    final Worker worker;
    private final long index;
    private final int attempt;

    /** The slot as a monotonic time, unless {@link #slotInstant} has it. */
    private final long slotNano;

    /** The slot as an instant of the wall clock; null if it is a monotonic time and nobody has asked. Written once, through {@link #SLOT}. */
    private volatile @Nullable Instant slotInstant;

    /** Whether the body was called. */
    private boolean begun;

    /** Whether the body and its forks have ended. */
    private boolean over;

    /** Whether the attempt has succeeded. The worker's thread only, as the next field. */
    private boolean succeeded;

    /** What the attempt has failed with; null if it has not, or was cancelled. */
    private @Nullable LoopFailure failure;

    VirtualIteration(Worker worker, long index, int attempt, long slotNano, @Nullable Instant slotInstant) {
        this.worker = worker;
        this.index = index;
        this.attempt = attempt;
        this.slotNano = slotNano;
        if (slotInstant != null) { // a volatile write has a fence, which costs a tenth of an iteration that never waits
            this.slotInstant = slotInstant;
        }
    }

    /** {@return the next attempt at the same iteration} */
    VirtualIteration retry() {
        return new VirtualIteration(worker, index, attempt + 1, slotNano, slotInstant);
    }

    /** The worker's thread, just before it calls the body. */
    void beginBody() {
        begun = true;
    }

    /** The worker's thread, when the body and its forks have ended. */
    void endBody() {
        over = true;
    }

    /** The worker's thread. {@return whether the body was called and has ended, in whatever way} */
    boolean isOver() {
        return over;
    }

    /** The attempt, and with it the iteration, is a success. */
    void succeeds() {
        succeeded = true;
    }

    /** The attempt has failed. */
    void fails(LoopFailure with) {
        failure = with;
    }

    @Nullable
    LoopFailure failure() {
        return failure;
    }

    /**
     * {@return whether the iteration was cut short; this is its last attempt} It may have been in the attempt, before it, or in the backoff
     * after it.
     */
    boolean isCancelled() {
        return failure == null ? !succeeded : failure.reaction() == Reaction.RETRY;
    }

    /** {@return how the iteration has ended; this is its last attempt} */
    IterationOutcome outcome() {
        if (isCancelled()) {
            return IterationOutcome.CANCELLED;
        }
        if (failure == null) {
            return IterationOutcome.SUCCESS;
        }
        return failure.reaction() == Reaction.CONTINUE ? IterationOutcome.CONTINUED : IterationOutcome.FAILED;
    }

    @Override
    public Loop loop() {
        return worker.loop();
    }

    @Override
    public long index() {
        return index;
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public Instant scheduledAt() {
        Instant known = slotInstant;
        if (known != null) {
            return known;
        }
        Instant computed = worker.clock().instantOf(slotNano); // may differ a little each time it is asked
        if (SLOT.compareAndSet(this, null, computed)) {
            return computed;
        }
        return requireNonNull(slotInstant);
    }

    @Override
    public Instant now() {
        return worker.host.instant();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        notNegative(duration, "duration");
        check("sleep");
        StackRoom.require();
        worker.host.sleepUntil(Nanos.plus(worker.host.nanoTime(), Nanos.of(duration)));
    }

    @Override
    public <T extends @Nullable Object> Forked<T> fork(Callable<? extends T> task) {
        notNull(task, "task");
        check("fork");
        return worker.forks().fork(task);
    }

    @Override
    public <T> List<ForkFailure<T>> forkEach(Collection<? extends T> items, ForkBody<? super T> task)
            throws InterruptedException {
        notNull(items, "items");
        notNull(task, "task");
        check("fork");
        return new ForkEach<T>(worker, index, task).run(items);
    }

    private void check(String what) {
        if (!begun || over) {
            throw new IllegalStateException(this + " has not begun or is over: " + what + " in its body");
        }
        if (!worker.ownsCurrentThread()) {
            throw new IllegalStateException(Thread.currentThread() + " does not belong to " + this + ": " + what
                    + " in its body, or in its forks");
        }
    }

    @Override
    public String toString() {
        return "iteration " + index + " of " + Log.loop(worker.loop().name());
    }
}
