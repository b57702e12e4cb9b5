package dev.vloop.testkit.engine;

import dev.vloop.testkit.engine.VirtualTimeError.Kind;
import java.util.concurrent.locks.LockSupport;

/**
 * Watches the carrier from outside, for what code on the carrier cannot see: a thread that blocks and keeps the carrier, and one that
 * computes without end. It interrupts such a thread, so that the carrier becomes free and the test can be told. A thread that does not
 * react to the interrupt cannot be stopped, and the test cannot be told: then the log says so. The watch runs on a virtual thread of its
 * own, on the JDK's scheduler, in real time.
 */
final class ExactWatch implements Runnable {
    /** The longest pause between two looks, in real nanoseconds. */
    private static final long LONGEST_TICK = 50_000_000;

    private final Carrier carrier;
    private final ExactPump pump;
    private final HostSettings settings;
    private final Thread thread;

    /** Any thread sets it. */
    private volatile boolean stopped;

    // What follows is confined to the watch's thread. Times are real nanoseconds.

    /** How often a thread had been carried at the last look. */
    private long seenSwitches = -1;

    /** Since when the watch has seen the same thread on the carrier. */
    private long since;

    /** Since when it has seen that thread blocked. */
    private long blockedSince;

    /** Whether it has interrupted that thread. */
    private boolean interrupted;

    /** From when on a thread that was interrupted counts as deaf. */
    private long deafAt;

    ExactWatch(Carrier carrier, ExactPump pump, HostSettings settings) {
        this.carrier = carrier;
        this.pump = pump;
        this.settings = settings;
        thread = Thread.ofVirtual().name("virtual-time-watch").unstarted(this);
    }

    void start() {
        thread.start();
    }

    /** Any thread may call it. */
    void stop() {
        stopped = true;
        LockSupport.unpark(thread);
    }

    @Override
    public void run() {
        long tick = Math.min(LONGEST_TICK, Math.max(1, settings.patience().toNanos() / 8));
        while (!stopped && carrier.thread().isAlive()) {
            LockSupport.parkNanos(this, tick);
            ExactNode node = carrier.running();
            if (node != null) {
                look(node);
            }
        }
    }

    private void look(ExactNode node) {
        long now = System.nanoTime();
        if (carrier.switches() != seenSwitches) {
            seenSwitches = carrier.switches();
            since = now;
            blockedSince = now;
            interrupted = false;
        } else if (interrupted) {
            if (now - deafAt > 0) {
                tellDeaf(node);
            }
        } else if (node.thread().getState() == Thread.State.RUNNABLE) {
            blockedSince = now;
            if (now - since > settings.stall().toNanos()) {
                tell(node, Kind.SPIN);
            }
        } else if (now - blockedSince > settings.patience().toNanos()) {
            tell(node, Kind.PINNED);
        }
    }

    private void tell(ExactNode node, Kind kind) {
        tell(node, pump.error(kind, node));
        deafAt = System.nanoTime() + settings.patience().toNanos();
    }

    private void tell(ExactNode node, VirtualTimeError error) {
        pump.tell(error);
        interrupted = true;
        node.thread().interrupt();
    }

    private void tellDeaf(ExactNode node) {
        VirtualTimeError error = pump.error(Kind.DEAF, node);
        tell(node, error);
        deafAt = System.nanoTime() + settings.stall().toNanos(); // then the log says so again
        System.getLogger("dev.vloop.testkit").log(System.Logger.Level.ERROR, error.getMessage());
    }
}
