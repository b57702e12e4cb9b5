package dev.vloop.dbscheduler;

import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Hands on what is said to the cluster's log, on the thread that says it, until it is closed. */
final class ClusterLog extends Handler {
    private final Logger logger = Logger.getLogger("dev.vloop.cluster");
    private final Consumer<LogRecord> heard;

    ClusterLog(Consumer<LogRecord> heard) {
        this.heard = heard;
        logger.addHandler(this);
    }

    @Override
    public void publish(LogRecord entry) {
        heard.accept(entry);
    }

    @Override
    public void flush() {
        // nothing is kept back
    }

    @Override
    public void close() {
        logger.removeHandler(this);
    }
}
