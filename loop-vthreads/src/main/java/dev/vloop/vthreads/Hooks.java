package dev.vloop.vthreads;

import dev.vloop.AfterLoop;
import dev.vloop.BeforeLoop;
import dev.vloop.FailureHandler;
import dev.vloop.LoopEnd;
import dev.vloop.LoopFailure;
import dev.vloop.LoopState;
import dev.vloop.internal.Causes;
import org.jspecify.annotations.Nullable;

/** Calls a loop's hooks: {@code beforeLoop}, {@code onFailure} and {@code afterLoop}. Static, as {@link Slots} and {@link Attempts} are. */
final class Hooks {
    private Hooks() {}

    /** The loop's thread. {@return whether iterations may begin; otherwise the run is over} */
    static boolean beforeLoop(Run run) {
        for (BeforeLoop hook : run.loop().options().beforeLoop) {
            if (run.has(Control.STOP)) {
                return false;
            }
            Throwable thrown = run.guard(LoopState.STARTING, hook::run);
            if (run.has(Control.CANCEL)) {
                return false;
            }
            if (thrown != null) {
                run.fail(thrown);
                return false;
            }
        }
        return true;
    }

    /** The worker's thread. A cancel skips the hooks that are left. */
    static void onFailure(Worker worker, LoopFailure failure) {
        LoopState shown = failure.attempt() == 0 ? worker.state() : LoopState.EXECUTING;
        for (FailureHandler handler : worker.loop().options().onFailure) {
            if (worker.has(Control.CANCEL)) {
                return;
            }
            Throwable thrown = worker.guard(shown, () -> handler.handle(failure));
            if (thrown != null && !worker.has(Control.CANCEL)) {
                hookFailed(worker, "onFailure", thrown, failure.cause());
            }
        }
    }

    /**
     * The loop's thread. Nothing of ours interrupts these hooks, and the flag is clear when each begins: one that flushes something
     * must be able to block.
     *
     * @param cause what the run failed with; null if it did not fail
     */
    static void afterLoop(Run run, LoopEnd how, @Nullable Throwable cause) {
        Thread.interrupted();
        for (AfterLoop hook : run.loop().options().afterLoop) {
            try {
                hook.run(how);
            } catch (Throwable e) {
                hookFailed(run, "afterLoop", e, cause);
            } finally {
                Thread.interrupted();
            }
        }
    }

    private static void hookFailed(Worker worker, String hook, Throwable thrown, @Nullable Throwable firstCause) {
        Log.hookFailed(worker.loop(), hook, thrown);
        Causes.suppress(firstCause, thrown);
    }
}
