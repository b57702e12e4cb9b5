package dev.vloop.dbscheduler;

import com.github.kagkarlsson.scheduler.CurrentlyExecuting;
import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends claims that cannot be relied on. It asks no database, so it goes on while one hangs: a claim is lost shortly before others may take it
 * over. What a heartbeat finds out, it hears as a listener.
 */
final class LeaseWatch extends AbstractSchedulerListener {
    private static final System.Logger LOG = System.getLogger("dev.vloop.cluster");

    /** How much of a lease may pass without a heartbeat. */
    private static final double ENOUGH = 0.9;

    private final DbSchedulerCluster cluster;
    private final Thread thread;
    private volatile boolean closed;

    LeaseWatch(DbSchedulerCluster cluster) {
        this.cluster = cluster;
        thread = Thread.ofPlatform().daemon().name("vloop-cluster-leases").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        long pause = cluster.lease().toNanos() / 20;
        while (!closed) {
            try {
                cluster.executing().stream().filter(LeaseWatch::isUnsure).forEach(this::lost);
            } catch (Throwable e) { // also a lack of memory: without this thread nobody would end a claim
                LOG.log(System.Logger.Level.ERROR, "the leases of " + cluster + " could not be looked at", e);
            }
            LockSupport.parkNanos(this, pause);
        }
    }

    /** {@return whether others may take the claim over soon} */
    static boolean isUnsure(CurrentlyExecuting one) {
        return one.getHeartbeatState().getFractionDead() >= ENOUGH;
    }

    private void lost(CurrentlyExecuting one) {
        LoopMember member = cluster.find(one.getTaskInstance().getId());
        if (member != null) {
            member.lost(one.getExecution().version);
        }
    }

    /** The row has another version, or the database is away: reading it tells which. */
    @Override
    public void onExecutionFailedHeartbeat(CurrentlyExecuting one) {
        cluster.readRows();
    }

    void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
