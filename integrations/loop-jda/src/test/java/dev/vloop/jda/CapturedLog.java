package dev.vloop.jda;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What a logger is told until this is closed. */
final class CapturedLog extends Handler implements AutoCloseable {
    /** Held here: a logger that nobody holds is forgotten with its handlers. */
    private final Logger logger;

    private final List<String> lines = new CopyOnWriteArrayList<>();

    CapturedLog(String name) {
        logger = Logger.getLogger(name);
        logger.addHandler(this);
    }

    /** {@return the levels and messages so far, in order} */
    List<String> lines() {
        return lines;
    }

    @Override
    public void publish(LogRecord line) {
        lines.add(line.getLevel() + " " + line.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
