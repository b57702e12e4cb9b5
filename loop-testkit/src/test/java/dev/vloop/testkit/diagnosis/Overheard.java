package dev.vloop.testkit.diagnosis;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Catches what the testkit logs, and keeps it off the console. */
final class Overheard implements AutoCloseable {
    private final Logger logger = Logger.getLogger("dev.vloop.testkit");
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final Handler handler;

    /**
     * Begins to listen.
     *
     * @param about what a message must contain
     * @param then run after each message, on the thread that logs
     */
    Overheard(String about, Runnable then) {
        handler = new Handler() {
            @Override
            public void publish(LogRecord message) {
                if (message.getMessage().contains(about)) {
                    messages.add(message.getMessage());
                    then.run();
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        logger.setUseParentHandlers(false);
    }

    List<String> messages() {
        return messages;
    }

    @Override
    public void close() {
        logger.removeHandler(handler);
        logger.setUseParentHandlers(true);
    }
}
