package dev.vloop.vthreads;

import dev.vloop.AfterLoop;
import dev.vloop.Backoff;
import dev.vloop.BeforeLoop;
import dev.vloop.FailureHandler;
import dev.vloop.LoopBody;
import dev.vloop.MissedSlots;
import dev.vloop.Schedule;
import java.util.List;

/**
 * The options of one loop, as its builder left them. Lengths are nanoseconds, {@code Host.NEVER} for no limit.
 *
 * @param schedule what a first run begins with; a loop may be given another
 */
record Options(
        Schedule schedule,
        long initialDelay,
        long count,
        MissedSlots missed,
        long maxLateness,
        long timeout,
        FailureRules rules,
        int maxAttempts,
        Backoff backoff,
        int maxConcurrent,
        List<BeforeLoop> beforeLoop,
        List<AfterLoop> afterLoop,
        List<FailureHandler> onFailure,
        LoopBody body) {}
