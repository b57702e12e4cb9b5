package dev.vloop.vthreads;

import dev.vloop.AfterLoop;
import dev.vloop.Backoff;
import dev.vloop.BeforeLoop;
import dev.vloop.FailureHandler;
import dev.vloop.LoopBody;
import dev.vloop.MissedSlots;
import dev.vloop.Schedule;
import java.util.List;

/** The options of one loop, as its builder left them. Lengths are nanoseconds, {@code Host.NEVER} for no limit. */
final class Options {
    /** What a first run begins with; a loop may be given another. */
    final Schedule schedule;

    final long initialDelay;
    final long count;
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
    final LoopBody body;

    Options(OptionsBuilder builder, Schedule schedule, LoopBody body) {
        this.schedule = schedule;
        this.initialDelay = builder.initialDelay;
        this.count = builder.count;
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
        this.body = body;
    }
}
