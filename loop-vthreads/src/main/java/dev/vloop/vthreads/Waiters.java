package dev.vloop.vthreads;

import dev.vloop.spi.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Threads that wait for a condition. It is changed and checked under a lock, which the caller passes. */
final class Waiters {
    /** Guarded by the lock; null while nobody waits. */
    private @Nullable List<Thread> threads;

    /** Lock held. {@return the threads that wait, to be unparked once the lock is free} */
    List<Thread> takeAll() {
        List<Thread> taken = threads;
        threads = null;
        return taken == null ? List.of() : taken;
    }

    static void wake(Host host, Iterable<Thread> threads) {
        Throwable failed = null;
        for (Thread thread : threads) {
            try {
                host.unpark(thread);
            } catch (Throwable e) { // the others must not wait for ever
                failed = e;
            }
        }
        if (failed != null) {
            Log.broken("a thread that waited may not have been woken", failed);
        }
    }

    /** Waits until the condition is true; false if the deadline comes first. Called without the lock. */
    boolean await(Host host, SpinLock lock, BooleanSupplier condition, long deadline) throws InterruptedException {
        Thread self = Thread.currentThread();
        for (; ; ) {
            boolean interrupted = Thread.interrupted();
            boolean late = deadline != Host.NEVER && host.nanoTime() >= deadline;
            lock.lock();
            try {
                if (threads != null) {
                    threads.remove(self);
                }
                if (condition.getAsBoolean() && !interrupted) {
                    return true;
                }
                if (late && !interrupted) {
                    return false;
                }
                if (!interrupted) {
                    add(self);
                } else if (threads != null && threads.isEmpty()) {
                    threads = null;
                }
            } finally {
                lock.unlock();
            }
            if (interrupted) {
                throw new InterruptedException();
            }
            host.park(deadline);
        }
    }

    private void add(Thread self) {
        if (threads == null) {
            threads = new ArrayList<>(1);
        }
        threads.add(self);
    }
}
