package dev.vloop.dashboard;

import dev.vloop.internal.PlatformThreads;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Makes the threads of a page. They are daemons, and inherit nothing from whoever makes them: no class loader, thread-locals, group or
 * priority. They are platform threads, because a page must also answer while the loops hold all carriers of virtual threads.
 */
final class DaemonThreads implements ThreadFactory {
    /** How many requests and streams are served at the same time. */
    static final int MOST = 64;

    /** For how many seconds a thread stays that has nothing to do. */
    static final int KEEP_SECONDS = 5;

    /** How many requests may wait for a thread. Further ones are turned away, so that they do not pile up with their connections. */
    private static final int MOST_WAITING = 256;

    private final String name;
    private final AtomicLong number = new AtomicLong();

    DaemonThreads(String name) {
        this.name = name;
    }

    /** {@return threads that come when they are needed and go after some seconds: while nobody looks, there is none} */
    static ThreadPoolExecutor pool(String name) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                MOST,
                MOST,
                KEEP_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(MOST_WAITING),
                new DaemonThreads(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    @Override
    public Thread newThread(Runnable body) {
        return make(name + "-" + number.incrementAndGet(), body);
    }

    static Thread make(String name, Runnable body) {
        return PlatformThreads.make(name, true, body);
    }
}
