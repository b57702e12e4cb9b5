package dev.vloop.dashboard;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Hangs up on clients that are slow to send a request or to take its answer: each of them holds one of the few threads. All threads may
 * use it.
 *
 * <p>The JDK's server has time limits of its own only in system properties, which count for all servers of the JVM. This interrupts the
 * thread instead. If it reads from or writes to a connection, that closes the connection.
 */
final class SlowClients implements Executor, AutoCloseable {
    /** How much of an answer must be taken within the time limit, in bytes. */
    private static final int PIECE = 16_384;

    /** The client that a thread waits for; null if it waits for none. */
    private static final ThreadLocal<@Nullable Wait> WAITS = new ThreadLocal<>();

    private final Executor threads;
    private final Duration patience;

    /** Has one thread, while somebody is waited for and some seconds more. */
    private final ScheduledThreadPoolExecutor alarms;

    /**
     * Begins to watch the threads of a server.
     *
     * @param name the beginning of the name of a thread that it needs
     * @param threads run the requests
     * @param patience how long a client may take
     */
    SlowClients(String name, Executor threads, Duration patience) {
        this.threads = threads;
        this.patience = patience;
        this.alarms = new ScheduledThreadPoolExecutor(1, new DaemonThreads(name + "-alarm"));
        alarms.setKeepAliveTime(DaemonThreads.KEEP_SECONDS, TimeUnit.SECONDS);
        alarms.allowCoreThreadTimeOut(true);
        alarms.setRemoveOnCancelPolicy(true);
        alarms.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy()); // closed: so are the connections
    }

    /** Runs what begins by reading a request, and calls {@link #came} when it has read it. */
    @Override
    public void execute(Runnable exchange) {
        threads.execute(() -> {
            await();
            try {
                exchange.run();
            } finally {
                came();
            }
        });
    }

    /** From now on this thread waits for its client, until {@link #came}. */
    void await() {
        came();
        Wait wait = new Wait();
        WAITS.set(wait);
        wait.alarm = alarms.schedule(wait, patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** This thread does not wait for its client, or not any more. */
    void came() {
        Wait wait = WAITS.get();
        if (wait != null) {
            WAITS.remove();
            wait.end();
        }
    }

    /** {@return what will interrupt this thread; null if it waits for no client} For tests. */
    @Nullable
    Runnable alarmOfThisThread() {
        return WAITS.get();
    }

    /** {@return how many clients are waited for} For tests. */
    int pending() {
        return alarms.getQueue().size();
    }

    /** {@return a stream to a client, which must take each piece in time} To close it may mean to read the rest of the request. */
    OutputStream watch(OutputStream out) {
        return new Watched(out);
    }

    @Override
    public void close() {
        alarms.shutdownNow();
    }

    /** One time that a thread waits. */
    private static final class Wait implements Runnable {
        private final Thread thread = Thread.currentThread();

        /** Guarded by this. After that, the thread does something else, and must not be interrupted. */
        private boolean over;

        /** Null until it is set. Used by the thread that waits. */
        @Nullable
        Future<?> alarm;

        @Override
        public synchronized void run() {
            if (!over) {
                thread.interrupt();
            }
        }

        void end() {
            synchronized (this) {
                over = true;
            }
            if (alarm != null) {
                alarm.cancel(false);
            }
        }
    }

    /** Something that waits for the client. */
    private interface Waiting {
        void run() throws IOException;
    }

    private void within(Waiting waiting) throws IOException {
        await();
        try {
            waiting.run();
        } finally {
            came();
        }
    }

    private final class Watched extends FilterOutputStream {
        Watched(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            for (int done = 0; done < length; done += PIECE) {
                int begin = done;
                within(() -> out.write(bytes, from + begin, Math.min(PIECE, length - begin)));
            }
        }

        @Override
        public void flush() throws IOException {
            within(out::flush);
        }

        @Override
        public void close() throws IOException {
            within(out::close); // which flushes
        }
    }
}
