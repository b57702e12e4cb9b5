package dev.vloop.spi;

import dev.vloop.ClusterStatus;
import dev.vloop.CutSlots;
import java.time.Duration;
import java.time.Instant;

/**
 * Several instances of a program that share their loops: each slot of a loop that runs once per cluster is claimed by one instance at a
 * time. A cluster stores one {@link ClusterPosition} for each loop and lends it to one instance after the other. It knows nothing of
 * schedules and policies: the engine of the instance that has the claim computes with the position, and hands back the next one.
 *
 * <p><b>What a cluster does.</b> When a position is {@linkplain ClusterPosition#due due} by the cluster's own clock, and nobody has it,
 * it lets one instance claim it, by compare-and-set in one place, and {@linkplain Candidate#offer offers} it to the loop there. Each
 * claim of a loop has a larger token than the one before. While the claim lasts, the cluster keeps its lease alive. If the lease runs
 * out, the position becomes {@link ClusterPosition#afterCut}, others may claim it, and the old holder is {@linkplain Candidate#lost
 * told} as soon as it can be reached.
 *
 * <p>All methods may be called from any thread. None of them waits for the store, and none throws because the store is away: what cannot be
 * written now is written later, unless the lease is lost.
 */
public interface Cluster extends AutoCloseable {
    /** {@return the name of this instance, which no other instance has} */
    String instance();

    /**
     * A run of a loop begins on this instance, which claims slots of the loop from now on. The first run in the whole cluster makes the
     * loop's position: {@link ClusterPosition#first} with the cluster's time.
     *
     * @param candidate the run
     * @return the run's part of this cluster
     */
    Member join(Candidate candidate);

    /**
     * Gives back what this instance has claimed, and ends the cluster's threads. Close the loops' runtime before.
     */
    @Override
    void close();

    /** A run as its cluster sees it. */
    interface Candidate {
        /** {@return the loop's name, by which all instances mean the same loop} */
        String name();

        /** {@return the host of the run, for clusters in virtual time} */
        Host host();

        /** {@return the initial delay: how long after the first run's begin in the cluster the loop's grid of slots begins} */
        Duration initialDelay();

        /** {@return what becomes of slots that were cut} */
        CutSlots cut();

        /** {@return whether the run would take a claim now} It takes none while it is paused or ending, or has one. */
        boolean accepts();

        /**
         * Offers a claim. The run answers later, with one of {@link Member#done}, {@link Member#cut} and {@link Member#giveBack}.
         *
         * @param turn the claim
         * @return false if the run does not take it now; then it does not answer, and the cluster gives the claim back
         */
        boolean offer(ClusterTurn turn);

        /**
         * The claim with this token is lost, so the iteration is interrupted. A cluster also calls this when it can no longer be sure of a
         * claim. Nothing happens if the run does not have that claim.
         *
         * @param token the claim's
         */
        void lost(long token);

        /**
         * Computes the position after a change of the schedule. Calls the schedule, which may be a user's.
         *
         * @param position the stored position, which nobody has claimed
         * @param now the cluster's time
         * @return what is to be stored instead
         */
        ClusterPosition reschedule(ClusterPosition position, Instant now);
    }

    /** A run's part of its cluster. */
    interface Member {
        /**
         * The claim was used: the slot was run to its end, or none of the slots that have passed has to run.
         *
         * @param turn the claim
         * @param next the position to store
         */
        void done(ClusterTurn turn, ClusterPosition next);

        /**
         * The claim's iteration has begun and was broken off.
         *
         * @param turn the claim
         */
        void cut(ClusterTurn turn);

        /**
         * The claim was not used: everything is as before it.
         *
         * @param turn the claim
         */
        void giveBack(ClusterTurn turn);

        /** The run accepts claims again. */
        void look();

        /** Somebody has asked for one iteration now: one {@linkplain ClusterTurn#triggered triggered} claim in the whole cluster. */
        void trigger();

        /** The schedule was changed: the cluster calls {@link Candidate#reschedule} as soon as nobody has the position. */
        void changed();

        /** {@return the loop as this instance knows it} */
        ClusterStatus status();

        /** The run is over. It has no claim, and takes none any more. */
        void leave();
    }
}
