package dev.vloop.vthreads;

import static dev.vloop.internal.Arguments.notNegative;
import static dev.vloop.internal.Arguments.notNull;

import dev.vloop.ForkBody;
import dev.vloop.ForkFailure;
import dev.vloop.Forked;
import dev.vloop.Iteration;
import dev.vloop.Loop;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** One attempt at an iteration. */
final class VirtualIteration implements Iteration {
    private final Worker worker;
    private final long index;
    private final int attempt;

    /** The slot: a monotonic time, or an instant of the wall clock. */
    private final long slotNano;

    private final @Nullable Instant slotInstant;

    /** Whether the body has begun, and whether it is over. */
    private boolean begun;

    private boolean over;
    /*
     * Written by the worker's thread, before a fork's begins and after it has ended. Whoever belongs to the attempt sees what
     * was written before; others are turned away whatever they see.
     */

    VirtualIteration(Worker worker, long index, int attempt, long slotNano, @Nullable Instant slotInstant) {
        this.worker = worker;
        this.index = index;
        this.attempt = attempt;
        this.slotNano = slotNano;
        this.slotInstant = slotInstant;
    }

    VirtualIteration retry() {
        return new VirtualIteration(worker, index, attempt + 1, slotNano, slotInstant);
    }

    void begin() {
        begun = true;
    }

    void end() {
        over = true;
    }

    /** {@return whether the body was run, whatever came of it; for the worker's thread} */
    boolean isOver() {
        return over;
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
        return slotInstant != null ? slotInstant : worker.timeline().instantOf(slotNano);
    }

    @Override
    public Instant now() {
        return worker.host.instant();
    }

    @Override
    public void sleep(Duration duration) throws InterruptedException {
        notNegative(duration, "duration");
        check("sleep");
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
        if (!worker.isThreadOfAttempt(Thread.currentThread())) {
            throw new IllegalStateException(Thread.currentThread() + " does not belong to " + this + ": " + what
                    + " in its body, or in its forks");
        }
    }

    @Override
    public String toString() {
        return "iteration " + index + " of loop '" + worker.loop().name() + "'";
    }
}
