package dev.vloop.examples;

import dev.vloop.LoopHealth;
import dev.vloop.LoopRuntime;
import dev.vloop.LoopStatus;
import java.util.stream.Collectors;

/** Tells an operator how the loops are: for a web page, a command or a probe. */
final class Health {
    private Health() {}

    // region health
    static String report(LoopRuntime loops) {
        return LoopHealth.standard().check(loops).loops().stream()
                .map(Health::line)
                .collect(Collectors.joining("\n"));
    }

    private static String line(LoopHealth.Verdict loop) {
        LoopStatus status = loop.status(); // one consistent snapshot
        return "%s %s: %s, next run %s, %s"
                .formatted(
                        loop.isUp() ? "OK " : "BAD",
                        status.name(),
                        status.state(),
                        status.nextIteration(),
                        loop.reason());
    }
    // end region
}
