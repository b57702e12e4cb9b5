package dev.vloop.testkit.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.LoopClock;
import dev.vloop.testkit.Engine;
import dev.vloop.testkit.TestLimits;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The diagnoses of the EXACT engine. */
@Tag("exact")
class ExactDiagnosisTest extends DiagnosisContract {
    /** The watch interrupts threads that hang here. The JDK then sets the flag of the thread that carries them, too: this one. */
    @AfterEach
    void clearInterruptOfCarrier() {
        boolean unused = Thread.interrupted();
    }

    /** Before JDK 24 only a sleep is known to be a timed wait. */
    static final boolean KNOWS_TIMEOUTS = Runtime.version().feature() >= 24;

    private final List<String> said = new ArrayList<>();

    @Override
    Engine engine() {
        return Engine.EXACT;
    }

    @Test
    void a_real_sleep_and_a_timed_wait_in_a_body() {
        TestLoops loops = builder().create();
        LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
        loops.loop("sleepy").every(MINUTE).start(it -> {
            if (it.index() == 0 || !KNOWS_TIMEOUTS) {
                Thread.sleep(100);
            } else {
                queue.poll(100, TimeUnit.MILLISECONDS);
            }
        });
        loops.advance(MINUTE.plusSeconds(1));
        assertThatThrownBy(loops::close)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("real wait: thread 'sleepy' waited in real time at 00:00:00")
                .hasMessageContaining("real wait: thread 'sleepy' waited in real time at 00:01:00")
                .hasMessageFindingMatch(HERE)
                .hasMessageContaining("fix: wait with iteration.sleep(..)")
                .hasMessageContaining("if a library waits, run the test with loop-testkit-agent");
    }

    @Test
    void an_exception_that_escapes_a_thread_which_a_body_started() {
        TestLoops loops = builder().create();
        loops.loop("parent")
                .every(MINUTE)
                .start(it -> Thread.ofVirtual().name("child").start(() -> {
                    throw new IllegalStateException("lost");
                }));
        loops.settle();
        assertThatThrownBy(loops::close)
                .hasMessageContaining("uncaught: IllegalStateException: lost escaped from thread 'child' at 00:00:00")
                .hasMessageFindingMatch(HERE)
                .hasMessageContaining("iteration.fork")
                .hasRootCauseMessage("lost");
    }

    /** For classes that wait in their initializers, which keeps the carrier on every JDK. */
    private static final AtomicReference<LoopClock> CLOCK = new AtomicReference<>();

    private static final CompletableFuture<String> RELEASE = new CompletableFuture<>();

    private static final class Patient {
        static final String VALUE = load();

        private static String load() {
            try {
                CLOCK.get().sleep(MINUTE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return "settings";
        }
    }

    private static final class Deaf {
        static final String VALUE = RELEASE.join();
    }

    @Test
    void a_body_that_blocks_and_keeps_its_carrier() {
        TestLoops loops = builder().create();
        CLOCK.set(loops.clock());
        loops.loop("config").every(MINUTE).start(it -> {
            if (it.index() == 1) {
                said.add(Patient.VALUE);
            }
        });
        assertThatThrownBy(() -> loops.advance(MINUTE))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("pinned carrier: thread 'config' blocks in")
                .hasMessageContaining("and keeps its carrier")
                .hasMessageContaining("at virtual time PT1M, engine EXACT")
                .hasMessageFindingMatch(HERE)
                .hasMessageContaining("fix: use a ReentrantLock instead of synchronized, or JDK 24 or later")
                .hasMessageContaining("do not wait in a class initializer")
                .hasMessageContaining(">>> 00:01:00");
        loops.close();
    }

    @Test
    void a_body_that_blocks_keeps_its_carrier_and_is_deaf() {
        deaf(() -> said.add(Deaf.VALUE), () -> RELEASE.complete("at last"));
    }

    @Test
    void a_body_that_computes_without_end_and_is_deaf() {
        AtomicBoolean released = new AtomicBoolean();
        Runnable compute = () -> {
            while (!released.get()) {
                Thread.onSpinWait();
            }
        };
        deaf(compute, () -> released.set(true));
    }

    /** While the test's own thread is kept, only the log can tell. The test is told as soon as the thread is free. */
    private void deaf(Runnable body, Runnable release) {
        TestLoops loops = TestLimits.stall(builder(), Duration.ofSeconds(1)).create();
        loops.loop("feed").every(MINUTE).start(it -> {
            if (it.index() == 1) {
                body.run();
            }
        });
        String report = "deaf: thread 'feed' keeps the test's thread, which carries it, in";
        try (Overheard log = new Overheard(report, release)) {
            assertThatThrownBy(() -> loops.advance(MINUTE))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining(report)
                    .hasMessageContaining(">>> 00:01:00");
            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .contains("and does not heed interrupts", "at virtual time PT1M, engine EXACT")
                    .containsPattern(HERE)
                    .contains(
                            "fix: let it look at Thread.interrupted()",
                            "Nothing can stop it",
                            "'feed' runs (",
                            "at dev.vloop.testkit");
        }
        loops.close();
    }

    @Test
    void a_thread_that_outlives_its_loop_is_a_leak() {
        TestLoops loops = builder().create();
        LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
        loops.loop("parent")
                .every(MINUTE)
                .count(1)
                .start(it -> Thread.ofVirtual().name("forgotten").start(() -> {
                    try {
                        queue.take();
                    } catch (InterruptedException e) {
                        // over
                    }
                }));
        loops.settle();
        assertThatThrownBy(loops::close)
                .hasMessageContaining("leak: thread 'forgotten'")
                .hasMessageContaining("LinkedBlockingQueue.take")
                .hasMessageFindingMatch(HERE);
    }
}
