package dev.vloop.vthreads;

import dev.vloop.AfterLoop;
import dev.vloop.Backoff;
import dev.vloop.BeforeLoop;
import dev.vloop.CutSlots;
import dev.vloop.FailureHandler;
import dev.vloop.ForkContext;
import dev.vloop.LoopInterceptor;
import dev.vloop.MissedSlots;
import dev.vloop.spi.Host;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of a loop, all but its schedule. A builder copies them before it sets one, and never changes them otherwise. So loops that
 * set no option share those of their runtime.
 *
 * <p>An option is in three places: its field with the value that it has unless set, its line in {@link #copy}, and its method in
 * {@link OptionsBuilder}. Lengths of time are nanoseconds; {@code Host.NEVER} is no limit.
 */
final class Options {
    /** From the start of a run to its first slot. */
    long initialDelay;

    /** After how many iterations a run is complete. */
    long count = Long.MAX_VALUE;

    MissedSlots missed = MissedSlots.RUN_ONCE;

    /** How late a slot may be and still run. */
    long maxLateness = Host.NEVER;

    /** How long an attempt may take. */
    long timeout = Host.NEVER;

    FailureRules rules = FailureRules.DEFAULT;

    /** Of one iteration. */
    int maxAttempts = Integer.MAX_VALUE;

    Backoff backoff = Backoff.exponential();

    /** How many iterations may overlap. */
    int maxConcurrent = 1;

    List<BeforeLoop> beforeLoop = List.of();
    List<AfterLoop> afterLoop = List.of();
    List<FailureHandler> onFailure = List.of();

    /** Around iterations, the outermost first. */
    List<LoopInterceptor> interceptors = List.of();

    /** Around attempts, the outermost first. */
    List<LoopInterceptor> attemptInterceptors = List.of();

    /** Handed on to forks, the outermost first. */
    List<ForkContext> forkContexts = List.of();

    /** Null unless one was named. */
    @Nullable
    String kind;

    /** What becomes of slots that were cut; null for a loop that is not once per cluster. */
    @Nullable
    CutSlots cut;

    /** {@return options with the same values, which the caller may change until it hands them on} */
    Options copy() {
        Options copy = new Options();
        copy.initialDelay = initialDelay;
        copy.count = count;
        copy.missed = missed;
        copy.maxLateness = maxLateness;
        copy.timeout = timeout;
        copy.rules = rules;
        copy.maxAttempts = maxAttempts;
        copy.backoff = backoff;
        copy.maxConcurrent = maxConcurrent;
        copy.beforeLoop = beforeLoop;
        copy.afterLoop = afterLoop;
        copy.onFailure = onFailure;
        copy.interceptors = interceptors;
        copy.attemptInterceptors = attemptInterceptors;
        copy.forkContexts = forkContexts;
        copy.kind = kind;
        copy.cut = cut;
        return copy;
    }
}
