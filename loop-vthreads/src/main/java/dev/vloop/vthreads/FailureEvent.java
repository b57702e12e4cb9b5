package dev.vloop.vthreads;

import dev.vloop.LoopFailure;
import dev.vloop.internal.SafeText;
import java.time.Duration;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import org.jspecify.annotations.Nullable;

@Name("dev.vloop.Failure")
@Label("Loop Failure")
@Description("A failed attempt, and what follows it")
@Category("Vloop")
@StackTrace(false)
final class FailureEvent extends Event {
    @Label("Loop")
    @Nullable
    String loop;

    @Label("Kind")
    @Nullable
    String kind;

    @Label("Index")
    long index;

    @Label("Attempt")
    int attempt;

    @Label("Reaction")
    @Nullable
    String reaction;

    @Label("Backoff")
    @Timespan(Timespan.NANOSECONDS)
    long backoff;

    @Label("Cause")
    @Nullable
    String cause;

    static void emit(LoopFailure failure) {
        FailureEvent event = new FailureEvent();
        if (!event.isEnabled()) {
            return;
        }
        event.loop = failure.loop().name();
        event.kind = failure.loop().kind();
        event.index = failure.index();
        event.attempt = failure.attempt();
        event.reaction = failure.reaction().name();
        Duration wait = failure.backoff();
        event.backoff = wait == null ? 0 : Nanos.of(wait);
        event.cause = SafeText.of(failure.cause());
        event.commit();
    }
}
