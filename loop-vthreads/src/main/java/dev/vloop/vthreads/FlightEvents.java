package dev.vloop.vthreads;

import dev.vloop.LoopEnd;
import dev.vloop.LoopFailure;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What Flight Recorder is told; nothing, at no cost, on a JDK without it or while it does not record. */
final class FlightEvents {
    /** False on a runtime image without the module jdk.jfr. */
    private static final boolean PRESENT = isPresent();

    private FlightEvents() {}

    private static boolean isPresent() {
        try {
            Class.forName("jdk.jfr.Event", false, FlightEvents.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** {@return the event of an iteration that begins now; null while nothing records} */
    static @Nullable Object begin() {
        return PRESENT ? IterationEvent.beginIfEnabled() : null;
    }

    static void end(@Nullable Object event, VirtualIteration iteration, String outcome) {
        if (event instanceof IterationEvent begun) begun.end(iteration, outcome);
    }

    static void failure(LoopFailure failure, @Nullable Duration backoff) {
        if (PRESENT) FailureEvent.emit(failure, backoff);
    }

    static boolean missedEnabled() {
        return PRESENT && MissedEvent.enabled();
    }

    static void missed(VirtualLoop loop, long slots, Instant first) {
        if (PRESENT) MissedEvent.emit(loop.name(), slots, first);
    }

    static void end(VirtualLoop loop, LoopEnd end) {
        if (PRESENT) EndEvent.emit(loop.name(), end);
    }
}
