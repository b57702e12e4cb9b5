package dev.vloop.vthreads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.spi.Host;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the real machine promises beside time. */
@Timeout(60)
class SystemHostTest {
    private static final InheritableThreadLocal<String> INHERITED = new InheritableThreadLocal<>();

    private final Host host = SystemHost.SHARED;

    @AfterEach
    void forget() {
        INHERITED.remove();
        Thread.interrupted();
    }

    @Test
    @DisplayName("R2: a loop's thread inherits no thread-locals of whoever starts it")
    void a_thread_inherits_nothing() throws Exception {
        INHERITED.set("of the starter");
        CompletableFuture<Boolean> clear = new CompletableFuture<>();
        host.newThread("loop", () -> clear.complete(INHERITED.get() == null)).start();
        assertThat(clear.get()).isTrue();
    }

    @Test
    @DisplayName("R6: a sleep on a thread that is interrupted throws, even if no time is left to sleep")
    void a_sleep_on_an_interrupted_thread_throws() {
        for (long deadline : new long[] {0, host.nanoTime(), Host.NEVER}) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> host.sleepUntil(deadline)).isInstanceOf(InterruptedException.class);
            assertThat(Thread.interrupted()).isFalse();
        }
    }
}
