package dev.vloop.bench.peers;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;

/** Spring's scheduler for virtual threads. One thread keeps time and starts a virtual thread for each run of a body. */
final class SpringLoops implements Contender {
    private final SimpleAsyncTaskScheduler scheduler = new SimpleAsyncTaskScheduler();
    private final Future<?>[] futures;

    SpringLoops(int loops) {
        futures = new Future<?>[loops];
        scheduler.setVirtualThreads(true);
    }

    @Override
    public void start(int index, long delay, long period, Runnable body) {
        futures[index] = scheduler.scheduleAtFixedRate(body, Instant.now().plusNanos(delay), Duration.ofNanos(period));
    }

    @Override
    public void cancelAll() {
        for (Future<?> future : futures) {
            future.cancel(true);
        }
        scheduler.close();
    }
}
