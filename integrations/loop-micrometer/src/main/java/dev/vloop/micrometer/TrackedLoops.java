package dev.vloop.micrometer;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopState;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The loops that their runtimes know, and those whose runs go on. Any thread.
 *
 * <p>Events come on many threads, and some come late. So an event is only a reason to ask the runtime whether it still knows the loop. No
 * event tells that a loop was replaced by another of its name, or that a runtime was closed. Such loops are noticed when the meters are
 * read, and when many loops were added since.
 */
final class TrackedLoops {
    private static final int FEW = 64;

    private final ConcurrentMap<Loop, TrackedLoop> tracked = new ConcurrentHashMap<>();
    private final Kinds kinds;
    private final List<Gauge> gauges = new ArrayList<>();

    /** When there are more loops than this, those that are gone are searched for. It is only a hint. */
    private volatile int look = FEW;

    TrackedLoops(MeterRegistry registry, Kinds kinds) {
        this.kinds = kinds;
        for (LoopState state : LoopState.values()) {
            gauges.add(Gauge.builder("vloop.loops", this, loops -> loops.count(state))
                    .description("Loops that are known, by what they do")
                    .tag("state", state.name().toLowerCase(Locale.ROOT))
                    .register(registry));
        }
    }

    @Nullable
    TrackedLoop find(Loop loop) {
        return tracked.get(loop);
    }

    /** {@return the meters of a loop's kind, held by the caller, who releases them; null if there are none} */
    @Nullable
    KindMeters hold(Loop loop) {
        TrackedLoop known = tracked.get(loop);
        KindMeters meters = known == null ? null : known.meters;
        return meters != null && meters.hold() ? meters : null;
    }

    /** A loop was built or started. */
    void track(Loop loop) {
        TrackedLoop known = tracked.get(loop);
        if (known != null) {
            known.ended = false;
            return;
        }
        if (isGone(loop)) {
            return;
        }
        KindMeters meters = kinds.hold(loop.kind());
        TrackedLoop added = new TrackedLoop(loop, meters);
        if (tracked.putIfAbsent(loop, added) != null) {
            kinds.release(meters);
            return;
        }
        meters.add(added);
        if (isGone(loop)) { // meanwhile, by a thread that did not find it here
            forget(loop);
        } else if (tracked.size() > look) {
            forgetThoseGone();
            look = Math.max(FEW, 2 * tracked.size());
        }
    }

    /** A loop was removed. If its run is still going, {@link #runEnded} follows. */
    void removed(Loop loop) {
        TrackedLoop known = tracked.get(loop);
        if (isGone(loop) || known != null && known.ended) {
            forget(loop);
        }
    }

    /** A run is about to be over; the runtime still counts it as running. */
    void runEnded(Loop loop, LoopEnd end) {
        TrackedLoop known = tracked.get(loop);
        if (known != null) {
            known.ended = true; // before the look at the runtime: who removes the loop looks here after it is removed
        }
        if (end instanceof LoopEnd.Completed || !isKnown(loop)) {
            forget(loop);
        }
    }

    private void forget(Loop loop) {
        TrackedLoop known = tracked.remove(loop);
        if (known != null) {
            known.meters.remove(known);
            kinds.release(known.meters);
        }
    }

    private void forgetThoseGone() {
        for (Loop loop : tracked.keySet()) {
            if (isGone(loop)) {
                forget(loop);
            }
        }
    }

    private static boolean isKnown(Loop loop) {
        return loop.runtime().find(loop.name()) == loop;
    }

    private static boolean isGone(Loop loop) {
        return !loop.isRunning() && !isKnown(loop);
    }

    private double count(LoopState state) {
        if (state == LoopState.IDLE) {
            forgetThoseGone(); // once, and not for each state: those that are gone are idle
        }
        int count = 0;
        for (TrackedLoop known : tracked.values()) {
            if (known.loop.status().state() == state) {
                count++;
            }
        }
        return count;
    }

    void clear() {
        tracked.keySet().forEach(this::forget);
    }

    void close() {
        clear();
        kinds.remove(gauges.toArray(new Gauge[0]));
    }
}
