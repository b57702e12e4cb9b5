package dev.vloop.examples;

import dev.vloop.Loop;
import dev.vloop.LoopFailure;
import dev.vloop.LoopListener;
import java.time.Instant;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;

// region listener
/** Counts what goes wrong, by the name of the loop. Thread-safe. */
final class TroubleCount implements LoopListener {
    private final ConcurrentMap<String, LongAdder> troubles = new ConcurrentHashMap<>();

    @Override
    public void onFailure(LoopFailure failure) {
        add(failure.loop(), 1);
    }

    @Override
    public void onMissed(Loop loop, long slots, Instant first) {
        add(loop, slots);
    }

    /** {@return the failed attempts and skipped slots of a loop} */
    long of(String loop) {
        LongAdder count = troubles.get(loop);
        return count == null ? 0 : count.sum();
    }

    private void add(Loop loop, long more) {
        troubles.computeIfAbsent(loop.name(), name -> new LongAdder()).add(more);
    }
}
// end region
