package dev.vloop.examples.demo;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.locks.ReentrantLock;

/** Prints each event at once, as one line. Thread-safe. */
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

    /** Prints what a loop says. */
    final void say(String loop, String text) {
        event(loop, text);
    }

    /** Prints good news. */
    final void good(String loop, String text) {
        event(loop, paint(GREEN, text));
    }

    /** Prints that something begins or ends. */
    final void note(String loop, String text) {
        event(loop, paint(DIM, text));
    }

    /** Prints a failure after which the loop goes on. */
    final void warn(String loop, String text) {
        event(loop, paint(YELLOW, text));
    }

    /** Prints a failure that ends something. */
    final void error(String loop, String text) {
        event(loop, paint(RED, text));
    }

    /** The time is read under the lock, so that lines are in order of time. */
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

    /** Writes in one piece. The lock is held. */
    final void write(String text) {
        out.print(text);
        out.flush();
    }

    /** {@return the text in a colour, given as an ANSI code; the plain text if there are no colours} */
    String paint(String colour, String text) {
        return text;
    }

    @Override
    public void close() {}
}
