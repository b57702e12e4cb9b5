package dev.vloop.examples;

import dev.vloop.LoopRuntime;
import dev.vloop.vthreads.VirtualLoops;
import java.time.Duration;

/** A bot that collects messages and is asked to end before it has written them. */
final class BulkerProgram {
    static final int MESSAGES = 300;

    private BulkerProgram() {}

    /** Takes the URL of the database. Prints "collected" when all messages have arrived, and "flushed" when it ends. */
    public static void main(String[] args) throws InterruptedException {
        LoopRuntime loops = VirtualLoops.create();
        PostgresBatch batch = new PostgresBatch(args[0]);
        loops.shutdownOnExit(Duration.ofSeconds(10), () -> System.out.println("flushed " + batch.isEmpty()));
        Recipes.bulk(loops, batch); // writes at once, when hardly anything has arrived, and then every 10 s
        loops.loop("source")
                .every(Duration.ofMillis(1))
                .count(MESSAGES)
                .start(it -> batch.add(1))
                .join();
        System.out.println("collected");
    }
}
