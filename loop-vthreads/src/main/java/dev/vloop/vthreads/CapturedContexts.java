package dev.vloop.vthreads;

import dev.vloop.ForkContext;
import dev.vloop.internal.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** The task of a fork within the contexts that were captured for it. Made by the thread that forks, run by the fork's. */
final class CapturedContexts<T extends @Nullable Object> implements Callable<T> {
    private final Callable<? extends T> task;

    /** The outermost first. */
    private final List<ForkContext.Captured> contexts;

    /** The task's result. */
    private @Nullable T result;

    /** What the task has thrown. */
    private @Nullable Exception thrown;

    /** Whether the task has returned. */
    private boolean returned;

    private CapturedContexts(Callable<? extends T> task, List<ForkContext.Captured> contexts) {
        this.task = task;
        this.contexts = contexts;
    }

    /** The thread that forks. {@return the task with the contexts of this thread} */
    static <T extends @Nullable Object> Callable<? extends T> capture(
            List<ForkContext> sources, Callable<? extends T> task) {
        if (sources.isEmpty()) {
            return task;
        }
        List<ForkContext.Captured> contexts = new ArrayList<>(sources.size());
        for (ForkContext source : sources) {
            ForkContext.Captured captured = source.capture();
            if (captured == null) {
                throw new NullPointerException("fork context " + SafeText.of(source) + " captured null");
            }
            contexts.add(captured);
        }
        return new CapturedContexts<>(task, contexts);
    }

    @Override
    @SuppressWarnings("NullAway") // the result is null only if T admits null: otherwise something was thrown
    public T call() throws Exception {
        run(0);
        if (!returned) {
            throw new IllegalStateException("a fork context has not called proceed(), or kept its exception", thrown);
        }
        return result;
    }

    private void run(int position) throws Exception {
        if (position < contexts.size()) {
            Rest rest = new Rest(position + 1);
            try {
                contexts.get(position).run(rest);
            } finally {
                rest.end();
            }
            return;
        }
        try {
            result = task.call();
            returned = true;
        } catch (Exception e) {
            thrown = e;
            throw e;
        }
    }

    /** The contexts that are left, with the task within. */
    private final class Rest extends GuardedChain {
        private final int position;

        Rest(int position) {
            this.position = position;
        }

        @Override
        void goOn() throws Exception {
            CapturedContexts.this.run(position);
        }

        @Override
        String refusal() {
            return "proceed() may be called once, on the fork's thread, before the fork context returns that got the chain";
        }
    }
}
