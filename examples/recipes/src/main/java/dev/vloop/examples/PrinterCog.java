package dev.vloop.examples;

import dev.vloop.Iteration;
import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import java.time.Duration;

// region cog
/** A part of a bot that can be loaded and unloaded while the bot runs; its loop lives as long. */
final class PrinterCog implements AutoCloseable {
    private final Bot bot;
    private final Loop printer;

    PrinterCog(LoopRuntime loops, Bot bot) {
        this.bot = bot;
        this.printer = loops.loop("printer").every(Duration.ofSeconds(5)).build(this::print); // does not start it
    }

    void load() {
        printer.start();
    }

    @Override
    public void close() {
        printer.remove(); // cancels it, and frees its name for the next one
    }

    private void print(Iteration it) {
        bot.print(it.index());
    }
}
// end region
