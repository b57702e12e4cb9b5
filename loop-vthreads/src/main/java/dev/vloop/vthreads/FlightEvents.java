package dev.vloop.vthreads;

import dev.vloop.LoopEnd;
import dev.vloop.LoopFailure;
import java.time.Duration;
import java.time.Instant;
import jdk.jfr.FlightRecorder;
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

    /**
     * {@return whether somebody may be recording} The first use of an event's class starts Flight Recorder, which takes hundreds of
     * milliseconds: it is not touched in a JVM that never recorded.
     */
    private static boolean mayRecord() {
        return PRESENT && FlightRecorder.isInitialized();
    }

    /** {@return the event of an iteration that begins now; null while nothing records} */
    static @Nullable Object begin() {
        return mayRecord() ? IterationEvent.beginIfEnabled() : null;
    }

    static void end(@Nullable Object event, VirtualIteration iteration, String outcome) {
        if (event instanceof IterationEvent begun) {
            begun.end(iteration, outcome);
        }
    }

    static void failure(LoopFailure failure, @Nullable Duration backoff) {
        if (mayRecord()) {
            FailureEvent.emit(failure, backoff);
        }
    }

    static boolean missedEnabled() {
        return mayRecord() && MissedEvent.enabled();
    }

    static void missed(VirtualLoop loop, long slots, Instant first) {
        if (mayRecord()) {
            MissedEvent.emit(loop.name(), slots, first);
        }
    }

    static void end(VirtualLoop loop, LoopEnd end) {
        if (mayRecord()) {
            EndEvent.emit(loop.name(), end);
        }
    }
}
