package dev.vloop.micrometer;

import dev.vloop.internal.SafeText;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The meters of each kind, while somebody holds them. The lock makes sure that meters of a kind are not removed after new ones of the same
 * kind were made. Any thread.
 */
final class Kinds {
    static final String OTHER = "other";

    private static final System.Logger LOG = System.getLogger("dev.vloop");

    private final MeterRegistry registry;
    private final int most;

    /** Whether iterations have timers of ours, and not those of observations. */
    private final boolean timers;

    private final ReentrantLock lock = new ReentrantLock();

    /** Guarded by the lock. */
    private final Map<String, KindMeters> byLabel = new HashMap<>();

    /** Whether it was said that there are too many. Guarded by the lock. */
    private boolean warned;

    Kinds(MeterRegistry registry, int most, boolean timers) {
        this.registry = registry;
        this.most = most;
        this.timers = timers;
    }

    /** {@return the meters of a kind, held by the caller, who releases them} */
    KindMeters hold(String kind) {
        boolean warn = false;
        KindMeters held;
        lock.lock();
        try {
            String label = kind;
            if (!byLabel.containsKey(kind) && ownLabels() >= most) {
                label = OTHER;
                warn = !warned;
                warned = true;
            }
            held = byLabel.get(label);
            if (held == null || !held.hold()) {
                if (held != null) {
                    held.removeAll(); // nobody holds them: another thread is about to do this, and finds it done
                }
                held = new KindMeters(registry, label, timers);
                byLabel.put(label, held);
            }
        } finally {
            lock.unlock();
        }
        if (warn) {
            LOG.log(
                    Level.WARNING,
                    "more than {0} kinds of loops have metrics: kind ''{1}'' and further ones share the kind ''other''."
                            + " Give loops that do the same a kind in common, by LoopBuilder.kind(..)",
                    most,
                    SafeText.inOneLine(kind));
        }
        return held;
    }

    /** The lock is held. */
    private int ownLabels() {
        return byLabel.containsKey(OTHER) ? byLabel.size() - 1 : byLabel.size();
    }

    /** Nobody else holds what the caller held: it goes with the last. */
    void release(KindMeters held) {
        if (!held.release()) {
            return;
        }
        lock.lock();
        try {
            if (byLabel.remove(held.label(), held)) {
                held.removeAll();
            }
        } finally {
            lock.unlock();
        }
    }

    void remove(Meter... meters) {
        for (Meter meter : meters) {
            registry.remove(meter);
        }
    }
}
