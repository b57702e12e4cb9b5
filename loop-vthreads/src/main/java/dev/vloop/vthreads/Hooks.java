package dev.vloop.vthreads;

import dev.vloop.AfterLoop;
import dev.vloop.BeforeLoop;
import dev.vloop.FailureHandler;
import dev.vloop.HookFailure.Hook;
import dev.vloop.LoopEnd;
import dev.vloop.LoopFailure;
import dev.vloop.LoopState;
import dev.vloop.Reaction;
import java.time.Duration;
import java.util.List;

/** Calls a loop's hooks: {@code beforeLoop}, {@code onFailure} and {@code afterLoop}. Static, as {@link Slots} and {@link Attempts} are. */
final class Hooks {
    private Hooks() {}

    /** The loop's thread. {@return whether iterations may begin; otherwise the run is over} */
    static boolean beforeLoop(Run run) {
        List<BeforeLoop> hooks = run.loop().options().beforeLoop;
        if (hooks.isEmpty()) {
            return true;
        }
        long began = run.host.nanoTime();
        run.progress.starts(began);
        StartReport report = new StartReport(run, began);
        report.begin();
        try {
            for (BeforeLoop hook : hooks) {
                if (!beforeLoop(run, hook)) {
                    return false;
                }
            }
        } finally {
            report.end();
        }
        return true;
    }

    /** Calls a hook until it succeeds, or its failure is tolerated. {@return whether the run goes on} */
    private static boolean beforeLoop(Run run, BeforeLoop hook) {
        for (int attempt = 1; !run.has(Control.STOP); attempt++) {
            if (attempt > 1) {
                run.progress.retryBegins(attempt, run.host.nanoTime());
            }
            Throwable thrown = run.guard(LoopState.STARTING, hook::run);
            if (run.has(Control.CANCEL)) {
                return false;
            }
            if (thrown == null) {
                if (attempt > 1) {
                    run.progress.startSucceeds();
                }
                return true;
            }
            boolean mayRetry = attempt < run.loop().options().maxAttempts;
            LoopFailure failure = Failures.judge(run, LoopState.STARTING, null, thrown, mayRetry);
            if (failure == null) {
                return false;
            }
            run.failed(run, "beforeLoop", failure);
            Duration wait = failure.backoff();
            if (wait == null) {
                return failure.reaction() == Reaction.CONTINUE;
            }
            if (!Failures.backOff(run, wait, true)) {
                return false;
            }
        }
        return false;
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
                worker.owner().hookFailed(Hook.ON_FAILURE, thrown, failure.cause());
            }
        }
    }

    /**
     * The loop's thread. The engine does not interrupt these hooks, and the flag is clear when each begins: a hook that flushes something
     * must be able to block.
     *
     * @return the end, with what the hooks have thrown
     */
    static LoopEnd afterLoop(Run run, LoopEnd how) {
        LoopEnd told = how;
        Thread.interrupted();
        for (AfterLoop hook : run.loop().options().afterLoop) {
            try {
                hook.run(told);
            } catch (Throwable e) {
                run.hookFailed(Hook.AFTER_LOOP, e, run.cause());
                told = run.withHookFailures(told);
            } finally {
                Thread.interrupted();
            }
        }
        return told;
    }
}
