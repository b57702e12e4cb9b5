package dev.vloop.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopRuntime;
import dev.vloop.LoopState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Rules 1 to 12, and what the tests of the other rules share: how a run begins, waits and ends, and who may end it. */
abstract class RunContract {
    /** A short interval in the runtime's time. */
    static final Duration TICK = Duration.ofMillis(20);

    /** Longer than any test. */
    static final Duration LONG = Duration.ofHours(10);

    /** What happened, in the order in which it did. */
    final List<String> events = Collections.synchronizedList(new ArrayList<>());

    LoopRuntime runtime;

    @SuppressWarnings("NullAway.Init") // JUnit calls createTheRuntime before each test
    RunContract() {}

    /** {@return a new runtime; it is closed after the test} */
    protected abstract LoopRuntime createRuntime();

    @BeforeEach
    final void createTheRuntime() {
        runtime = createRuntime();
    }

    @AfterEach
    final void closeTheRuntime() {
        runtime.close();
    }

    /** {@return a loop whose first iteration does not come during a test} */
    final Loop never(String name) {
        return runtime.loop(name).every(TICK).initialDelay(LONG).start(it -> events.add("never"));
    }

    @Test
    @DisplayName("R1 a run is beforeLoop, iterations, afterLoop")
    void a_run_has_its_order() throws InterruptedException {
        runtime.loop("a")
                .every(TICK)
                .count(2)
                .beforeLoop(() -> events.add("before"))
                .afterLoop(end -> events.add("after"))
                .start(it -> events.add("#" + it.index()))
                .join();
        assertThat(events).containsExactly("before", "#0", "#1", "after");
    }

    @Test
    @DisplayName("R1 a running loop is not started again, but startIfIdle asks")
    void a_running_loop_is_not_started_again() {
        Loop loop = never("a");
        assertThatIllegalStateException().isThrownBy(loop::start).withMessageContaining("'a'");
        assertThat(loop.startIfIdle()).isFalse();
        assertThatIllegalStateException().isThrownBy(() -> never("a"));
    }

    @Test
    @DisplayName("R2 all of a run happens on one virtual thread of the loop's name")
    void a_run_has_its_own_thread() throws InterruptedException {
        List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
        runtime.loop("own")
                .every(TICK)
                .count(2)
                .beforeLoop(() -> threads.add(Thread.currentThread()))
                .afterLoop(end -> threads.add(Thread.currentThread()))
                .start(it -> threads.add(Thread.currentThread()))
                .join();
        assertThat(threads).hasSize(4).doesNotContain(Thread.currentThread());
        assertThat(threads.stream().distinct()).singleElement().satisfies(thread -> {
            assertThat(thread.isVirtual()).isTrue();
            assertThat(thread.getName()).isEqualTo("own");
        });
    }

    @Test
    @DisplayName("R2 loops are known by name until they complete or are removed")
    void loops_are_known_by_name() throws InterruptedException {
        Loop kept = never("kept");
        Loop removed = never("removed");
        runtime.loop("done").every(TICK).count(1).start(it -> {}).join();
        removed.remove();
        assertThat(runtime.loops()).containsExactly(kept);
        assertThat(runtime.find("kept")).isSameAs(kept);
        assertThat(runtime.find("removed")).isNull();
    }

    @Test
    @DisplayName("R3, R23 a count completes the run with its last iteration")
    void a_count_completes() throws InterruptedException {
        Loop loop = runtime.loop("a").every(LONG).count(1).start(it -> {});
        assertThat(loop.join()).isEqualTo(new LoopEnd.Completed(1));
    }

    @Test
    @DisplayName("R3 a join ends with its time")
    void a_join_ends_with_its_time() throws InterruptedException {
        assertThat(never("a").join(TICK)).isNull();
    }

    @Test
    @DisplayName("R4 afterLoop is told the end, with the interrupt flag clear")
    void after_loop_is_told_the_end() throws InterruptedException {
        AtomicReference<LoopEnd> told = new AtomicReference<>();
        Loop loop = runtime.loop("a")
                .every(LONG)
                .afterLoop(end -> {
                    told.set(end);
                    if (Thread.currentThread().isInterrupted()) {
                        events.add("interrupted");
                    }
                })
                .start(it -> {
                    it.loop().cancel();
                    it.sleep(LONG);
                });
        assertThat(loop.join()).isEqualTo(told.get()).isEqualTo(new LoopEnd.Cancelled(0));
        assertThat(events).isEmpty();
    }

