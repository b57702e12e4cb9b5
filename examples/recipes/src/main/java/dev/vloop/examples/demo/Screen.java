package dev.vloop.examples.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;

/** Where events are seen: one line each, at once. Thread-safe. */
class Screen implements AutoCloseable {
    private static final String GREEN = "32";
    private static final String YELLOW = "33";
    private static final String RED = "31";
    private static final String CYAN = "36";
    private static final String DIM = "2";

    private final PrintStream out;
    private final InstantSource clock;
    private final Instant start;

    /** Guards the output. */
    final ReentrantLock lock = new ReentrantLock();

    Screen(PrintStream out, InstantSource clock) {
        this.out = out;
        this.clock = clock;
        this.start = clock.instant();
    }

    /** What a loop has to say. */
    final void say(String loop, String text) {
        event(loop, text);
    }

    /** Something good that one has waited for. */
    final void good(String loop, String text) {
        event(loop, paint(GREEN, text));
    }

    /** The beginnings and ends of runs. */
    final void note(String loop, String text) {
        event(loop, paint(DIM, text));
    }

    /** A failure that is dealt with. */
    final void warn(String loop, String text) {
        event(loop, paint(YELLOW, text));
    }

    /** A failure for good. */
    final void error(String loop, String text) {
        event(loop, paint(RED, text));
    }

    /** With its time taken under the lock: lines are in order. */
    private void event(String loop, String text) {
        lock.lock();
        try {
            print(line(loop, text));
        } finally {
            lock.unlock();
        }
    }

    private String line(String loop, String text) {
        String time = String.format(Locale.ROOT, "%7.3f s", seconds(sinceStart()));
        return paint(DIM, time) + "  " + paint(CYAN, pad(loop)) + "  " + text;
    }

    final Duration sinceStart() {
        return Duration.between(start, clock.instant());
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    static String pad(String loop) {
        return String.format(Locale.ROOT, "%-12s", loop);
    }

    /** Prints a block of text as it is. */
    void print(String text) {
        lock.lock();
        try {
            write(text + "\n");
        } finally {
            lock.unlock();
        }
    }

    /** Writes in one piece. With the lock held. */
    final void write(String text) {
        out.print(text);
        out.flush();
    }

    /** {@return the text in that colour of the ANSI codes, where there are colours} */
    String paint(String colour, String text) {
        return text;
    }

    @Override
    public void close() {}
}
