package dev.vloop.vthreads;

import dev.vloop.ForkBody;
import dev.vloop.ForkFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** One call of {@code forkEach}: a task for each item. A failure of one does not stop the others. */
final class ForkEach<T> {
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
        ForkGroup group = worker.forks().open();
        long count = 0;
        try {
            for (T item : items) {
                long place = count++;
                group.fork(() -> {
                    attempt(item, place);
                    return null;
                });
            }
        } catch (Throwable e) { // the collection has thrown, or there is no thread
            group.abandon();
            if (group.awaitAllAndClose()) {
                Thread.currentThread().interrupt();
            }
            throw e;
        }
        if (group.awaitAllAndClose()) {
            throw interrupted();
        }
        if (group.failure() instanceof Error e) {
            throw e;
        }
        if (over.get() < count) {
            throw interrupted(); // some never began: the worker was cancelled or timed out, and the body has swallowed
            // the interrupt
        }
        List<Failed<T>> inOrder = new ArrayList<>(failed);
        inOrder.sort(Comparator.comparingLong(Failed::place));
        return inOrder.stream().map(Failed::failure).toList();
    }

    private void attempt(T item, long place) {
        try {
            task.run(item);
        } catch (Exception e) {
            if (!worker.has(Control.CANCEL | Control.TIMEOUT)) {
                Log.itemFailed(worker.loop(), index, item, e);
            }
            failed.add(new Failed<>(place, new ForkFailure<>(item, e)));
        }
        over.incrementAndGet();
    }

    private InterruptedException interrupted() {
        return new InterruptedException(
                "interrupted in forkEach of loop '" + worker.loop().name() + "'");
    }
}
