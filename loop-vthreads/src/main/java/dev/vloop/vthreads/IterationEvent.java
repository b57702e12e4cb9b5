package dev.vloop.vthreads;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
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

    @Label("Index")
    long index;

    @Label("Attempts")
    int attempts;

    @Label("Outcome")
    @Description("success, continued (failed and tolerated), failed or cancelled")
    @Nullable
    String outcome;

    static @Nullable IterationEvent beginIfEnabled() {
        IterationEvent event = new IterationEvent();
        if (!event.isEnabled()) {
            return null;
        }
        event.begin();
        return event;
    }

    void end(VirtualIteration iteration, String how) {
        end();
        if (!shouldCommit()) {
            return;
        }
        loop = iteration.loop().name();
        index = iteration.index();
        attempts = iteration.attempt();
        outcome = how;
        commit();
    }
}
