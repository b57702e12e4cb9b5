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
 * Runs the test's threads and moves time. First come the threads that are ready, then the timers that are due. When no thread is on its
 * way back from elsewhere either, the test wakes if it may, and only then time moves. Confined to the carrier, except where noted.
 */
final class ExactPump {
    /** How long a pause for the world outside is, in real nanoseconds. */
    private static final long OUTSIDE_TICK = 5_000_000;

    private final Carrier carrier;
    private final ExactTimers timers;
    private final Chance chance;
    private final ExternalWork external;
    private final HostSettings settings;
    private final Supplier<List<ThreadReport>> threads;

    /** Whether the test's thread waits, so that time may move. The carrier writes it, any thread reads it. */
    private volatile boolean pumping;

    /** The wait that the test's thread is in, or was in last. */
    private TestWait testWait = new TestWait(0, 0, 0);

    /** Whether something woke the test before its wait was over. */
    private BooleanSupplier wokenEarlier = () -> false;

    /** How often a thread had been carried when time last moved. */
    private long switchesAtMove;

    /** Since when the pump waits for the world outside, in real nanoseconds; -1 if it does not. */
    private long outsideSince = -1;

    /** What {@link ExactWatch} found. The test is told as soon as the carrier is free. Any thread may use it. */
    private volatile @Nullable VirtualTimeError found;

    /**
     * Whether the test's thread was interrupted while it carried others. The thread's own interrupt flag does not survive that. Any
     * thread writes it.
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

    boolean isPumping() {
        return pumping;
    }

    /**
     * Runs what is due now, before the test's thread waits where no time moves. It is called from within the JDK, and throws nothing.
     *
     * @return whether anything was due
     */
    boolean settle() {
        if (pumping) {
            return false;
        }
        pumping = true;
        testWait = new TestWait(timers.now(), timers.now(), carrier.switches());
        try {
            long before = carrier.switches();
            while (carrier.switches() - before < settings.switchLimit() && settleOne()) {
                // and again
            }
            return carrier.switches() != before;
        } finally {
            pumping = false;
        }
    }

    /** {@return whether anything was due} */
    private boolean settleOne() {
        carrier.takeForeign();
        timers.takeRequests();
        VirtualTimer first = timers.first();
        if (carrier.hasReady()) {
            carrier.step();
        } else if (first != null && first.deadline <= timers.now()) {
            timers.fireFirst();
        } else {
            return false;
        }
        return true;
    }

    /**
     * Runs the test's threads until the test may wake: because it is woken, at the deadline, or because it is interrupted.
     *
     * @param until the deadline
     * @param woken asked at each instant whether something has woken the test
     * @return whether the test's thread was interrupted; its interrupt flag is then set
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
     * A shortcut for a wait of the thread that is being carried: if nothing else can happen until the deadline, time moves there, and the
     * thread need not leave the carrier.
     *
     * @return whether that was done; if false, the thread must wait
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

    /** The test's thread is interrupted. On the interrupting thread. */
    private void interrupt() {
        interrupted = true;
        carrier.nudge();
    }

    /** Tells the test as soon as the carrier is free. Any thread may call it. */
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

    /** Does the next thing that can be done. {@return whether the test may wake} */
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

    /** Time moves. */
    private void moved() {
        outsideSince = -1;
        switchesAtMove = carrier.switches();
    }

    private void step() {
        outsideSince = -1;
        ExactNode node = carrier.step();
        long spun = carrier.switches() - switchesAtMove;
        if (spun > settings.switchLimit()
                && spun > settings.switchLimit(carrier.threads().all().size())) {
            switchesAtMove = carrier.switches();
            throw error(Kind.SPIN, node);
        }
    }

    private void awaitOutside() {
        ExactNode outside = carrier.overdue(settings.externalLimit());
        if (outside != null || external.overdue(settings.externalLimit()) != null) {
            throw error(Kind.EXTERNAL, outside);
        }
        if (pause(settings.patience()) && carrier.threads().hasUnstarted()) {
            ExactNode node = carrier.threads().all().stream()
                    .filter(each -> each.unstarted)
                    .findFirst()
                    .orElse(null);
            throw error(Kind.NEVER_STARTED, node);
        }
    }

    /** Nothing of the test will wake it. But if a thread is blocked elsewhere, the world outside may still wake that thread. */
    private void awaitNobody() {
        if (!carrier.hasElsewhere() || pause(settings.patience().dividedBy(2))) {
            outsideSince = -1;
            throw error(Kind.DEADLOCK, null);
        }
    }

    /** Pauses. {@return whether the pump has waited for the world outside for longer than the limit} */
    private boolean pause(Duration limit) {
        long real = System.nanoTime();
        if (outsideSince < 0) {
            outsideSince = real;
        }
        LockSupport.parkNanos(this, OUTSIDE_TICK);
        return real - outsideSince > limit.toNanos();
    }

    /** {@return an error with the state of all threads of the test} Any thread may call it. */
    VirtualTimeError error(Kind kind, @Nullable ExactNode node) {
        return Diagnosis.error(
                kind,
                "EXACT",
                timers.now(),
                node == null ? null : node.report(),
                external.overdue(settings.externalLimit()),
                threads.get());
    }

    /** Runs threads, without moving time, until the condition holds or nothing has happened for the patience. */
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
