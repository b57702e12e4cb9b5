package dev.vloop.testkit.engine;

import dev.vloop.spi.Host;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The time and the timers of the exact engine. They belong to the carrier; what other threads want done with them is
 * kept until it looks.
 */
final class ExactTimers {
    private final Timers timers;
    private final BooleanSupplier isInside;
    private final Runnable nudge;
    private final ConcurrentLinkedQueue<Runnable> requests = new ConcurrentLinkedQueue<>();

    /** Any thread reads; the carrier writes. */
    private volatile long now;

    ExactTimers(Chance chance, BooleanSupplier isInside, Runnable nudge) {
        timers = new Timers(chance);
        this.isInside = isInside;
        this.nudge = nudge;
    }

    long now() {
        return now;
    }

    void moveTo(long nanos) {
        if (nanos > now) {
            now = nanos;
        }
    }

    /** On the carrier. */
    void takeRequests() {
        for (Runnable request = requests.poll(); request != null; request = requests.poll()) {
            request.run();
        }
    }

    /** {@return whether other threads want something done} */
    boolean hasRequests() {
        return !requests.isEmpty();
    }

    /** On the carrier. */
    @Nullable
    VirtualTimer first() {
        return timers.first();
    }

    /** On the carrier: removes the first timer, moves time to it and does what is due. */
    void fireFirst() {
        VirtualTimer first = timers.first();
        if (first != null) {
            timers.remove(first);
            moveTo(first.deadline);
            first.fire();
        }
    }

    /** Any thread. */
    void add(VirtualTimer timer) {
        if (isInside.getAsBoolean()) {
            timers.add(timer);
        } else {
            request(() -> timers.add(timer));
        }
    }

    /** Any thread; nothing happens if it is not there. */
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

    /** Any thread. */
    Host.Alarm alarm(long deadline, Runnable action) {
        ExactAlarm alarm = new ExactAlarm(Math.max(deadline, now), action);
        if (deadline != Host.NEVER) {
            add(alarm);
        }
        return alarm;
    }

    /** Its state decides between cancelling and firing, as the one may happen on any thread. */
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
                throw new IllegalStateException("an alarm is called off from within its own action");
            }
            while (state.get() == State.RUNNING) {
                Thread.onSpinWait();
            }
        }
    }
}
