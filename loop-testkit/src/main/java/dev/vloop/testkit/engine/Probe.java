package dev.vloop.testkit.engine;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Runs a self-test on a thread of its own, because it might hang. */
final class Probe {
    private static final long LIMIT_SECONDS = 20;

    private Probe() {}

    /**
     * {@return what does not work, null if everything does}
     *
     * @param test the self-test, which returns what does not work
     */
    static @Nullable String fault(Callable<@Nullable String> test) {
        return fault(begin(test));
    }

    /** {@return what becomes of a self-test that runs from now on} */
    static CompletableFuture<@Nullable String> begin(Callable<@Nullable String> test) {
        CompletableFuture<@Nullable String> outcome = new CompletableFuture<>();
        Thread carrier = Thread.ofPlatform()
                .daemon()
                .name("virtual-time-self-test")
                .unstarted(() -> {
                    try {
                        outcome.complete(test.call());
                    } catch (Throwable e) {
                        outcome.completeExceptionally(e);
                    }
                });
        carrier.start();
        return outcome;
    }

    /** Waits for the end of a self-test. {@return what does not work, null if everything does} */
    static @Nullable String fault(CompletableFuture<@Nullable String> outcome) {
        try {
            return outcome.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            return String.valueOf(e.getCause());
        } catch (TimeoutException e) {
            return "it hangs";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "it was interrupted";
        }
    }
}
