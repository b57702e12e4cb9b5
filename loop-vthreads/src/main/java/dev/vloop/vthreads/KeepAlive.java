package dev.vloop.vthreads;

import dev.vloop.internal.PlatformThreads;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the JVM from ending while loops run. Virtual threads do not, so a platform thread waits meanwhile. It is only for the real machine,
 * and in real time. It has no lock: threads that start loops, of either kind, would queue for it.
 */
final class KeepAlive implements Runnable {
    /** How long the thread stays when it is not needed any more, so that loops that come and go do not start a thread each. */
    private static final long LINGER = 20_000_000L;

    /** The name of the thread. */
    private final String name;

    /** Whether the runtime's settings ask for it; if not, the methods do nothing. */
    private final boolean wanted;

    /** How many runs have not ended, or are about to begin. */
    private final AtomicInteger holds = new AtomicInteger();

    /** The thread; null while there is none. Set by whoever starts it. The thread sets it to null as the last thing that it does. */
    private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

    KeepAlive(String runtime, boolean wanted) {
        this.name = runtime + "-keep-alive";
        this.wanted = wanted;
    }

    /**
     * Any thread. A run is about to begin: the JVM stays until it is released.
     *
     * @throws OutOfMemoryError if there is no thread; it is not held then
     */
    void hold() {
        if (!wanted) {
            return;
        }
        holds.incrementAndGet(); // before it looks for the thread: one that is about to end looks once more
        if (thread.get() == null) {
            start();
        }
    }

    private void start() {
        Thread made = null;
        boolean started = false;
        try {
            made = PlatformThreads.make(name, false, this);
            if (thread.compareAndSet(null, made)) {
                made.start();
            }
            started = true;
        } finally {
            if (!started) {
                thread.compareAndSet(made, null);
                holds.decrementAndGet();
            }
        }
    }

    /** Any thread. That run has ended, or did not begin. */
    void release() {
        if (wanted && holds.decrementAndGet() == 0) {
            LockSupport.unpark(thread.get());
        }
    }

    /** The thread's code. */
    @Override
    public void run() {
        boolean ends = false;
        while (!ends) {
            if (Thread.interrupted()) { // whoever interrupts this thread wants the JVM to be able to end
                thread.set(null);
                ends = true;
            } else if (holds.get() > 0) {
                LockSupport.park();
            } else if (!lingers()) {
                // Then it looks once more, because hold() counts first and looks for the thread afterwards.
                thread.set(null);
                ends = holds.get() == 0 || !thread.compareAndSet(null, Thread.currentThread());
            }
        }
    }

    /** {@return whether it is needed again, or was woken} */
    private boolean lingers() {
        long begin = System.nanoTime();
        LockSupport.parkNanos(LINGER);
        return holds.get() > 0 || System.nanoTime() - begin < LINGER;
    }
}
