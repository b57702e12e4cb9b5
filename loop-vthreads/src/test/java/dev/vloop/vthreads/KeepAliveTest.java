package dev.vloop.vthreads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import dev.vloop.spi.Host;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Tag("real-time")
@Timeout(60)
class KeepAliveTest {
    /** Of this test alone: threads of others linger. */
    private final String name = "kept " + System.identityHashCode(this);

    private final KeepAlive keepAlive = new KeepAlive(name, true);

    @Test
    @DisplayName(
            "R13: there is one thread while anything holds it, which keeps the JVM alive, and soon none after that")
    void there_is_a_thread_while_anything_holds_it() throws InterruptedException {
        for (int i = 0; i < 3; i++) {
            keepAlive.hold();
            keepAlive.hold();
            Thread thread = thread().orElseThrow();
            assertThat(thread.isDaemon()).isFalse();
            keepAlive.release();
            keepAlive.release();
            thread.join();
            assertThat(thread()).isEmpty();
        }
    }

    @Test
    @DisplayName(
            "R13: it is there as long as one thing holds it, whatever comes and goes beside that, on threads of both kinds")
    void it_is_there_as_long_as_one_thing_holds_it() throws InterruptedException {
        Thread[] threads = new Thread[6];
        for (int i = 0; i < threads.length; i++) {
            Runnable comesAndGoes = () -> {
                for (int k = 0; k < 200; k++) {
                    keepAlive.hold();
                    Thread.onSpinWait();
                    keepAlive.release();
                }
                keepAlive.hold();
            };
            threads[i] = i % 2 == 0
                    ? Thread.ofVirtual().start(comesAndGoes)
                    : Thread.ofPlatform().start(comesAndGoes);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        Thread thread = thread().orElseThrow();
        for (int i = 1; i < threads.length; i++) {
            keepAlive.release();
        }
        assertThat(thread.join(Duration.ofMillis(100))).isFalse();
        keepAlive.release();
        thread.join();
    }

    @Test
    @DisplayName("R2: its thread inherits no context class loader of who starts the first loop")
    void its_thread_inherits_nothing() throws InterruptedException {
        Thread starts = new Thread(keepAlive::hold);
        starts.setContextClassLoader(new ClassLoader() {});
        starts.start();
        starts.join();
        assertThat(thread().orElseThrow().getContextClassLoader()).isSameAs(ClassLoader.getSystemClassLoader());
        keepAlive.release();
    }

    @Test
    @DisplayName("R13, R38: whoever interrupts its thread lets the JVM end, until something holds it anew")
    void an_interrupt_ends_it() throws InterruptedException {
        keepAlive.hold();
        Thread thread = thread().orElseThrow();
        thread.interrupt();
        thread.join();
        keepAlive.hold();
        assertThat(thread()).isPresent();
        keepAlive.release();
        keepAlive.release();
    }

    @Test
    @DisplayName("R13, R38: a start that gets no thread for its loop does not hold it")
    void a_start_that_gets_no_thread_for_its_loop_does_not_hold_it() throws InterruptedException {
        Host poor = WatchedHost.telling(method -> {
            if (method.equals("newThread")) {
                throw new OutOfMemoryError("no thread");
            }
        });
        VirtualLoopRuntime runtime =
                (VirtualLoopRuntime) VirtualLoops.builder().host(poor).create();
        LoopRegistry registry = new LoopRegistry(runtime, keepAlive, new Supervisor(runtime));
        VirtualLoop loop =
                (VirtualLoop) runtime.loop("poor").every(Duration.ofHours(1)).build(it -> {});
        assertThatThrownBy(() -> registry.start(loop)).isInstanceOf(OutOfMemoryError.class);
        for (Optional<Thread> left = thread(); left.isPresent(); left = thread()) {
            assertThat(left.get().join(Duration.ofSeconds(10))).isTrue();
        }
    }

    @Test
    @DisplayName("R13: a runtime whose host was replaced does not keep the JVM alive")
    void a_replaced_host_keeps_nothing_alive() {
        Host replaced = WatchedHost.telling(method -> {});
        try (LoopRuntime runtime =
                VirtualLoops.builder().name(name).host(replaced).create()) {
            Loop loop = runtime.loop("job").every(Duration.ofHours(1)).start(it -> {});
            assertThat(loop.isRunning()).isTrue();
            assertThat(thread()).isEmpty();
        }
    }

    private Optional<Thread> thread() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals((name + "-keep-alive")))
                .findFirst();
    }
}
