package dev.vloop.tests.support;

import dev.vloop.HookFailure;
import dev.vloop.Iteration;
import dev.vloop.IterationOutcome;
import dev.vloop.Loop;
import dev.vloop.LoopChange;
import dev.vloop.LoopEnd;
import dev.vloop.LoopFailure;
import dev.vloop.LoopListener;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A listener of a runtime which hands on to those that a test adds later. */
public final class ListenerRelay implements LoopListener {
    private final List<LoopListener> listeners = new CopyOnWriteArrayList<>();

    public void to(LoopListener listener) {
        listeners.add(listener);
    }

    private void each(Consumer<LoopListener> event) {
        listeners.forEach(event);
    }

    @Override
    public void onStart(Loop loop) {
        each(listener -> listener.onStart(loop));
    }

    @Override
    public void onIteration(Iteration iteration) {
        each(listener -> listener.onIteration(iteration));
    }

    @Override
    public void onAttempt(Iteration attempt) {
        each(listener -> listener.onAttempt(attempt));
    }

    @Override
    public void onAttemptEnd(Iteration attempt, Duration took, @Nullable LoopFailure failure) {
        each(listener -> listener.onAttemptEnd(attempt, took, failure));
    }

    @Override
    public void onIterationEnd(Iteration last, IterationOutcome outcome, Duration took) {
        each(listener -> listener.onIterationEnd(last, outcome, took));
    }

    @Override
    public void onChange(Loop loop, LoopChange change) {
        each(listener -> listener.onChange(loop, change));
    }

    @Override
    public void onFailure(LoopFailure failure) {
        each(listener -> listener.onFailure(failure));
    }

    @Override
    public void onHookFailure(HookFailure failure) {
        each(listener -> listener.onHookFailure(failure));
    }

    @Override
    public void onMissed(Loop loop, long slots, Instant first) {
        each(listener -> listener.onMissed(loop, slots, first));
    }

    @Override
    public void onEnd(Loop loop, LoopEnd end) {
        each(listener -> listener.onEnd(loop, end));
    }
}
