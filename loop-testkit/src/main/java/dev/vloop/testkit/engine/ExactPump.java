package dev.vloop.testkit.engine;

import dev.vloop.spi.Host;
import dev.vloop.testkit.engine.VirtualTimeError.Kind;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the test's threads and moves time: what is ready, then what is due, then, when nothing is on its way from
 * elsewhere either, the test if it may wake, and only then time. On the carrier.
 */
final class ExactPump {
    private static final long OUTSIDE_TICK = 5_000_000;

    private final Carrier carrier;
    private final ExactTimers timers;
    private final Chance chance;
    private final ExternalWork external;
    private final HostSettings settings;
    private final Supplier<List<ThreadReport>> threads;

    private boolean pumping;

    private TestWait testWait = new TestWait(0, 0, 0);

    /** Whether the test was woken before its wait is over. */
    private BooleanSupplier wokenEarlier = () -> false;

    private long switchesAtMove;

    /** Since when the world outside is waited for, in real time; -1: it is not. */
    private long outsideSince = -1;

    /** What {@link ExactWatch} found; the test is told as soon as the carrier is free. */
    private volatile @Nullable VirtualTimeError found;

    /**
     * Whether the test's thread was interrupted while it carried others: its flag does not survive that. Any thread
     * writes.
     */
    private volatile boolean interrupted;

    ExactPump(
            Carrier carrier,
            ExactTimers timers,
            Chance chance,
            ExternalWork external,
            HostSettings settings,
            Supplier<List<ThreadReport>> threads) {
        this.carrier = carrier;
        this.timers = timers;
        this.chance = chance;
        this.external = external;
        this.settings = settings;
        this.threads = threads;
    }

    boolean isInterrupted() {
        return interrupted;
    }

    /**
     * Returns when the test may wake: as told at the current instant, or at the deadline, or because it is interrupted.
     *
     * @return whether it is interrupted; the flag is then set
     */
    boolean run(long until, BooleanSupplier woken) {
        if (pumping) {
            throw new IllegalStateException("time is moved from within an alarm or a listener, which must not wait");
        }
        pumping = true;
        interrupted = false;
        testWait = new TestWait(until, timers.now(), carrier.switches());
        wokenEarlier = woken;
        InterruptHook hook = new InterruptHook(this::interrupt);
        hook.enter();
        try {
            while (!interrupted && !turn()) {
                if (isRunaway(timers.now())) {
                    throw error(Kind.RUNAWAY, null);
                }
            }
        } finally {
            hook.leave();
            pumping = false;
            outsideSince = -1;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return interrupted;
    }

    private boolean isRunaway(long nanos) {
        return testWait.isRunaway(nanos, carrier.switches(), settings);
    }

    /**
     * Moves time to the end of a wait of the thread which is carried, if all turns until then would do just that: it
     * need not leave the carrier for it.
     *
     * @return whether it was done
     */
    boolean passTo(long deadline) {
        VirtualTimer first = timers.first();
        if (!pumping
                || chance.isSeeded()
                || deadline <= timers.now()
                || deadline > testWait.until()
                || deadline == Host.NEVER
                || (first != null && first.deadline <= deadline)
                || interrupted
                || found != null
                || external.isUnderWay()
                || timers.hasRequests()
                || !carrier.isAlone()
                || wokenEarlier.getAsBoolean()
                || isRunaway(deadline)) {
            return false;
        }
        carrier.countSwitch();
        moved();
        timers.moveTo(deadline);
        return true;
    }

    /** On the interrupting thread. */
    private void interrupt() {
        interrupted = true;
        carrier.nudge();
    }

    /** Tells the test when next the carrier is free. Any thread. */
    void tell(VirtualTimeError error) {
        found = error;
    }

    private void throwFound() {
        VirtualTimeError error = found;
        if (error != null) {
            found = null;
            throw error;
        }
    }

    /** Does the next thing. {@return whether the test is to wake} */
    private boolean turn() {
        throwFound();
        carrier.takeForeign();
        timers.takeRequests();
        VirtualTimer first = timers.first();
        boolean due = first != null && first.deadline <= timers.now();
        if (carrier.hasReady() && !(due && chance.flip())) {
            step();
        } else if (due) {
            outsideSince = -1;
            timers.fireFirst();
        } else if (external.isUnderWay() || carrier.holdsTime()) {
            awaitOutside();
        } else if (!carrier.isQuiet()) {
            return false;
        } else if (wokenEarlier.getAsBoolean()) {
            return true;
        } else if (first != null && first.deadline <= testWait.until()) {
            moved();
            timers.fireFirst();
        } else if (testWait.until() != Host.NEVER) {
            moved();
            timers.moveTo(testWait.until());
            return true;
        } else {
            awaitNobody();
        }
        return false;
    }

    private void moved() {
        outsideSince = -1;
        switchesAtMove = carrier.switches();
    }

    private void step() {
        outsideSince = -1;
        ExactNode node = carrier.step();
        if (carrier.switches() - switchesAtMove > settings.switchLimit()) {
            switchesAtMove = carrier.switches();
            throw error(Kind.SPIN, node);
        }
    }

    private void awaitOutside() {
        if (external.overdue(settings.externalLimit()) != null) {
            throw error(Kind.EXTERNAL, null);
        }
        if (pause(settings.patience()) && carrier.threads().hasUnstarted()) {
            ExactNode node = carrier.threads().all().stream()
                    .filter(each -> each.unstarted)
                    .findFirst()
                    .orElse(null);
            throw error(Kind.NEVER_STARTED, node);
        }
    }

    /** Nothing will wake the test; only if a thread is blocked elsewhere, the world outside may still wake that. */
    private void awaitNobody() {
        if (!carrier.hasElsewhere() || pause(settings.patience().dividedBy(2))) {
            outsideSince = -1;
            throw error(Kind.DEADLOCK, null);
        }
    }

    /** {@return whether the world outside has been waited for longer than this} */
    private boolean pause(Duration limit) {
        long real = System.nanoTime();
        if (outsideSince < 0) {
            outsideSince = real;
        }
        LockSupport.parkNanos(this, OUTSIDE_TICK);
        return real - outsideSince > limit.toNanos();
    }

    VirtualTimeError error(Kind kind, @Nullable ExactNode node) {
        return Diagnosis.error(
                kind,
                "EXACT",
                timers.now(),
                node == null ? null : node.report(),
                external.overdue(settings.externalLimit()),
                threads.get());
    }

    /** Runs what is ready until no thread is left, or nothing has happened for a while. */
    void drain(BooleanSupplier done) {
        outsideSince = -1;
        while (!done.getAsBoolean()) {
            carrier.takeForeign();
            if (carrier.hasReady()) {
                step();
            } else if (pause(settings.patience())) {
                return;
            }
        }
    }
}
