package dev.vloop.vthreads;

import dev.vloop.Loop;
import java.time.Instant;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timestamp;
import org.jspecify.annotations.Nullable;

@Name("dev.vloop.Missed")
@Label("Missed Slots")
@Description("Slots of a loop that were skipped")
@Category("Vloop")
@StackTrace(false)
final class MissedEvent extends Event {
    @Label("Loop")
    @Nullable
    String loop;

    @Label("Kind")
    @Nullable
    String kind;

    @Label("Slots")
    long slots;

    @Label("First Slot")
    @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
    long first;

    static boolean enabled() {
        return new MissedEvent().isEnabled();
    }

    static void emit(Loop loop, long slots, Instant first) {
        MissedEvent event = new MissedEvent();
        if (!event.isEnabled()) {
            return;
        }
        event.loop = loop.name();
        event.kind = loop.kind();
        event.slots = slots;
        event.first = first.toEpochMilli();
        event.commit();
    }
}
