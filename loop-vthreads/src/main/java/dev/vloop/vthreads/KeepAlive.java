package dev.vloop.vthreads;

import org.jspecify.annotations.Nullable;

/** Keeps the JVM from ending while loops run, which virtual threads do not. Real time, and only on the real machine. */
final class KeepAlive implements Runnable {
    /** How long the thread stays without a reason, so that loops that come and go do not start one each. */
    private static final long LINGER_MILLIS = 20;

    private final String name;
    private final boolean wanted;

    // guarded by this object's monitor
    private boolean needed;
    private @Nullable Thread thread;

    KeepAlive(String runtime, boolean wanted) {
        this.name = runtime + "-keep-alive";
        this.wanted = wanted;
    }

    void begin() {
        if (!wanted) {
            return;
        }
        synchronized (this) {
            needed = true;
            if (thread != null) {
                return;
            }
            Thread started = Thread.ofPlatform().daemon(false).name(name).unstarted(this);
            started.start(); // which may fail; it waits for this monitor
            thread = started;
        }
    }

    void end() {
        if (!wanted) {
            return;
        }
        synchronized (this) {
            needed = false;
            notifyAll();
        }
    }

    /** The thread. */
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
