package dev.vloop.vthreads;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopFailure;
import dev.vloop.LoopListener;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells what happens in a runtime: to its listeners, to Flight Recorder, and failures to the log. A method for each event. They run on
 * the loop's thread, or on an overlapping iteration's, except where noted. What a listener throws is logged and does no harm.
 */
final class Events {
    private final LoopListener[] listeners;

    Events(List<LoopListener> listeners) {
        this.listeners = listeners.toArray(new LoopListener[0]);
    }

    /** {@return whether there are listeners: without one, the engine need not read the clock again after an event} */
    boolean hasListeners() {
        return listeners.length > 0;
    }

    void runStarted(Loop loop) {
        if (hasListeners()) {
            tell(l -> l.onStart(loop));
        }
    }

    /** {@return the iteration as Flight Recorder's event, for the method that ends it; null while nothing records} */
    @Nullable
    Object iterationBegan(VirtualIteration iteration) {
        if (hasListeners()) {
            tell(l -> l.onIteration(iteration));
        }
        return FlightEvents.iterationBegan();
    }

    /** @param flightEvent as {@link #iterationBegan} returned it */
    void iterationSucceeded(VirtualIteration iteration, @Nullable Object flightEvent) {
        if (hasListeners()) {
            tell(l -> l.onSuccess(iteration));
        }
        FlightEvents.iterationEnded(flightEvent, iteration, "success");
    }

    /**
     * Listeners know it already, by {@link #failed}, or will by the end of the run.
     *
     * @param flightEvent as {@link #iterationBegan} returned it
     * @param outcome continued, failed or cancelled
     */
    void iterationFailed(VirtualIteration iteration, @Nullable Object flightEvent, String outcome) {
        FlightEvents.iterationEnded(flightEvent, iteration, outcome);
    }

    /**
     * An attempt or a hook has failed.
     *
     * @param backoff how long until the next attempt; null if there is none
     */
    void failed(LoopFailure failure, @Nullable Duration backoff) {
        Log.failed(failure, backoff);
        if (hasListeners()) {
            tell(l -> l.onFailure(failure));
        }
        FlightEvents.failed(failure, backoff);
    }

    /** @param firstSlot computes the first slot that was skipped; called only if somebody wants to know */
    void missed(Loop loop, long slots, Supplier<Instant> firstSlot) {
        if (!hasListeners() && !FlightEvents.recordsMissed()) {
            return;
        }
        Instant first = firstSlot.get();
        tell(l -> l.onMissed(loop, slots, first));
        FlightEvents.missed(loop, slots, first);
    }

    void runEnded(Loop loop, LoopEnd end) {
        if (hasListeners()) {
            tell(l -> l.onEnd(loop, end));
        }
        FlightEvents.runEnded(loop, end);
    }

    /** A thread of the host's for alarms. */
    void clockJumped(Duration jump) {
        tell(l -> l.onClockJump(jump));
    }

    private void tell(Consumer<LoopListener> event) {
        for (LoopListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (Throwable e) {
                Log.listenerFailed(listener, e);
            }
        }
    }
}
