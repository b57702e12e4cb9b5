package dev.vloop.vthreads;

import dev.vloop.ForkBody;
import dev.vloop.ForkContext;
import dev.vloop.ForkFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One call of {@code forkEach}: a task for each item. A failure of one does not stop the others. */
final class ForkEach<T> {
    /**
     * After so many items it lets other threads run. Otherwise the tasks of a collection without an end might never get a carrier, or, in virtual
     * time, their turn, and nothing that they do could end it.
     */
    private static final int STRETCH = 1_024;

    /**
     * For how long, in nanoseconds. A shorter rest is often over before the thread has left its carrier. The thread then goes on there, in
     * front of the tasks.
     */
    private static final long REST = 100_000;

    private final Worker worker;

    /** The iteration's, for messages. */
    private final long index;

    private final ForkBody<? super T> task;

    /** The failures so far. Added to by the forks' threads. Forks that succeed leave nothing behind. */
    private final ConcurrentLinkedQueue<Failed<T>> failed = new ConcurrentLinkedQueue<>();

    /** How many tasks were run to their end, in whatever way. */
    private final AtomicLong over = new AtomicLong();

    ForkEach(Worker worker, long index, ForkBody<? super T> task) {
        this.worker = worker;
        this.index = index;
        this.task = task;
    }

    /** A failure, and the place of its item among all. */
    private record Failed<T>(long place, ForkFailure<T> failure) {}

    List<ForkFailure<T>> run(Collection<? extends T> items) throws InterruptedException {
        List<ForkContext> contexts = worker.loop().options().forkContexts;
        ForkGroup group = worker.forks().open(true);
        long count = 0;
        boolean brokenOff = false;
        try {
            for (T item : items) {
                brokenOff =
                        group.isStopped() || Thread.currentThread().isInterrupted(); // there may be items without end
                if (brokenOff) {
                    break;
                }
                long place = count++;
                if (count % STRETCH == 0) {
                    worker.host.giveWay(REST);
                }
                Callable<@Nullable Void> one = () -> {
                    task.run(item);
                    return null;
                };
                Callable<?> inContext = CapturedContexts.capture(contexts, one);
                Fork<?> unused = group.fork(() -> attempt(inContext, item, place));
            }
        } catch (Throwable e) { // the collection has thrown, or there is no thread
            group.abandon();
            if (group.awaitAllAndClose()) {
                Thread.currentThread().interrupt();
            }
            throw e;
        }
        if (brokenOff && group.failure() == null) {
            group.abandon();
        }
        if (group.awaitAllAndClose()) {
            throw interrupted();
        }
        Throwable failure = group.failure();
        if (failure != null && !(failure instanceof Exception)) {
            throw InterceptedIteration.unchecked(failure);
        }
        if (brokenOff || over.get() < count) {
            boolean unused = Thread.interrupted(); // this says it
            // Some never began: the worker was cancelled or timed out, and the body has swallowed the interrupt.
            throw interrupted();
        }
        List<Failed<T>> inOrder = new ArrayList<>(failed);
        inOrder.sort(Comparator.comparingLong(Failed::place));
        return inOrder.stream().map(Failed::failure).toList();
    }

    /** The fork's thread. A context that throws fails the item, as its task does. {@return null} */
    private @Nullable Void attempt(Callable<?> inContext, T item, long place) throws InterruptedException {
        try {
            inContext.call();
        } catch (InterruptedException e) {
            throw e; // an interrupt is a cancellation, whoever it came from
        } catch (Exception e) {
            if (Fork.isInterruptedByStranger()) {
                InterruptedException cancelled = interrupted();
                Log.suppress(cancelled, e);
                throw cancelled;
            }
            if (!worker.has(Control.INTERRUPTS)) {
                Log.itemFailed(worker.loop(), index, item, e);
            }
            failed.add(new Failed<>(place, new ForkFailure<>(item, e)));
        }
        over.incrementAndGet();
        return null;
    }

    private InterruptedException interrupted() {
        return new InterruptedException(
                "interrupted in forkEach of loop '" + worker.loop().name() + "'");
    }
}
