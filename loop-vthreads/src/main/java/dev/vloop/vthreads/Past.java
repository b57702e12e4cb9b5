package dev.vloop.vthreads;

import static java.util.Objects.requireNonNull;

import dev.vloop.LoopEnd;
import dev.vloop.LoopTotals;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a loop that are over and followed by another: how the last of them ended, and what they add up to. A loop has none until it
 * is started a second time.
 */
record Past(LoopEnd lastEnd, LoopTotals totals) {
    /** {@return these runs and one more, which has ended} */
    static Past with(@Nullable Past before, Run ended) {
        return new Past(requireNonNull(ended.end(), "the run has not ended"), totals(before, ended));
    }

    /** Any thread. {@return what these runs and one more, over or not, add up to} */
    static LoopTotals totals(@Nullable Past before, Run run) {
        return run.progress.addTo(before == null ? new LoopTotals(0, 0, 0, 0, 0) : before.totals);
    }
}
