package dev.vloop.vthreads;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import java.util.Locale;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

@Name("dev.vloop.End")
@Label("Loop End")
@Description("The end of a run")
@Category("Vloop")
@StackTrace(false)
final class EndEvent extends Event {
    @Label("Loop")
    @Nullable
    String loop;

    @Label("Kind")
    @Nullable
    String kind;

    @Label("How")
    @Description("completed, stopped, cancelled or failed")
    @Nullable
    String how;

    @Label("Iterations")
    long iterations;

    @Label("Hook Failures")
    @Description("How many hooks have thrown")
    int hookFailures;

    static void emit(Loop loop, LoopEnd end) {
        EndEvent event = new EndEvent();
        if (!event.isEnabled()) {
            return;
        }
        event.loop = loop.name();
        event.kind = loop.kind();
        event.how = end.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        event.iterations = end.iterations();
        event.hookFailures = end.hookFailures().size();
        event.commit();
    }
}
