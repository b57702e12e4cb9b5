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
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.mockito.Mockito;

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

    /** These fail too. They have no deep time, as if there were no agent. */
    static final class Shallow {
        @LoopTest(deep = false)
        void awaiting(TestLoops loops) {
            Awaitility.await().atMost(Duration.ofMillis(200)).until(() -> false);
        }

        @LoopTest(deep = false)
        @SuppressWarnings("MockNotUsedInProduction") // nobody calls it: that is what fails
        void verifying(TestLoops loops) {
            Runnable mock = Mockito.mock(Runnable.class);
            Mockito.verify(mock, Mockito.timeout(50)).run();
        }

        @LoopTest(deep = false)
        void reading(TestLoops loops) {
            throw new AssertionError("it is another day");
        }

        /** What the library itself asserts has nothing to do with the clock of the system. */
        @LoopTest(deep = false)
        void counting(TestLoops loops) {
            loops.runUntil(() -> false, Duration.ofMinutes(1));
        }

        @LoopTest(deep = false)
        void waiting(TestLoops loops) {
            CountDownLatch answer = new CountDownLatch(1); // which nobody gives
            loops.loop("waiter")
                    .every(Duration.ofHours(1))
                    .initialDelay(Duration.ofSeconds(5))
                    .start(it -> answer.await());
            loops.advance(Duration.ofMinutes(1));
            throw new AssertionError("no answer");
        }
    }

    private static String failure(Class<?> tests, String test) {
        Throwable thrown =
                EngineTestKit.engine("junit-jupiter")
                        .selectors(selectClass(tests))
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
        assertThat(failure(Failing.class, "timer"))
                .contains(
                        "real delay: thread 'reminder' handed a delay to a java.util.Timer, whose thread keeps real time,"
                                + " at 00:00:00 in dev.vloop.deep.FindingsTest$Failing.remind (FindingsTest.java:")
                .contains("fix: hand it to a pool that the test makes with Executors.newScheduledThreadPool(..)");
    }

    @Test
    void a_scheduler_that_the_test_did_not_make_is_named() {
        assertThat(failure(Failing.class, "scheduler"))
                .contains(
                        "real delay: thread 'poster' handed a delay to a scheduled pool that the test did not make, with"
                                + " threads of dev.failsafe.internal.util.DelegatingScheduler");
    }

    @Test
    void a_test_that_fails_for_another_reason_tells_of_it_too() {
        assertThat(failure(Failing.class, "assertion"))
                .startsWith("java.lang.AssertionError: nobody was reminded")
                .contains("real delay: thread 'reminder' handed a delay to a java.util.Timer");
    }

    @Test
    void awaitility_and_mockito_are_named_where_they_wait_in_real_time() {
        assertThat(failure(Shallow.class, "awaiting"))
                .contains("note: Awaitility waits in real time, in which no loop goes on")
                .contains("loops.runUntil(condition, atMost)")
                .contains("loop-testkit-agent");
        assertThat(failure(Shallow.class, "verifying")).contains("note: Mockito.timeout waits in real time");
    }

    @Test
    void a_failed_assertion_hints_at_the_clock_of_the_system() {
        String hint = "note: code that reads the system's clock (Instant.now, System.nanoTime) reads real time here";
        assertThat(failure(Shallow.class, "reading"))
                .startsWith("java.lang.AssertionError: it is another day")
                .contains(hint);
        assertThat(failure(Shallow.class, "counting")).doesNotContain("system's clock");
        assertThat(failure(Failing.class, "assertion")).doesNotContain("system's clock");
    }

    @Test
    void a_failed_assertion_tells_who_still_waits() {
        assertThat(failure(Shallow.class, "waiting"))
                .contains("waiting: thread 'waiter' has waited since 00:00:05 in dev.vloop.deep.FindingsTest$Shallow")
                .contains("fix: if a thread outside is to wake it, let it wait in TestLoops.external(..)");
    }
}
