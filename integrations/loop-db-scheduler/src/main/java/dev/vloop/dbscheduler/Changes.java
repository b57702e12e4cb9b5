package dev.vloop.dbscheduler;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes the changes of rows that runs have asked for: triggers and other schedules. They are made on threads of their own, as they call the
 * users' schedules.
 */
final class Changes {
    private static final System.Logger LOG = System.getLogger("dev.vloop.cluster");

    private final DbSchedulerCluster cluster;
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("vloop-cluster-change").factory());

    /** One change at a time: those of a loop are made in their order. */
    private final ReentrantLock changing = new ReentrantLock();

    Changes(DbSchedulerCluster cluster) {
        this.cluster = cluster;
    }

    /** Any thread. Makes the changes of rows that nobody has. Others are made when their rows are free. */
    void make() {
        List<LoopMember> asked = new ArrayList<>();
        for (LoopMember member : cluster.members()) {
            if (!member.changes.isEmpty() && member.claim() == null) {
                asked.add(member);
            }
        }
        if (!asked.isEmpty()) {
            try {
                threads.execute(() -> asked.forEach(this::change));
            } catch (RejectedExecutionException e) { // the cluster is closed: nobody waits for the change
                asked.forEach(member -> member.changes.clear());
            }
        }
    }

    void close() {
        threads.shutdownNow();
    }

    private void change(LoopMember member) {
        changing.lock();
        try {
            Scheduler scheduler = cluster.scheduler();
            LoopMember.Change next = member.changes.peek();
            while (scheduler != null && next != null && change(scheduler, member, next)) {
                member.changes.remove(next);
                next = member.changes.peek();
            }
        } catch (RuntimeException e) { // picked at this moment, or the database is away: later
            LOG.log(System.Logger.Level.DEBUG, "a change of " + member + " comes later", e);
        } finally {
            changing.unlock();
        }
    }

    /** {@return whether the change was made} */
    private boolean change(Scheduler scheduler, LoopMember member, LoopMember.Change change) {
        TaskInstanceId id = TaskInstanceId.of(LoopTask.NAME, member.id);
        Optional<ScheduledExecution<Object>> found = scheduler.getScheduledExecution(id);
        if (found.isEmpty() || found.get().isPicked()) {
            return false;
        }
        LoopRow row;
        try {
            row = change.apply((LoopRow) found.get().getData());
        } catch (RuntimeException e) { // a user's schedule
            LOG.log(System.Logger.Level.WARNING, "the schedule of " + member + " failed", e);
            return true;
        }
        boolean made = scheduler.reschedule(id, row.due(), row);
        if (made) {
            member.heard(row, null, member.status().token());
            cluster.slotsMoved();
        }
        return made;
    }
}
