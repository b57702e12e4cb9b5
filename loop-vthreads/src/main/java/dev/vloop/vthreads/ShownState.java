package dev.vloop.vthreads;

import dev.vloop.LoopState;

/** The state of a run as others are to see it. */
final class ShownState {
    private ShownState() {}

    /**
     * {@return the state to show} The word has what the loop's thread does. That thread may still have to wake and heed a request. It is
     * also in a wait while iterations overlap, and between two iterations the word may still have the state of the first.
     *
     * @param none whether no iteration has begun
     */
    static LoopState of(LoopState state, boolean inIteration, boolean none, int word, boolean paused) {
        if (state == LoopState.IDLE
                || state == LoopState.STARTING
                || state == LoopState.ENDING
                || state == LoopState.BACKING_OFF && none) {
            return state;
        }
        if (inIteration) {
            return state == LoopState.BACKING_OFF ? state : LoopState.EXECUTING;
        }
        if (endsSoon(word)) {
            return LoopState.ENDING;
        }
        return paused ? LoopState.PAUSED : LoopState.WAITING;
    }

    /** {@return whether it was asked to end, so that no further iteration begins} */
    static boolean endsSoon(int word) {
        return (word & (Control.STOP | Control.CANCEL)) != 0;
    }
}
