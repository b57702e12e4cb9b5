package dev.vloop.examples;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopRuntime;
import dev.vloop.LoopState;
import dev.vloop.LoopStatus;
import java.util.stream.Collectors;

/** Tells an operator how the loops are: for a web page, a command or a probe. */
final class Health {
    private Health() {}

    // region health
    static String report(LoopRuntime loops) {
        return loops.loops().stream()
                .map(Loop::status) // each is one consistent snapshot
                .map(s -> "%s %s: %s, last success %s, next run %s"
                        .formatted(isWell(s) ? "OK " : "BAD", s.name(), s.state(), s.lastSuccess(), s.nextIteration()))
                .collect(Collectors.joining("\n"));
    }

    /** Whether it has not failed for good, and not several times in a row. */
    static boolean isWell(LoopStatus status) {
        boolean ended = status.lastEnd() instanceof LoopEnd.Failed && status.state() == LoopState.IDLE;
        return !ended && status.failuresInARow() < 5;
    }
    // end region
}
