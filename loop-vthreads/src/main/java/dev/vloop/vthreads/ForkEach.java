package dev.vloop.vthreads;

import dev.vloop.ForkBody;
import dev.vloop.ForkContext;
import dev.vloop.ForkFailure;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One call of {@code forkEach}: a task for each item. A failure of one does not stop the others. */
final class ForkEach<T> {
    private final Worker worker;
    /** The iteration's, for messages. */
    private final long index;

    private final ForkBody<? super T> task;

    ForkEach(Worker worker, long index, ForkBody<? super T> task) {
        this.worker = worker;
        this.index = index;
        this.task = task;
    }

    List<ForkFailure<T>> run(Collection<? extends T> items) throws InterruptedException {
        List<ForkContext> contexts = worker.loop().options().forkContexts;
        ForkGroup group = worker.forks().open(true);
        List<Fork<@Nullable ForkFailure<T>>> forks = new ArrayList<>(items.size());
        try {
            for (T item : items) {
                forks.add(group.fork(CapturedContexts.capture(contexts, () -> attempt(item))));
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
        List<ForkFailure<T>> failures = new ArrayList<>();
        for (Fork<@Nullable ForkFailure<T>> fork : forks) {
            ForkFailure<T> failure = outcome(fork);
            if (failure != null) {
                failures.add(failure);
            }
        }
        return List.copyOf(failures);
    }

    private @Nullable ForkFailure<T> attempt(T item) {
        try {
            task.run(item);
            return null;
        } catch (Exception e) {
            if (!worker.has(Control.CANCEL | Control.TIMEOUT)) {
                Log.itemFailed(worker.loop(), index, item, e);
            }
            return new ForkFailure<>(item, e);
        }
    }

    private @Nullable ForkFailure<T> outcome(Fork<@Nullable ForkFailure<T>> fork) throws InterruptedException {
        try {
            return fork.get();
        } catch (
                InterruptedException
                        e) { // it never began: the worker was cancelled or timed out, and the body has swallowed the
            // interrupt
            throw interrupted();
        } catch (Exception e) {
            throw new AssertionError("tasks of forkEach keep their exceptions", e); // an Error is thrown on
        }
    }

    private InterruptedException interrupted() {
        return new InterruptedException(
                "interrupted in forkEach of loop '" + worker.loop().name() + "'");
    }
}
