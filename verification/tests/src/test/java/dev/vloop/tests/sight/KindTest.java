package dev.vloop.tests.sight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopBody;
import dev.vloop.LoopBuilder;
import dev.vloop.tests.support.VirtualTimeTest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R36: the kind of a loop")
class KindTest extends VirtualTimeTest {
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    private Loop failing(LoopBuilder builder) {
        return starting(builder, it -> {
            throw new IllegalStateException("broken");
        });
    }

    private Loop starting(LoopBuilder builder, LoopBody body) {
        Logger logger = Logger.getLogger("dev.vloop");
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                entry.getSourceClassName(); // is found out by the stack of this thread
                records.add(entry);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        logger.addHandler(handler);
        try {
            Loop loop = builder.every(seconds(1)).start(body);
            loops.settle();
            return loop;
        } finally {
            logger.removeHandler(handler);
        }
    }

    @Test
    void is_its_name_unless_said_and_then_it_logs_to_the_library_s_logger() {
        assertThat(failing(loops.loop("guild 42")).kind()).isEqualTo("guild 42");
        assertThat(records).extracting(LogRecord::getLoggerName).containsExactly("dev.vloop");
    }

    @Test
    void names_the_logger_of_its_loops() {
        assertThat(failing(loops.loop("guild 42").kind("guild-digest")).kind()).isEqualTo("guild-digest");
        assertThat(records).extracting(LogRecord::getLoggerName).containsExactly("dev.vloop.loop.guild-digest");
    }

    @Test
    void names_the_logger_of_its_hooks_and_of_the_items_of_its_forks_too() {
        LoopBuilder builder = loops.loop("guild 42")
                .kind("guild-digest")
                .count(1)
                .afterLoop(end -> {
                    throw new IllegalStateException("cannot flush");
                });
        starting(
                builder,
                it -> it.forkEach(List.of("item"), item -> {
                    throw new IllegalStateException("broken");
                }));
        assertThat(records)
                .extracting(LogRecord::getLoggerName)
                .containsExactly("dev.vloop.loop.guild-digest", "dev.vloop.loop.guild-digest");
    }

    @Test
    void a_record_names_what_has_written_it_as_its_source() {
        failing(loops.loop("guild 42"));
        assertThat(records)
                .extracting(LogRecord::getSourceClassName)
                .noneMatch(source -> source.endsWith(".Log"))
                .allMatch(source -> source.startsWith("dev.vloop.vthreads."));
    }
}
