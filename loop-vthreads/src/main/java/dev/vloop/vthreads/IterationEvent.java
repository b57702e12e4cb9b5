package dev.vloop.vthreads;

import dev.vloop.IterationOutcome;
import java.util.Locale;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

@Name("dev.vloop.Iteration")
@Label("Loop Iteration")
@Description("An iteration of a loop, its retries included")
@Category("Vloop")
@StackTrace(false)
final class IterationEvent extends Event {
    @Label("Loop")
    @Nullable
    String loop;

    @Label("Kind")
    @Nullable
    String kind;

    @Label("Index")
    long index;

    @Label("Attempts")
    int attempts;

    @Label("Outcome")
    @Description("success, continued (failed and tolerated), failed or cancelled")
    @Nullable
    String outcome;

    @Label("Lateness")
    @Description("From the slot to the begin of the first attempt")
    @Timespan(Timespan.NANOSECONDS)
    long lateness;

    static @Nullable IterationEvent beginIfEnabled(VirtualIteration iteration) {
        IterationEvent event = new IterationEvent();
        if (!event.isEnabled()) {
            return null;
        }
        event.lateness = Math.max(0, Nanos.between(iteration.scheduledAt(), iteration.now()));
        event.begin();
        return event;
    }

    void end(VirtualIteration last, IterationOutcome how) {
        end();
        if (!shouldCommit()) {
            return;
        }
        loop = last.loop().name();
        kind = last.loop().kind();
        index = last.index();
        attempts = last.attempt();
        outcome = how.name().toLowerCase(Locale.ROOT);
        commit();
    }
}
