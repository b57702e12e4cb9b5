package dev.vloop.vthreads;

import dev.vloop.IterationOutcome;
import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopFailure;
import java.time.Instant;
import jdk.jfr.FlightRecorder;
import org.jspecify.annotations.Nullable;

/** Emits events to Flight Recorder. Does nothing on a JDK without it, and while nothing has been recorded. */
final class FlightEvents {
    /** False on a run-time image without the module jdk.jfr. */
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
     * milliseconds, so no event's class is touched in a JVM that has never recorded.
     */
    private static boolean mayRecord() {
        return PRESENT && FlightRecorder.isInitialized();
    }

    /** {@return the event of an iteration that begins now; null while nothing records} */
    static @Nullable Object iterationBegan(VirtualIteration iteration) {
        return mayRecord() ? IterationEvent.beginIfEnabled(iteration) : null;
    }

    static void iterationEnded(@Nullable Object event, VirtualIteration last, IterationOutcome outcome) {
        if (event instanceof IterationEvent begun) {
            begun.end(last, outcome);
        }
    }

    static void failed(LoopFailure failure) {
        if (mayRecord()) {
            FailureEvent.emit(failure);
        }
    }

    /** {@return whether missed slots are recorded now} */
    static boolean recordsMissed() {
        return mayRecord() && MissedEvent.enabled();
    }

    static void missed(Loop loop, long slots, Instant first) {
        if (mayRecord()) {
            MissedEvent.emit(loop, slots, first);
        }
    }

    static void runEnded(Loop loop, LoopEnd end) {
        if (mayRecord()) {
            EndEvent.emit(loop, end);
        }
    }
}
