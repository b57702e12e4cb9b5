package dev.vloop.tests.support;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What the library logs from here on, instead of the console. */
public final class CapturedLog extends Handler {
    /** Held here: {@link Logger#getLogger} alone would let it be collected, with this handler. */
    private final Logger logger = Logger.getLogger("dev.vloop");

    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    public CapturedLog() {
        logger.setUseParentHandlers(false);
        logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord entry) {
        records.add(entry);
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
    }

    /** The messages of a level, in order. */
    public List<String> messages(Level level) {
        return records.stream()
                .filter(entry -> entry.getLevel().equals(level))
                .map(LogRecord::getMessage)
                .toList();
    }

    public List<String> errors() {
        return messages(Level.SEVERE);
    }

    public List<String> warnings() {
        return messages(Level.WARNING);
    }

    /** The causes that were logged with a level, in order. */
    public List<Throwable> causes(Level level) {
        return records.stream()
                .filter(entry -> entry.getLevel().equals(level) && entry.getThrown() != null)
                .map(LogRecord::getThrown)
                .toList();
    }
}
