package dev.vloop.examples.demo;

import dev.vloop.Backoff;
import dev.vloop.Iteration;
import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopRuntime;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The five recipes as one bot, and a sixth loop that disturbs one of them. */
final class Bot {
    private static final Duration IMPATIENT = Duration.ofMillis(300);
    private static final Duration PATIENT = Duration.ofSeconds(5);

    private final LoopRuntime loops;
    private final Batch batch;
    private final Store store;
    private final Screen screen;
    private final CountDownLatch ready = new CountDownLatch(1);

    Bot(LoopRuntime loops, Batch batch, Store store, Screen screen) {
        this.loops = loops;
        this.batch = batch;
        this.store = store;
        this.screen = screen;
    }

    /** Starts all loops; {@return them} */
    List<Loop> start() {
        Loop updates = batchUpdate();
        return List.of(printer(), updates, slowCount(), greeter(), bulker(updates), backup());
    }

    private Loop printer() {
        return loops.loop("printer")
                .every(Duration.ofSeconds(2))
                .start(it -> screen.say("printer", "tick " + it.index() + ", " + batch.arrived() + " messages so far"));
    }

    /** I/O errors and timeouts are retried by default. */
    private Loop batchUpdate() {
        return loops.loop("batch-update")
                .every(Duration.ofMillis(800))
                .timeout(Duration.ofSeconds(1))
                .backoff(Backoff.exponential(Duration.ofMillis(600), Duration.ofSeconds(2)))
                .start(this::update);
    }

    private void update(Iteration it) throws Exception {
        int fetched = batch.update();
        ready.countDown();
        String effort = it.attempt() == 1 ? "" : ", at attempt " + it.attempt();
        screen.say("batch-update", "fetched " + fetched + effort);
    }

    private Loop slowCount() {
        return loops.loop("slow-count")
                .every(Duration.ofMillis(2_500))
                .count(5)
                .afterLoop(end -> screen.say("slow-count", "done!"))
                .start(it -> screen.say("slow-count", (it.index() + 1) + " of 5"));
    }

    /** Its third greeting takes so long that it misses a slot. */
    private Loop greeter() {
        return loops.loop("greeter")
                .every(Duration.ofMillis(1_500))
                .count(8)
                .beforeLoop(this::awaitReady)
                .start(it -> {
                    screen.say("greeter", "hello, guild " + it.index());
                    if (it.index() == 2) {
                        it.sleep(Duration.ofMillis(3_500));
                    }
                });
    }

    private void awaitReady() throws InterruptedException {
        screen.say("greeter", "waits until the bot is ready");
        ready.await();
    }

    private Loop bulker(Loop updates) {
        return loops.loop("bulker")
                .every(Duration.ofSeconds(3))
                .initialDelay(Duration.ofSeconds(3))
                .retryOn(SQLTransientException.class)
                .backoff(Backoff.fixed(Duration.ofMillis(400)))
                .afterLoop(end -> lastFlush(updates, end))
                .start(this::flush);
    }

    private void flush(Iteration it) throws SQLException {
        int written = batch.flush(IMPATIENT);
        screen.say("bulker", written == 0 ? "nothing to write" : "wrote " + written);
    }

    /** All loops may end at the same time. So it first waits for the last messages that the other loop fetches. */
    private void lastFlush(Loop updates, LoopEnd end) throws Exception {
        updates.join();
        int written = batch.flush(PATIENT);
        String how = end.isCancelled() ? "cancelled" : "ended";
        screen.good("bulker", how + ": flushed the last " + written);
    }

    /** Locks the database from time to time, so that the bulker has to retry. */
    private Loop backup() {
        return loops.loop("backup")
                .every(Duration.ofSeconds(6))
                .initialDelay(Duration.ofMillis(5_800))
                .start(this::holdLock);
    }

    @SuppressWarnings("try") // the connection is held, not used
    private void holdLock(Iteration it) throws InterruptedException, SQLException {
        try (Connection lock = store.lock()) {
            screen.say("backup", "locks the database for 1 s");
            it.sleep(Duration.ofSeconds(1));
        }
    }
}
