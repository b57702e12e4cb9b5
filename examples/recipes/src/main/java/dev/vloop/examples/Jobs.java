package dev.vloop.examples;

import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import dev.vloop.LoopStatus;
import dev.vloop.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.StringJoiner;

/** What a bot's owner types: which loops there are, and when one of them comes. */
final class Jobs {
    private final LoopRuntime loops;

    Jobs(LoopRuntime loops) {
        this.loops = loops;
    }

    // region jobs
    /** The answer to /jobs: the loops that are known, and those that have completed. */
    String list() {
        StringJoiner lines = new StringJoiner("\n");
        for (Loop loop : loops.loops()) {
            LoopStatus now = loop.status();
            lines.add("%s, %s: %s, next %s, %d iterations in %d runs"
                    .formatted(
                            now.name(),
                            loop.schedule(),
                            now.state(),
                            now.nextIteration(),
                            loop.totals().iterations(),
                            loop.totals().runs()));
        }
        for (LoopStatus last : loops.completed()) {
            lines.add("%s: %s, last at %s".formatted(last.name(), last.lastEnd(), last.iterationEndedAt()));
        }
        return lines.toString();
    }
    // end region

    // region postpone
    /** The answer to /postpone: the next iteration comes later, by so much. */
    String postpone(String name, Duration by) {
        Loop loop = loops.find(name);
        Instant next = loop == null ? null : loop.nextIteration();
        if (loop == null || next == null) {
            return name + " has nothing to postpone";
        }
        Instant later = next.plus(by);
        Schedule from = loop.schedule().startingAt(later); // an interval is counted from there
        boolean staysInPlace = !loop.schedule().isMonotonic(); // as a time of day does: it comes once at another time
        loop.changeSchedule(staysInPlace ? Schedule.anyOf(Schedule.once(later), from) : from);
        return name + " comes at " + loop.nextIteration(); // the new time, at once
    }
    // end region
}
