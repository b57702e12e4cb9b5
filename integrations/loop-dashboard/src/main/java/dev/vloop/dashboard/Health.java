package dev.vloop.dashboard;

import dev.vloop.Loop;
import dev.vloop.LoopHealth;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks the rule of health, which asks schedules. All threads may use it. */
final class Health {
    private final Settings settings;

    /** For one loop, which somebody looks at. */
    private final Guarded one;

    /** For all loops. */
    private final Guarded all;

    Health(Settings settings) {
        this.settings = settings;
        this.one = new Guarded(settings.loops.name() + "-dashboard-health", Duration.ofMillis(500));
        this.all = new Guarded(settings.loops.name() + "-dashboard-health", Duration.ofSeconds(10));
    }

    /** {@return a sentence about one loop} */
    String of(Loop loop) {
        try {
            LoopHealth.Verdict verdict = one.call(
                    () -> settings.health.check(loop, settings.loops.clock().instant()));
            return verdict.isUp() ? "Well." : "Not well: " + settings.redacted(verdict.reason()) + ".";
        } catch (ExecutionException e) { // a grace of the user's
            return "Health unknown: the rule threw " + nameOf(e.getCause()) + ".";
        } catch (TimeoutException e) {
            return "Health unknown: " + e.getMessage() + ".";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static String nameOf(@Nullable Throwable thrown) {
        return thrown == null ? "something" : thrown.getClass().getName();
    }

    /**
     * {@return what is said of all loops}
     *
     * @throws TimeoutException if that takes too long
     * @throws ExecutionException what a function of the user has thrown is the cause
     */
    LoopHealth.Report ofAll() throws TimeoutException, ExecutionException, InterruptedException {
        return all.call(() -> settings.health.check(settings.loops));
    }
}
