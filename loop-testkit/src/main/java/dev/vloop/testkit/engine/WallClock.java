package dev.vloop.testkit.engine;

import dev.vloop.spi.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The wall clock of a virtual host: an origin, plus the monotonic time, plus how far the clock was moved. Any thread may use it.
 */
final class WallClock {
    private final Instant origin;
    private final CopyOnWriteArrayList<Watch> watches = new CopyOnWriteArrayList<>();

    /** How far the clock was moved, all in all. */
    private volatile Duration moved = Duration.ZERO;

    /** The last answer, kept because many ask at one instant. */
    private volatile Reading last;

    private record Reading(long nanos, Duration moved, Instant instant) {}

    WallClock(Instant origin) {
        this.origin = origin;
        this.last = new Reading(0, moved, origin);
    }

    /** {@return what the clock shows at a monotonic time} */
    Instant at(long nanos) {
        Reading known = last;
        Duration by = moved;
        if (known.nanos != nanos || !known.moved.equals(by)) {
            known = new Reading(nanos, by, origin.plus(by).plusNanos(nanos));
            last = known;
        }
        return known.instant;
    }

    /** Moves the clock. Then calls those who watch it, in the order of their registration, on the calling thread. */
    void move(Duration by) {
        moved = moved.plus(by);
        if (!by.isZero()) {
            watches.forEach(watch -> watch.tell(by));
        }
    }

    Host.Alarm watch(Consumer<Duration> listener) {
        Watch watch = new Watch(listener);
        watches.add(watch);
        return watch;
    }

    /** One who watches. The monitor ensures that the listener is not running when {@link #cancel} has returned. */
    private final class Watch implements Host.Alarm {
        private final Consumer<Duration> listener;
        private boolean cancelled;

        Watch(Consumer<Duration> listener) {
            this.listener = listener;
        }

        synchronized void tell(Duration by) {
            if (!cancelled) {
                listener.accept(by);
            }
        }

        @Override
        public synchronized void cancel() {
            cancelled = true;
            watches.remove(this);
        }
    }
}
