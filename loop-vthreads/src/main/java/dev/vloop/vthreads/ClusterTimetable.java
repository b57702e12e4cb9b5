package dev.vloop.vthreads;

import static java.util.Objects.requireNonNull;

import dev.vloop.ClusterStatus;
import dev.vloop.MissedSlots;
import dev.vloop.Schedule;
import dev.vloop.SlotContext;
import dev.vloop.internal.ComingSlots;
import dev.vloop.spi.Cluster;
import dev.vloop.spi.ClusterPosition;
import dev.vloop.spi.ClusterTurn;
import dev.vloop.spi.Host;
import dev.vloop.spi.IntervalSchedule;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Slots that a cluster lends to this run, one at a time. A slot is due when the cluster has offered a {@link ClusterTurn}. Between turns
 * the run waits without a deadline, because the cluster watches the time. {@link ClusterSlots} computes with a turn's position.
 *
 * <p>Used by the loop's thread only. The cluster's threads call {@link ClusterClaim}.
 */
final class ClusterTimetable implements Timetable {
    private final Run run;
    private final ClusterClaim claim;
    private final Cluster.Member member;

    /** The slots of the claim; null for a triggered one. */
    private @Nullable ClusterSlots slots;

    /** The slot of the iteration that has begun. */
    private @Nullable Instant slot;

    /** How many iterations of the run had ended before it. */
    private long iterationsBefore;

    /** Whether the schedule has no further slot. */
    private boolean exhausted;

    /** The first of the slots that were skipped last. */
    private @Nullable Instant firstSkipped;

    /** How many slots the last attempt of the iteration has served. */
    private long served;

    private ClusterTimetable(Run run, ClusterClaim claim, Cluster.Member member) {
        this.run = run;
        this.claim = claim;
        this.member = member;
    }

    /** {@return the timetable of a run that begins now, which the cluster knows from now on} */
    static ClusterTimetable join(Run run) {
        Cluster cluster = requireNonNull(run.loop().runtime().cluster(), "no cluster");
        Schedule unused = run.schedule(); // watches its zones
        ClusterClaim claim = new ClusterClaim(run);
        return new ClusterTimetable(run, claim, cluster.join(claim));
    }

    /** Any thread. */
    ClusterStatus status() {
        return member.status();
    }

    @Override
    public boolean isExhausted() {
        return exhausted;
    }

    @Override
    public boolean isDue(long now) {
        if (claim.dropLost()) {
            member.look();
        }
        return claim.turn() != null;
    }

    @Override
    public long deadline() {
        return Host.NEVER;
    }

    @Override
    public boolean asksSchedule() {
        return true;
    }

    @Override
    public boolean followsWallClock() {
        return false;
    }

    @Override
    public boolean ignoresPause() {
        ClusterTurn turn = claim.turn();
        return turn != null && turn.triggered();
    }

    @Override
    public void pause() {
        ClusterTurn turn = ignoresPause() ? null : claim.take();
        if (turn != null) {
            member.giveBack(turn);
        }
    }

    @Override
    public boolean passesTriggersOn() {
        return true;
    }

    @Override
    public void passTriggerOn() {
        member.trigger();
    }

    /**
     * Decides which slot is to run. If the cluster has stored another one, the new one is stored first, and the cluster lends it again:
     * whoever takes over after a death must find the slot that was running.
     */
    @Override
    public long skipMissed(MissedSlots policy, long maxLateness, boolean waited, long nano) {
        ClusterTurn turn = claim.turn();
        if (turn == null || turn.triggered()) {
            slots = null;
            return 0;
        }
        ClusterSlots chosen = new ClusterSlots(run.loop().schedule(), run, turn.position());
        long skipped = chosen.choose(policy, maxLateness, claim.at(turn, nano));
        firstSkipped = chosen.firstSkipped();
        exhausted = chosen.next() == null;
        slots = chosen;
        if (!chosen.isUnchanged()) {
            finish(chosen.position());
        }
        return skipped;
    }

