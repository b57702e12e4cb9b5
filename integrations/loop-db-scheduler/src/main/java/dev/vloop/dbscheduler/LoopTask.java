package dev.vloop.dbscheduler;

import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.task.AbstractTask;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import dev.vloop.spi.ClusterTurn;
import java.time.Duration;

/**
 * All loops of the cluster are instances of this task. db-scheduler calls it on a virtual thread of its own for each row that it has picked;
 * that thread lends the row to the run, waits for the answer, and writes it.
 */
final class LoopTask extends AbstractTask<LoopRow> {
    static final String NAME = "vloop";

    /** Between two tries to write what a run has answered, while the database is away. */
    private static final long PAUSE = 200;

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(5);

    private static final System.Logger LOG = System.getLogger("dev.vloop.cluster");

    private final DbSchedulerCluster cluster;

    LoopTask(DbSchedulerCluster cluster) {
        super(NAME, LoopRow.class, LoopTask::failed, LoopTask::dead);
        this.cluster = cluster;
    }

    @Override
    public CompletionHandler<LoopRow> execute(TaskInstance<LoopRow> instance, ExecutionContext context) {
        Execution picked = context.getExecution();
        LoopRow row = instance.getData();
        LoopMember member = cluster.find(instance.getId());
        ClusterTurn turn =
                new ClusterTurn(row.position(), cluster.clock().now(), picked.version, row.triggered() != null);
        LoopMember.Claim claim = member == null ? null : member.offer(turn, row);
        if (member == null || claim == null) {
            return (complete, operations) -> operations.reschedule(complete, picked.executionTime);
        }
        LoopRow next;
        try {
            next = claim.answer.get();
        } catch (Exception e) { // the scheduler is ending, and does not wait any longer
            member.lost(turn.token());
            next = null;
        }
        LoopRow answer = next;
        return (complete, operations) -> {
            try {
                if (answer != null) {
                    write(member, claim, answer, complete, operations);
                }
            } finally {
                member.claimEnded(claim);
                cluster.lookAtChanges();
                if (answer == null || !answer.due().isAfter(cluster.clock().now())) {
                    cluster.look(); // db-scheduler has looked while the run could not take it
                }
            }
        };
    }

    /** Writes what the run has answered, again and again while the database is away and the lease is not over. */
    private void write(
            LoopMember member,
            LoopMember.Claim claim,
            LoopRow row,
            ExecutionComplete complete,
            ExecutionOperations<LoopRow> operations) {
        for (; ; ) {
            try {
                operations.reschedule(complete, row.due(), row);
                member.heard(row, null, claim.turn.token());
                cluster.slotsMoved();
                return;
            } catch (ExecutionException e) { // the version is another one: somebody has taken over
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the end of " + member + " came after its lease: " + e.getMessage());
                return;
            } catch (RuntimeException e) { // the database is away
                if (cluster.isLeaseOver(claim.turn.token(), member.id) || !pause()) {
                    throw e;
                }
            }
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE);
            return true;
        } catch (InterruptedException e) {
            return false;
        }
    }

    /** The holder has died or is cut off: its row is anybody's. Called on any instance. */
    private static void dead(ExecutionComplete complete, ExecutionOperations<LoopRow> operations) {
        LoopRow row = ((LoopRow) complete.getExecution().taskInstance.getData()).afterCut();
        operations.reschedule(complete, row.due(), row);
    }

    /** The row could not be read, or there was no memory: it stays as it is, and is not picked again at once. */
    private static void failed(ExecutionComplete complete, ExecutionOperations<LoopRow> operations) {
        operations.reschedule(complete, complete.getTimeDone().plus(PAUSE_AFTER_FAILURE));
    }

    @Override
    public SchedulableInstance<LoopRow> schedulableInstance(String id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SchedulableInstance<LoopRow> schedulableInstance(String id, LoopRow data) {
        return SchedulableInstance.of(instance(id, data), data.due());
    }
}
