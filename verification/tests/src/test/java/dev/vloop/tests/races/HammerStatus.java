package dev.vloop.tests.races;

import dev.vloop.LoopState;
import dev.vloop.LoopStatus;

/** R35: what must hold in each snapshot. */
final class HammerStatus {
    private HammerStatus() {}

    static void check(HammerLoop watch, LoopStatus status) {
        LoopState state = status.state();
        boolean inIteration = state == LoopState.EXECUTING || state == LoopState.BACKING_OFF;
        boolean hasSlot = inIteration || state == LoopState.WAITING;
        holds(watch, inIteration == status.attempt() > 0, "an attempt without an iteration", status);
        holds(watch, hasSlot || status.nextIteration() == null, "a slot that cannot come", status);
        holds(watch, status.failuresInARow() == 0 || status.lastFailure() != null, "failures, none last", status);
        holds(watch, status.retries() == 0 || status.lastFailure() != null, "a retry of no failure", status);
        holds(watch, status.iterations() == 0 || status.iterationEndedAt() != null, "iterations without end", status);
        holds(watch, status.lastSuccess() == null || status.iterations() > 0, "a success of no iteration", status);
        holds(watch, status.iterationEndedAt() == null || status.iterationStartedAt() != null, "no start", status);
        holds(watch, !inIteration || status.iterationStartedAt() != null, "executing, and never began", status);
    }

    private static void holds(HammerLoop watch, boolean holds, String what, LoopStatus status) {
        if (!holds) {
            watch.check(false, what + " in " + status);
        }
    }
}
