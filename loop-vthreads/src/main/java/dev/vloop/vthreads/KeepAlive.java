package dev.vloop.vthreads;

import dev.vloop.vthreads.scopes.PlatformThreads;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the JVM from ending while loops run: virtual threads do not, so a platform thread waits meanwhile. Only for the real machine, and
 * in real time.
 */
final class KeepAlive implements Runnable {
    /** How long the thread stays when it is not needed any more, so that loops that come and go do not start a thread each. */
    private static final long LINGER_MILLIS = 20;

    /** The name of the thread. */
    private final String name;

    /** Whether the runtime's settings ask for it; if not, the methods do nothing. */
    private final boolean wanted;

    /** Whether loops run. Guarded by the monitor. */
    private boolean needed;

    /** The thread, while there is one. Guarded by the monitor. */
    private @Nullable Thread thread;

    KeepAlive(String runtime, boolean wanted) {
        this.name = runtime + "-keep-alive";
        this.wanted = wanted;
    }

    /** Loops run: the JVM stays. */
    void hold() {
        if (!wanted) {
            return;
        }
        synchronized (this) {
            needed = true;
            if (thread != null) {
                return;
            }
            Thread started = PlatformThreads.make(name, false, this);
            started.start(); // may fail; the thread waits for this monitor
            thread = started;
        }
    }

    /** No loop runs: the JVM may end. */
    void release() {
        if (!wanted) {
            return;
        }
        synchronized (this) {
            needed = false;
            notifyAll();
        }
    }

    /** The thread's code. */
    @Override
    public synchronized void run() {
        try {
            while (needed) {
                wait();
                if (!needed) {
                    wait(LINGER_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            // whoever interrupts this thread wants the JVM to be able to end
        }
        thread = null;
    }
}