    /** The claim has ended. If it was lost, this run must not write the position. */
    private void finish(ClusterPosition next) {
        ClusterTurn turn = claim.take();
        if (turn == null) {
            member.look();
        } else {
            member.done(turn, next);
        }
    }

    @Override
    public Instant firstSkipped(RuntimeClock clock, long skipped, long kept) {
        return requireNonNull(firstSkipped, "nothing was skipped");
    }

    /** The cluster's status shows the slot. */
    @Override
    public @Nullable Instant preview() {
        return null;
    }

    @Override
    public void beginSlot(@Nullable Instant following) {
        iterationsBefore = run.progress.iterations();
        ClusterTurn turn = claim.begin();
        slot = turn.triggered() ? turn.now() : turn.position().next();
    }

    @Override
    public VirtualIteration firstAttempt(Worker worker, long index) {
        return new ClusteredIteration(
                worker, index, 1, requireNonNull(slot), requireNonNull(claim.turn(), "nothing has begun"));
    }

    @Override
    public void endSlot(long nano) {
        served = 0;
        ClusterTurn turn = requireNonNull(claim.turn(), "nothing has begun");
        ClusterSlots ended = slots;
        long retryBegan = run.progress.retryBegan();
        boolean serves = retryBegan >= 0 && run.loop().options().missed != MissedSlots.RUN_ALL;
        Instant servedUntil = serves ? claim.at(turn, retryBegan) : null;
        if (ended != null) {
            served = ended.end(claim.at(turn, nano), servedUntil);
        } else if (servedUntil != null && !turn.position().due().isAfter(servedUntil)) {
            ended = new ClusterSlots(run.loop().schedule(), run, turn.position());
            served = ended.serve(claim.at(turn, nano), servedUntil);
        } else {
            finish(turn.position()); // it was triggered, and moves no slot
            return;
        }
        firstSkipped = ended.firstSkipped();
        exhausted = ended.next() == null;
        finish(ended.position());
    }

    @Override
    public long serve(long attemptBegan) {
        return served;
    }

    /** The rules of a zone have changed. */
    @Override
    public void refreshNext() {
        member.changed();
    }

    /** The loop was resumed. Slots that passed meanwhile were for other instances, or are missed if all were paused. */
    @Override
    public void dropPassed(long now) {
        member.look();
    }

    @Override
    public Timetable changed(Host host, SearchLimit limit, Schedule schedule, MissedSlots policy) {
        exhausted = false;
        member.changed();
        return this;
    }

    @Override
    public void runEnds() {
        claim.close();
        boolean begun = claim.hasBegun();
        ClusterTurn turn = claim.take();
        if (turn != null && !begun) {
            member.giveBack(turn);
        } else if (turn != null && (run.progress.iterations() > iterationsBefore || run.cause() != null)) {
            member.done(
                    turn, turn.triggered() ? turn.position() : turn.position().afterEnd(claim.at(turn, now())));
        } else if (turn != null) {
            member.cut(turn);
        }
        member.leave();
    }

    private long now() {
        return run.host.nanoTime();
    }

    /** Slots that are made from an interval depend on when the loop began in the cluster. Instances hear of the next slot only. */
    @Override
    public List<Instant> afterNext(RuntimeClock clock, int most) {
        Instant next = nextInstant();
        Schedule schedule = run.loop().schedule();
        if (next == null || schedule.isMonotonic() && !(schedule instanceof IntervalSchedule)) {
            return List.of();
        }
        return ComingSlots.list(schedule, new SlotContext(next, next, next, next, 1), most);
    }

    @Override
    public long lastNano() {
        return -1;
    }

    @Override
    public @Nullable Instant lastInstant() {
        return slot;
    }

    @Override
    public long nextNano() {
        return -1;
    }

    @Override
    public @Nullable Instant nextInstant() {
        return member.status().nextSlot();
    }
}
