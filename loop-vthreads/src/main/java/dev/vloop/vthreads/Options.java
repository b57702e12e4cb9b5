package dev.vloop.vthreads;

import dev.vloop.AfterLoop;
import dev.vloop.Backoff;
import dev.vloop.BeforeLoop;
import dev.vloop.FailureHandler;
import dev.vloop.MissedSlots;
import java.util.List;

/**
 * How a loop reacts, as its builder left it. Loops that leave all of it as their runtime has it share one. Lengths are nanoseconds,
 * {@code Host.NEVER} for no limit.
 */
final class Options {
    final MissedSlots missed;
    final long maxLateness;
    final long timeout;
    final FailureRules rules;
    final int maxAttempts;
    final Backoff backoff;
    final int maxConcurrent;
    final List<BeforeLoop> beforeLoop;
    final List<AfterLoop> afterLoop;
    final List<FailureHandler> onFailure;

    Options(OptionsBuilder builder) {
        this.missed = builder.missed;
        this.maxLateness = builder.maxLateness;
        this.timeout = builder.timeout;
        this.rules = builder.rules;
        this.maxAttempts = builder.maxAttempts;
        this.backoff = builder.backoff;
        this.maxConcurrent = builder.maxConcurrent;
        this.beforeLoop = List.copyOf(builder.beforeLoop);
        this.afterLoop = List.copyOf(builder.afterLoop);
        this.onFailure = List.copyOf(builder.onFailure);
    }

    /** {@return these, if the builder says the same, or others} */
    Options with(OptionsBuilder builder) {
        boolean same = missed == builder.missed
                && maxLateness == builder.maxLateness
                && timeout == builder.timeout
                && rules == builder.rules
                && maxAttempts == builder.maxAttempts
                && backoff == builder.backoff
                && maxConcurrent == builder.maxConcurrent
                && beforeLoop.equals(builder.beforeLoop)
                && afterLoop.equals(builder.afterLoop)
                && onFailure.equals(builder.onFailure);
        return same ? this : new Options(builder);
    }
}
