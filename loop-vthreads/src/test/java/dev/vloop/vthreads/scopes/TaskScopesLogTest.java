package dev.vloop.vthreads.scopes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R34 The log of which task scopes are in use")
class TaskScopesLogTest {
    private final BiConsumer<System.Logger.Level, String> log = System.getLogger("dev.vloop")::log;
    private final Logger logger = Logger.getLogger("dev.vloop");
    private final Level level = logger.getLevel();
    private final List<LogRecord> records = new ArrayList<>();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord record) {
            records.add(record);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.setLevel(Level.ALL);
        logger.addHandler(handler);
    }

    @AfterEach
    void restore() {
        logger.removeHandler(handler);
        logger.setLevel(level);
    }

    @Test
    void is_written_once_for_developers_when_they_are_as_expected() {
        TaskScopes scopes = TaskScopes.choose("auto", () -> null);
        scopes.logOnce(log);
        scopes.logOnce(log);
        TaskScopes.choose("plain", () -> null).logOnce(log);
        assertThat(records)
                .extracting(LogRecord::getLevel, LogRecord::getMessage)
                .containsExactly(
                        tuple(Level.FINE, "task scopes are " + scopes.description()),
                        tuple(Level.FINE, "task scopes are plain (asked for by -Dvloop.scopes=plain)"));
    }

    @Test
    void is_written_for_everybody_when_the_engine_fell_back_by_itself() {
        TaskScopes.choose("auto", () -> "JDK 31 has none").logOnce(log);
        assertThat(records)
                .extracting(LogRecord::getLevel, LogRecord::getMessage)
                .containsExactly(tuple(Level.INFO, "task scopes are plain (JDK 31 has none)"));
    }
}
