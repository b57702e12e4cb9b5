package dev.vloop.deep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.failsafe.Failsafe;
import dev.failsafe.Timeout;
import dev.vloop.testkit.LoopTest;
import dev.vloop.testkit.TestLoops;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.Timer;
import java.util.TimerTask;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;

/** What cannot be made virtual fails a test, which names the thread, the line, and the way out. */
class FindingsTest {
    /** These fail; the tests below run them. */
    static final class Failing {
        @LoopTest
        void timer(TestLoops loops) {
            Timer timer = new Timer(true);
            loops.loop("reminder").every(Duration.ofMinutes(1)).start(it -> remind(timer));
            loops.settle();
            timer.cancel();
        }

        private static void remind(Timer timer) {
            timer.schedule(
                    new TimerTask() {
                        @Override
                        public void run() {
                            // too late for the test
                        }
                    },
                    60_000);
        }

        /** The scheduler of Failsafe has threads that it makes itself. */
        @LoopTest
        void scheduler(TestLoops loops) {
            Timeout<String> limit =
                    Timeout.<String>builder(Duration.ofSeconds(1)).build();
            loops.loop("poster")
                    .every(Duration.ofMinutes(1))
                    .start(it -> Failsafe.with(limit).get(() -> "posted"));
            loops.settle();
        }

        @LoopTest
        void assertion(TestLoops loops) {
            Timer timer = new Timer(true);
            loops.loop("reminder").every(Duration.ofMinutes(1)).start(it -> remind(timer));
            loops.settle();
            timer.cancel();
            throw new AssertionError("nobody was reminded");
        }
    }

    private static String failure(String test) {
        Throwable thrown =
                EngineTestKit.engine("junit-jupiter")
                        .selectors(selectClass(Failing.class))
                        .execute()
                        .testEvents()
                        .failed()
                        .stream()
                        .filter(event -> event.getTestDescriptor()
                                .getUniqueId()
                                .toString()
                                .contains("template:" + test))
                        .findFirst()
                        .orElseThrow()
                        .getRequiredPayload(org.junit.platform.engine.TestExecutionResult.class)
                        .getThrowable()
                        .orElseThrow();
        StringWriter text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    @Test
    void a_timer_of_the_jdk_is_named() {
        assertThat(failure("timer"))
                .contains(
                        "real delay: thread 'reminder' handed a delay to a java.util.Timer, whose thread keeps real time,"
                                + " at 00:00:00 in dev.vloop.deep.FindingsTest$Failing.remind (FindingsTest.java:")
                .contains("fix: hand it to a pool that the test makes with Executors.newScheduledThreadPool(..)");
    }

    @Test
    void a_scheduler_that_the_test_did_not_make_is_named() {
        assertThat(failure("scheduler"))
                .contains(
                        "real delay: thread 'poster' handed a delay to a scheduled pool that the test did not make, with"
                                + " threads of dev.failsafe.internal.util.DelegatingScheduler");
    }

    @Test
    void a_test_that_fails_for_another_reason_tells_of_it_too() {
        assertThat(failure("assertion"))
                .startsWith("java.lang.AssertionError: nobody was reminded")
                .contains("real delay: thread 'reminder' handed a delay to a java.util.Timer");
    }
}
