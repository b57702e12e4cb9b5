package dev.vloop.examples;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the loops log while it is open. Thread-safe. */
final class DatabaseLog extends Handler {
    private static final Logger LOOPS = Logger.getLogger("dev.vloop");

    private final List<String> lines = new CopyOnWriteArrayList<>();

    DatabaseLog() {
        LOOPS.addHandler(this);
    }

    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void publish(LogRecord entry) {
        lines.add(entry.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        LOOPS.removeHandler(this);
    }
}