    @Test
    @DisplayName("R5 stop ends a wait at once, without an iteration")
    void stop_ends_a_wait() throws InterruptedException {
        Loop loop = never("a");
        loop.stop();
        assertThat(loop.join()).isEqualTo(new LoopEnd.Stopped(0));
        assertThat(events).isEmpty();
    }

    @Test
    @DisplayName("R5 stop in the body makes the iteration the last")
    void stop_in_the_body() throws InterruptedException {
        Loop loop = runtime.loop("a").every(TICK).start(it -> it.loop().stop());
        assertThat(loop.join()).isEqualTo(new LoopEnd.Stopped(1));
    }

    @Test
    @DisplayName("R6 cancel interrupts a sleeping body, which is no failure")
    void cancel_interrupts_the_body() throws InterruptedException {
        Loop loop = runtime.loop("a")
                .every(TICK)
                .onFailure(f -> events.add("failure"))
                .start(it -> {
                    it.loop().cancel();
                    it.sleep(LONG);
                });
        assertThat(loop.join()).isEqualTo(new LoopEnd.Cancelled(0));
        assertThat(events).isEmpty();
    }

    @Test
    @DisplayName("R7 an interrupt of the body's own is a cancellation")
    void an_interrupt_is_a_cancellation() throws InterruptedException {
        Loop loop =
                runtime.loop("a").every(TICK).start(it -> Thread.currentThread().interrupt());
        assertThat(loop.join().isCancelled()).isTrue();
    }

    @Test
    @DisplayName("R9 restart begins a new run after the old one, counting from 0")
    void restart_begins_anew() throws InterruptedException {
        Loop loop = runtime.loop("a")
                .every(TICK)
                .count(2)
                .afterLoop(end -> events.add("after"))
                .start(it -> {
                    events.add("#" + it.index());
                    if (events.size() == 1) {
                        it.loop().restart();
                    }
                });
        while (!loop.join().equals(new LoopEnd.Completed(2))) {
            // the end of the first run
        }
        assertThat(events).containsExactly("#0", "after", "#0", "#1", "after");
    }

    @Test
    @DisplayName("R10 a paused loop waits for resume or trigger")
    void a_paused_loop_waits() throws InterruptedException {
        Loop loop = runtime.loop("a").every(TICK).count(2).build(it -> events.add("#" + it.index()));
        loop.pause();
        loop.start();
        assertThat(loop.join(TICK.multipliedBy(3))).isNull();
        assertThat(events).isEmpty();
        assertThat(loop.status().state()).isEqualTo(LoopState.PAUSED);
        loop.resume();
        assertThat(loop.join()).isEqualTo(new LoopEnd.Completed(2));
    }

    @Test
    @DisplayName("R10 trigger makes one iteration now; an idle loop refuses it")
    void trigger_makes_an_iteration() throws InterruptedException {
        Loop loop = runtime.loop("a").every(TICK).initialDelay(LONG).count(1).build(it -> {});
        assertThatIllegalStateException().isThrownBy(loop::trigger).withMessageContaining("'a'");
        loop.start();
        loop.trigger();
        assertThat(loop.join()).isEqualTo(new LoopEnd.Completed(1));
    }

    @Test
    @DisplayName("R11 a loop does not wait for its own end")
    void a_loop_does_not_join_itself() throws InterruptedException {
        Loop loop = runtime.loop("a").every(TICK).start(it -> it.loop().join());
        assertThat(loop.join())
                .isInstanceOfSatisfying(
                        LoopEnd.Failed.class,
                        failed -> assertThat(failed.cause()).isInstanceOf(IllegalStateException.class));
    }

    @Test
    @DisplayName("R12 close cancels all and lets no run begin")
    void close_cancels_all() throws InterruptedException {
        Loop loop = never("a");
        runtime.close();
        runtime.close();
        assertThat(loop.join()).isEqualTo(new LoopEnd.Cancelled(0));
        assertThatIllegalStateException().isThrownBy(() -> never("b"));
    }

    @Test
    @DisplayName("R12 shutdown stops, and tells whom it had to cancel")
    void shutdown_stops() throws InterruptedException {
        Loop calm = never("calm");
        Loop busy = runtime.loop("busy").every(TICK).start(it -> it.sleep(LONG));
        while (busy.status().state() != LoopState.EXECUTING) {
            runtime.clock().sleep(Duration.ofMillis(1));
        }
        assertThat(runtime.shutdown(TICK)).containsExactly(busy);
        assertThat(calm.join()).isInstanceOf(LoopEnd.Stopped.class);
        assertThat(busy.join()).isInstanceOf(LoopEnd.Cancelled.class);
    }
}
