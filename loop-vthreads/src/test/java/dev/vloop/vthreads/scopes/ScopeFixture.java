package dev.vloop.vthreads.scopes;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;

/** What tests of scopes share: a factory that remembers its threads, and waiting without a clock. */
final class ScopeFixture implements ThreadFactory {
    /** What a scope's owner does. */
    interface Owner {
        void run() throws Exception;
    }

    final List<Thread> made = new CopyOnWriteArrayList<>();
    final List<Throwable> uncaught = new CopyOnWriteArrayList<>();

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = Thread.ofVirtual()
                .name("task-" + made.size())
                .uncaughtExceptionHandler((t, failure) -> uncaught.add(failure))
                .unstarted(task);
        made.add(thread);
        return thread;
    }

    /** Runs on a virtual thread, as the engine does, and throws what that throws. */
    static void onVirtualThread(Owner owner) throws Exception {
        FutureTask<Void> all = new FutureTask<>(() -> {
            owner.run();
            return null;
        });
        Thread.ofVirtual().name("owner").start(all);
        all.get();
    }

    /** Waits for a latch, as a task that nothing but the latch may end. */
    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
