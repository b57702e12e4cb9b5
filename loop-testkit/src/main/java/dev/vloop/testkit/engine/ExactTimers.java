package dev.vloop.testkit.engine;

import dev.vloop.spi.Host;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The time and the timers of the exact engine. Confined to the carrier, except where noted: what other threads ask for is kept until the
 * carrier looks.
 */
final class ExactTimers {
    private final Timers timers;

    /** Whether the calling thread is the carrier, or is carried by it. */
    private final BooleanSupplier isInside;

    /** Wakes the carrier. */
    private final Runnable nudge;

    /** What other threads want done with the timers. Any thread may use it. */
    private final ConcurrentLinkedQueue<Runnable> requests = new ConcurrentLinkedQueue<>();

    /** The virtual time. Any thread reads it. */
    private volatile long now;

    ExactTimers(Chance chance, BooleanSupplier isInside, Runnable nudge) {
        timers = new Timers(chance);
        this.isInside = isInside;
        this.nudge = nudge;
    }

    long now() {
        return now;
    }

    /** Moves time, never backwards. */
    void moveTo(long nanos) {
        if (nanos > now) {
            now = nanos;
        }
    }

    /** Does what other threads have asked for. */
    void takeRequests() {
        for (Runnable request = requests.poll(); request != null; request = requests.poll()) {
            request.run();
        }
    }

    /** {@return whether other threads have asked for something} Any thread may call it. */
    boolean hasRequests() {
        return !requests.isEmpty();
    }

    /** {@return the timer that is due first, null if there is none} */
    @Nullable
    VirtualTimer first() {
        return timers.first();
    }

    /** Removes the first timer, moves time to it and does what is due. */
    void fireFirst() {
        VirtualTimer first = timers.first();
        if (first != null) {
            timers.remove(first);
            moveTo(first.deadline);
            first.fire();
        }
    }

    /** Any thread may call it. */
    void add(VirtualTimer timer) {
        if (isInside.getAsBoolean()) {
            timers.add(timer);
        } else {
            request(() -> timers.add(timer));
        }
    }

    /** Nothing happens if the timer is not there. Any thread may call it. */
    void remove(VirtualTimer timer) {
        if (isInside.getAsBoolean()) {
            timers.remove(timer);
        } else {
            request(() -> timers.remove(timer));
        }
    }

    private void request(Runnable request) {
        requests.add(request);
        nudge.run();
    }

    /** Any thread may call it. */
    Host.Alarm alarm(long deadline, Runnable action) {
        ExactAlarm alarm = new ExactAlarm(Math.max(deadline, now), action);
        if (deadline != Host.NEVER) {
            add(alarm);
        }
        return alarm;
    }

    /** An alarm. Its state decides between firing on the carrier and cancelling on any thread. */
    private final class ExactAlarm extends VirtualTimer implements Host.Alarm {
        private enum State {
            PENDING,
            RUNNING,
            OVER
        }

        private final Runnable action;
        private final AtomicReference<State> state = new AtomicReference<>(State.PENDING);

        ExactAlarm(long deadline, Runnable action) {
            super(deadline);
            this.action = action;
        }

        @Override
        void fire() {
            if (state.compareAndSet(State.PENDING, State.RUNNING)) {
                try {
                    action.run();
                } finally {
                    state.set(State.OVER);
                }
            }
        }

        @Override
        public void cancel() {
            if (state.compareAndSet(State.PENDING, State.OVER)) {
                remove(this);
                return;
            }
            if (state.get() == State.RUNNING && isInside.getAsBoolean()) {
                throw new IllegalStateException("an alarm must not be cancelled from within its own action");
            }
            while (state.get() == State.RUNNING) {
                Thread.onSpinWait();
            }
        }
    }
}
