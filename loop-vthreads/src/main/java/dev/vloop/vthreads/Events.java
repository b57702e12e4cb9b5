package dev.vloop.vthreads;

import dev.vloop.HookFailure;
import dev.vloop.IterationOutcome;
import dev.vloop.Loop;
import dev.vloop.LoopChange;
import dev.vloop.LoopEnd;
import dev.vloop.LoopFailure;
import dev.vloop.LoopListener;
import dev.vloop.spi.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells what happens in a runtime: to its listeners, to Flight Recorder, and failures to the log. A method for each event. They run on
 * the loop's thread, or on an overlapping iteration's, except where noted. What a listener throws is logged and does no harm.
 *
 * <p>The four events that every iteration has are told without a lambda: until the compiler has come, a lambda takes ten calls more, and
 * that is what a program's first test of virtual time is made of.
 */
final class Events {
    private final LoopListener[] listeners;
    private final boolean heard;

    Events(List<LoopListener> listeners) {
        this.listeners = listeners.toArray(new LoopListener[0]);
        this.heard = !listeners.isEmpty();
    }

    /** {@return whether there are listeners: without one, the engine need not read the clock again after an event} */
    boolean hasListeners() {
        return heard;
    }

    void runStarted(Loop loop) {
        if (hasListeners()) {
            tell(l -> l.onStart(loop));
        }
    }

    /** {@return the iteration as Flight Recorder's event, for the method that ends it; null while nothing records} */
    @Nullable
    Object iterationBegan(VirtualIteration iteration) {
        for (LoopListener listener : listeners) {
            try {
                listener.onIteration(iteration);
            } catch (Throwable e) {
                Log.listenerFailed(listener, e);
            }
        }
        if (hasListeners() && iteration.mayHaveBegun()) {
            tell(l -> l.onTakenOver(iteration));
        }
        return FlightEvents.iterationBegan(iteration);
    }

    /**
     * @param nanos how long it took; known only if there are listeners
     * @param flightEvent as {@link #iterationBegan} returned it
     */
    void iterationEnded(VirtualIteration last, IterationOutcome outcome, long nanos, @Nullable Object flightEvent) {
        FlightEvents.iterationEnded(flightEvent, last, outcome);
        if (hasListeners()) {
            Duration took = Duration.ofNanos(nanos);
            for (LoopListener listener : listeners) {
                try {
                    listener.onIterationEnd(last, outcome, took);
                } catch (Throwable e) {
                    Log.listenerFailed(listener, e);
                }
            }
        }
    }

    /** {@return the monotonic time at which the attempt begins; 0 without listeners} */
    long attemptBegins(VirtualIteration attempt, Host host) {
        if (!hasListeners()) {
            return 0;
        }
        for (LoopListener listener : listeners) {
            try {
                listener.onAttempt(attempt);
            } catch (Throwable e) {
                Log.listenerFailed(listener, e);
            }
        }
        return host.nanoTime();
    }

    void leaseLost(VirtualIteration attempt) {
        if (hasListeners()) {
            tell(l -> l.onLeaseLost(attempt));
        }
    }

    /** @param failure null if the attempt was a success, or was cancelled */
    void attemptEnded(VirtualIteration attempt, long nanos, @Nullable LoopFailure failure) {
        if (hasListeners()) {
            Duration took = Duration.ofNanos(nanos);
            for (LoopListener listener : listeners) {
                try {
                    listener.onAttemptEnd(attempt, took, failure);
                } catch (Throwable e) {
                    Log.listenerFailed(listener, e);
                }
            }
        }
    }

    /** An attempt, a hook, a schedule or an interceptor has failed. */
    void failed(String what, LoopFailure failure) {
        Log.failed(what, failure);
        if (hasListeners()) {
            tell(l -> l.onFailure(failure));
        }
        FlightEvents.failed(failure);
    }

    void hookFailed(HookFailure failure) {
        Log.hookFailed(failure);
        if (hasListeners()) {
            tell(l -> l.onHookFailure(failure));
        }
    }

    /** The thread that has asked for the change, which holds no lock. */
    void changed(Loop loop, LoopChange change) {
        if (hasListeners()) {
            tell(l -> l.onChange(loop, change));
        }
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
