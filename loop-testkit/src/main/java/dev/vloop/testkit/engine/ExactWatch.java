package dev.vloop.testkit.engine;

import dev.vloop.testkit.engine.VirtualTimeError.Kind;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks at the carrier from outside, for what nobody can see who needs the carrier to look: a thread that blocks and
 * keeps it, and one that computes without end. It interrupts such a thread, so that the carrier gets free and the test
 * is told. A thread that does not heed that cannot be stopped: the log tells, as the test cannot. On a virtual thread
 * of its own, of the JDK's scheduler.
 */
final class ExactWatch implements Runnable {
    private static final long LONGEST_TICK = 50_000_000;
    private static final System.Logger LOG = System.getLogger("dev.vloop.testkit");

    private final Carrier carrier;
    private final ExactPump pump;
    private final HostSettings settings;
    private final Thread thread;
    private volatile boolean stopped;

    /** The watch's own: what it saw last, and since when it sees it. */
    private long seenSwitches = -1;

    private long since;
    private long blockedSince;

    /** Whether it was interrupted, and from when on it counts as deaf to that. */
    private boolean interrupted;

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
        deafAt = System.nanoTime() + settings.stall().toNanos(); // and again
        LOG.log(System.Logger.Level.ERROR, error.getMessage());
    }
}
