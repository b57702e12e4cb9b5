package dev.vloop.vthreads;

import dev.vloop.spi.Host;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Threads that wait for something to become true. It becomes true, and is asked about, under the lock given. */
final class Waiters {
    /** Guarded by the lock; null while nobody waits, which is nearly always. */
    private @Nullable List<Thread> threads;

    /** Lock held. {@return those to be unparked once the lock is given back} */
    List<Thread> takeAll() {
        List<Thread> taken = threads;
        threads = null;
        return taken == null ? List.of() : taken;
    }

    static void wake(Host host, List<Thread> threads) {
        for (Thread thread : threads) {
            host.unpark(thread);
        }
    }

    /** Waits until it is true; false if the deadline comes first. Called without the lock. */
    boolean await(Host host, Lock lock, BooleanSupplier isTrue, long deadline) throws InterruptedException {
        Thread self = Thread.currentThread();
        for (; ; ) {
            boolean interrupted = Thread.interrupted();
            boolean late = deadline != Host.NEVER && host.nanoTime() >= deadline;
            lock.lock();
            try {
                if (threads != null) {
                    threads.remove(self);
                }
                if (isTrue.getAsBoolean() && !interrupted) {
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
