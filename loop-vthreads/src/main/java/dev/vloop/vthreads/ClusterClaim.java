package dev.vloop.vthreads;

import static java.util.Objects.requireNonNull;

import dev.vloop.CutSlots;
import dev.vloop.spi.Cluster;
import dev.vloop.spi.ClusterPosition;
import dev.vloop.spi.ClusterTurn;
import dev.vloop.spi.Host;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The turn that a run has of its cluster at the moment, if it has one. The cluster's threads offer a turn and take it away; the loop's
 * thread begins and ends it.
 *
 * <p>The lock is held for a few lines. It is also held while the iteration of a lost turn is interrupted, so that this interrupt cannot
 * arrive after the end of its iteration.
 */
final class ClusterClaim implements Cluster.Candidate {
    private final Run run;
    private final SpinLock lock = new SpinLock();

    /** The turn; null if there is none. Written under the lock, as are the next fields; read by any thread. */
    private volatile @Nullable ClusterTurn turn;

    /** When the turn was offered, as a monotonic time. */
    private volatile long offeredAt;

    /** Whether the iteration of the turn has begun. */
    private volatile boolean begun;

    /** Whether the cluster has taken the turn away. */
    private volatile boolean lost;

    /** Whether the run takes no turn any more. */
    private volatile boolean closed;

    ClusterClaim(Run run) {
        this.run = run;
    }

    // ---- for the cluster, on its threads

    @Override
    public String name() {
        return run.loop().name();
    }

    @Override
    public Host host() {
        return run.host;
    }

    @Override
    public Duration initialDelay() {
        return Duration.ofNanos(run.loop().options().initialDelay);
    }

    @Override
    public CutSlots cut() {
        return requireNonNull(run.loop().options().cut);
    }

    @Override
    public boolean accepts() {
        return isFree() && !run.loop().isPaused();
    }

    private boolean isFree() {
        return !closed && turn == null && !run.has(Control.STOP | Control.CANCEL);
    }

    @Override
    public boolean offer(ClusterTurn offered) {
        lock.lock();
        try {
            if (!isFree() || run.loop().isPaused() && !offered.triggered()) {
                return false;
            }
            offeredAt = run.host.nanoTime();
            begun = false;
            lost = false;
            turn = offered;
        } finally {
            lock.unlock();
        }
        boolean unused = run.request(Control.LOOK, 0); // if the run has ended meanwhile, its end has taken the turn
        return true;
    }

    @Override
    public void lost(long token) {
        lock.lock();
        try {
            ClusterTurn held = turn;
            if (held != null && held.token() == token && !lost) {
                lost = true;
                boolean unused = run.request(Control.LOST, 0);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public ClusterPosition reschedule(ClusterPosition position, Instant now) {
        return ClusterSlots.rescheduled(run.loop().schedule(), run, position, now);
    }

    // ---- for the loop's thread

    /** {@return the turn, begun or not; null if there is none} */
    @Nullable
    ClusterTurn turn() {
        return turn;
    }

    /** Between iterations. {@return whether there was a turn that was lost before its iteration began; it is gone now} */
    boolean dropLost() {
        if (!lost) {
            return false;
        }
        ClusterTurn unused = take();
        return true;
    }

    /** {@return the cluster's time: the time of the claim plus what has passed since on the monotonic clock} */
    Instant at(ClusterTurn held, long nano) {
        return Nanos.plus(held.now(), Math.max(0, nano - offeredAt));
    }

    /** Begins the iteration. {@return its turn} */
    ClusterTurn begin() {
        begun = true;
        return requireNonNull(turn, "nothing to begin");
    }

    boolean hasBegun() {
        return begun;
    }

    /** The turn ends here. {@return it; null if there was none, or it was lost} */
    @Nullable
    ClusterTurn take() {
        ClusterTurn held;
        lock.lock();
        try {
            held = lost ? null : turn;
            turn = null;
            begun = false;
            lost = false;
        } finally {
            lock.unlock();
        }
        run.forget(Control.LOST);
        return held;
    }

    /** From now on, no turn is taken. */
    void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }
}
