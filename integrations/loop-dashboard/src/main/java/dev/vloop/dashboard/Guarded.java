package dev.vloop.dashboard;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks schedules. A schedule can be any code of a user, and its search may take long or never end. So it is asked on a thread of its own,
 * with a time limit, and there is one such thread at a time. All threads may use it.
 */
final class Guarded {
    private final String threadName;
    private final Duration patience;

    /** Held while a schedule is asked. A schedule that never returns holds it for ever. */
    private final Semaphore busy = new Semaphore(1);

    Guarded(String threadName, Duration patience) {
        this.threadName = threadName;
        this.patience = patience;
    }

    /**
     * {@return what the code returns}
     *
     * @throws TimeoutException if it takes too long, or another one is still being asked
     * @throws ExecutionException what it throws is the cause
     */
    <T> T call(Callable<T> code) throws TimeoutException, ExecutionException, InterruptedException {
        if (!busy.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new TimeoutException("another schedule is still being asked");
        }
        CompletableFuture<T> answer = new CompletableFuture<>();
        Thread thread = start(code, answer);
        try {
            return answer.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            throw new TimeoutException("the schedule takes more than " + TimeText.length(patience));
        }
    }

    private <T> Thread start(Callable<T> code, CompletableFuture<T> answer) {
        Thread thread = DaemonThreads.make(threadName, () -> {
            try {
                answer.complete(code.call());
            } catch (Throwable e) {
                answer.completeExceptionally(e);
            } finally {
                busy.release();
            }
        });
        boolean started = false;
        try {
            thread.start();
            started = true;
        } finally {
            if (!started) {
                busy.release();
            }
        }
        return thread;
    }
}
