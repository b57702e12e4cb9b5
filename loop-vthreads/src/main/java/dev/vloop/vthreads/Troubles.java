package dev.vloop.vthreads;

import dev.vloop.HookFailure;
import dev.vloop.LoopFailure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What most runs never need of {@link Progress}: failures, retries, and slots that were missed. Read and written as that is. */
final class Troubles {
    /** Failures since the last success. */
    int failuresInARow;

    /** All failures of the run. */
    long failures;

    /** How many attempts were retries. */
    long retries;

    /** When the last of these began. */
    long retryBegan;

    /** How many slots were skipped. */
    long missed;

    /** When the last iteration that succeeded ended. */
    long succeededAt;

    @Nullable
    LoopFailure lastFailure;

    /** What hooks have thrown; never changed, but replaced by a longer one. */
    List<HookFailure> hookFailures = List.of();
}
