package dev.vloop.vthreads;

import dev.vloop.spi.ClusterTurn;
import java.time.Instant;

/** One attempt at a slot that this instance has claimed in its cluster. */
final class ClusteredIteration extends VirtualIteration {
    private final ClusterTurn turn;

    ClusteredIteration(Worker worker, long index, int attempt, Instant slot, ClusterTurn turn) {
        super(worker, index, attempt, -1, slot);
        this.turn = turn;
    }

    @Override
    VirtualIteration retry() {
        return new ClusteredIteration(worker, index(), attempt() + 1, scheduledAt(), turn);
    }

    @Override
    public long token() {
        return turn.token();
    }

    @Override
    public boolean mayHaveBegun() {
        return !turn.triggered() && turn.position().begun();
    }
}
