package dev.vloop.bench.peers;

import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The JDK's scheduled pool. Its two threads run the bodies, or start a virtual thread for each. */
final class Pool implements Contender {
    private final ScheduledThreadPoolExecutor pool = new ScheduledThreadPoolExecutor(2);
    private final Future<?>[] futures;
    private final boolean dispatches;

    Pool(int loops, boolean dispatches) {
        this.futures = new Future<?>[loops];
        this.dispatches = dispatches;
        pool.setRemoveOnCancelPolicy(true);
    }

    @Override
    public void start(int index, long delay, long period, Runnable body) {
        Runnable tick = dispatches ? () -> Thread.startVirtualThread(body) : body;
        futures[index] = pool.scheduleAtFixedRate(tick, delay, period, TimeUnit.NANOSECONDS);
    }

    @Override
    public void cancelAll() throws InterruptedException {
        for (Future<?> future : futures) {
            future.cancel(true);
        }
        pool.shutdownNow();
        if (!pool.awaitTermination(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException("the pool does not end");
        }
    }
}
