package dev.vloop.deep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.vloop.testkit.LoopTest;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** A runtime that nobody closes does not keep later tests in its time, and the log names who forgot it. */
class ForgottenTest {
    private static final List<String> SAID = new CopyOnWriteArrayList<>();

    private final Logger logger = Logger.getLogger("dev.vloop.testkit");
    private final List<LogRecord> log = new CopyOnWriteArrayList<>();
    private final Handler listener = new Handler() {
        @Override
        public void publish(LogRecord message) {
            log.add(message);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @AfterEach
    void cleanUp() {
        SAID.clear();
    }

    private static void say() {
        SAID.add(Instant.now().isBefore(Instant.parse("2020-01-01T00:00:00Z")) ? "virtual" : "real");
    }

    private static void sleepForEver() throws InterruptedException {
        try {
            Thread.sleep(Duration.ofDays(1000));
        } finally {
            SAID.add("interrupted");
        }
    }

    /** Run by the tests below. */
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static final class Forgetful {
        @Test
        void a_forgets() {
            TestLoops loops = TestLoops.create();
            loops.loop("sleeper").every(Duration.ofHours(1)).start(it -> sleepForEver());
            loops.settle();
            say();
        }

        @Test
        void b_comes_later() {
            say();
        }

        @LoopTest
        void c_closes_by_itself(TestLoops loops) {
            say();
        }
    }

    /** Run by a test below. */
    @TestMethodOrder(MethodOrderer.MethodName.class)
    static final class ForgetfulClass {
        @BeforeAll
        @SuppressWarnings("resource")
        static void make() {
            TestLoops.create();
        }

        @Test
        void a_is_in_the_time_of_its_class() {
            say();
        }

        @Test
        void b_is_too() {
            say();
        }
    }

    /** Run by a test below. */
    static final class Tidy {
        private static TestLoops ofClass;

        @BeforeAll
        static void make() {
            ofClass = TestLoops.create();
        }

        @Test
        void a_test_in_a_test() {
            try (TestLoops inner = TestLoops.create()) {
                inner.advance(Duration.ofDays(1));
            }
        }

        @AfterAll
        static void close() {
            ofClass.close();
        }
    }

    private String run(Class<?> tests) {
        logger.addHandler(listener);
        logger.setUseParentHandlers(false);
        try {
            LauncherFactory.create()
                    .execute(LauncherDiscoveryRequestBuilder.request()
                            .selectors(selectClass(tests))
                            .build());
        } finally {
            logger.removeHandler(listener);
            logger.setUseParentHandlers(true);
        }
        return String.join("\n", log.stream().map(LogRecord::getMessage).toList());
    }

    @Test
    void what_a_test_forgets_ends_with_it() {
        assertThat(run(Forgetful.class))
                .contains("TestLoops of dev.vloop.deep.ForgottenTest$Forgetful.a_forgets were never closed")
                .contains("made in dev.vloop.deep.ForgottenTest$Forgetful.a_forgets (ForgottenTest.java:")
                .containsOnlyOnce("never closed");
        assertThat(SAID).containsExactly("virtual", "interrupted", "real", "virtual");
    }

    @Test
    void what_a_class_forgets_ends_with_it() {
        assertThat(run(ForgetfulClass.class))
                .contains("TestLoops of ForgottenTest$ForgetfulClass were never closed")
                .contains("made in dev.vloop.deep.ForgottenTest$ForgetfulClass.make (ForgottenTest.java:");
        say();
        assertThat(SAID).containsExactly("virtual", "virtual", "real");
    }

    @Test
    void what_is_closed_is_not_mentioned() {
        assertThat(run(Tidy.class)).doesNotContain("never closed");
    }
}
