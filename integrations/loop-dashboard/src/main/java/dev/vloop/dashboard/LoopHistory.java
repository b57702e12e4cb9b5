package dev.vloop.dashboard;

import dev.vloop.Iteration;
import dev.vloop.IterationOutcome;
import dev.vloop.Loop;
import dev.vloop.LoopChange;
import dev.vloop.LoopEnd;
import dev.vloop.LoopFailure;
import dev.vloop.LoopListener;
import dev.vloop.LoopState;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the last 60 iterations and the last failures of each loop, for the page. Give it to the builder of the runtime as a listener,
 * and to the builder of the page.
 *
 * <p>It keeps half a kilobyte for each loop that its runtime knows, and forgets a loop when the runtime does. Of failures it keeps only
 * text, so it holds neither exceptions nor classes in memory: five failures for each loop, a thousand stack traces in all. All threads may
 * use it.
 */
public final class LoopHistory implements LoopListener {
    private final Map<String, LoopRecord> records = new ConcurrentHashMap<>();
    private final KeptStacks stacks = new KeptStacks();

    /** Makes a history that knows nothing yet. */
    public LoopHistory() {}

    /** {@return what is known of a loop; null if nothing is} */
    @Nullable
    LoopRecord of(Loop loop) {
        LoopRecord known = records.get(loop.name());
        return known != null && known.loop == loop ? known : null;
    }

    /** {@return of how many loops something is known} */
    int size() {
        return records.size();
    }

    @Override
    public void onStart(Loop loop) {
        // A loop that was removed, or replaced by another of its name, takes its name again.
        records.compute(loop.name(), (name, known) -> {
            if (known == null || known.loop != loop) {
                return new LoopRecord(loop);
            }
            known.over = false;
            return known;
        });
    }

    @Override
    public void onIterationEnd(Iteration last, IterationOutcome outcome, Duration took) {
        LoopRecord known = of(last.loop());
        if (known != null) {
            known.ended(outcome, took);
        }
    }

    @Override
    public void onFailure(LoopFailure failure) {
        LoopRecord known = of(failure.loop());
        if (known != null) {
            known.failed(failure, stacks);
        }
    }

    @Override
    public void onEnd(Loop loop, LoopEnd end) {
        records.computeIfPresent(loop.name(), (name, known) -> {
            if (known.loop != loop) {
                return known;
            }
            known.over = true;
            return known.removed || end instanceof LoopEnd.Completed ? null : known;
        });
    }

    /** The runtime forgets a removed loop at once, but its run may go on for a while, or tell of its start only now. */
    @Override
    public void onChange(Loop loop, LoopChange change) {
        if (change != LoopChange.REMOVED) {
            return;
        }
        boolean begins = loop.status().state() == LoopState.STARTING;
        records.compute(loop.name(), (name, known) -> {
            if (known == null && begins) {
                known = new LoopRecord(loop);
            }
            if (known == null || known.loop != loop) {
                return known;
            }
            known.removed = true;
            return known.over ? null : known;
        });
    }
}
