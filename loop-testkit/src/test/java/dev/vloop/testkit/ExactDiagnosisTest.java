package dev.vloop.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The diagnoses of the EXACT engine. */
@Tag("exact")
class ExactDiagnosisTest extends DiagnosisContract {
    /** Before, the JDK tells of no timed wait but a sleep. */
    private static final boolean KNOWS_TIMEOUTS = Runtime.version().feature() >= 24;

    @Override
    Engine engine() {
        return Engine.EXACT;
    }

    @Test
    void a_real_sleep_and_a_timed_wait_in_a_body() {
        TestLoops loops = builder().create();
        LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
        loops.loop("sleepy").every(MINUTE).start(it -> {
            if (it.index() == 0 || !KNOWS_TIMEOUTS) Thread.sleep(20);
            else queue.poll(20, TimeUnit.MILLISECONDS);
        });
        loops.advance(MINUTE.plusSeconds(1));
        assertThatThrownBy(loops::close)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("real wait: thread 'sleepy' waited in real time at 00:00:00")
                .hasMessageContaining("real wait: thread 'sleepy' waited in real time at 00:01:00")
                .hasMessageFindingMatch(HERE)
                .hasMessageContaining("mend: wait with iteration.sleep(..)");
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
