package dev.vloop.vthreads;

import dev.vloop.LoopState;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/** One word that has the state of a worker and the requests to it. It is changed only by compare-and-set; {@link Control} says by whom. */
abstract class ControlWord implements SearchLimit {
    /*
     * "The loop's thread" is the thread of this worker: a run's, or an overlapping iteration's.
     *
     * bits 0..2   the LoopState                       written by the loop's thread
     * EXPOSED     user code that may be interrupted   written by the loop's thread
     * LEAVING     the thread waits for a delivery     written by the loop's thread
     * DELIVERING  an interrupt is on its way          written by the one thread that delivers it
     * ENDED       no request is taken any more        written by the loop's thread, once
     * the others  requests                            set by anyone, cleared by the loop's thread
     *             (RESTART is also cleared by those who stop, cancel or remove)
     *
     * A request is recorded first; what happens then depends on the word it was recorded in:
     *   WAITING, PAUSED, BACKING_OFF   the thread is unparked. It entered the wait by a compare-and-set from the word that
     *                                  it had judged, so it either sees the request or is woken by it.
     *   EXPOSED                        CANCEL and TIMEOUT interrupt the thread, and so does LOST if it makes an ATTEMPT. The same
     *                                  compare-and-set that records them sets DELIVERING, and leave() does not return before it is
     *                                  cleared: the interrupt lands in the
     *                                  code it was meant for or is swept up there, never in what comes after. A reason that is
     *                                  recorded while another is being delivered is delivered by the same thread, next: the code
     *                                  may have swallowed the first interrupt already.
     *   anything else                  the thread looks at the word before it waits or runs user code again.
     * Only cancellations, timeouts and lost leases interrupt; a wake-up never does, so any other interrupt came from elsewhere.
     */

    /** User code is running that may be interrupted. */
    static final int EXPOSED = 1 << 3;

    /** An interrupt is on its way. */
    static final int DELIVERING = 1 << 4;

    /** The thread waits in {@link Control#leave} for the end of a delivery. */
    static final int LEAVING = 1 << 5;

    /** The run has ended: requests are refused. */
    static final int ENDED = 1 << 6;

    // ---- requests

    /** End after the current iteration. */
    static final int STOP = 1 << 8;

    /** End at once. */
    static final int CANCEL = 1 << 9;

    /** Begin again at the end. */
    static final int RESTART = 1 << 10;

    /** End the attempt: it has taken too long. */
    static final int TIMEOUT = 1 << 11;

    /** Run an iteration now. */
    static final int TRIGGER = 1 << 12;

    /** The schedule was replaced. */
    static final int REARM = 1 << 13;

    /** The schedule was replaced once more while {@code REARM} was there. Set and cleared only while it is. */
    static final int REARM_AGAIN = 1 << 21;

    /** The loop was resumed: slots that have passed meanwhile do not count as missed. */
    static final int RESUME = 1 << 14;

    /** Something outside of the word has changed: look again. */
    static final int LOOK = 1 << 15;

    /** The rules of a time zone have changed: the schedule may have another next slot now. */
    static final int ZONES = 1 << 16;

    /** A shutdown has cancelled it, because the grace was over or waiting would have been in vain. Set with {@code CANCEL}. */
    static final int EVICTED = 1 << 17;

    /** The user code that is running is an attempt. Set and cleared with {@link #EXPOSED}. */
    static final int ATTEMPT = 1 << 18;

    /** The cluster has taken the slot away: end the attempt, and make no other one. It interrupts attempts, and nothing else. */
    static final int LOST = 1 << 19;

    /** What {@link Control#exposeAttempt} sets. */
    static final int EXPOSED_ATTEMPT = EXPOSED | ATTEMPT;

    /** The requests that interrupt. */
    static final int INTERRUPTS = CANCEL | TIMEOUT | LOST;

    /** Cut the backoff short: the next attempt begins now. Set in {@code BACKING_OFF} only; cleared when the attempt begins. */
    static final int HURRY = 1 << 20;

    /** A bit of what {@link Control#leave} returns: the thread's interrupt flag was set. */
    static final int FLAGGED = 1 << 30;

    /** The bits of the state, which is a {@link LoopState}'s ordinal. */
    static final int STATE = 7;

    /** By ordinal. */
    private static final LoopState[] STATES = LoopState.values();

    private static final AtomicIntegerFieldUpdater<ControlWord> WORD =
            AtomicIntegerFieldUpdater.newUpdater(ControlWord.class, "word");

    /** Changed through {@link #WORD} only. */
    private volatile int word = LoopState.STARTING.ordinal();

    final int word() {
        return word;
    }

    /** {@return whether the word was as expected, and is the next one now} */
    final boolean swap(int expected, int next) {
        return WORD.compareAndSet(this, expected, next);
    }

    final LoopState state() {
        return shownBy(word);
    }

    /** {@return the state that a word shows} */
    static LoopState shownBy(int w) {
        return (w & ENDED) != 0 ? LoopState.IDLE : stateIn(w);
    }

    /** {@return whether the run is to end, and a search for its next slot with it} */
    @Override
    public final boolean isReached() {
        return has(STOP | CANCEL);
    }

    /** {@return whether the run is about to end, or ends, and no other follows it} */
    final boolean endsForGood() {
        int w = word;
        return (w & (ENDED | RESTART)) == 0 && ((w & (STOP | CANCEL)) != 0 || stateIn(w) == LoopState.ENDING);
    }

    /** Loop's thread, when the status shows the new slots. If the schedule was replaced meanwhile, {@code REARM} stays. */
    final void rearmed() {
        for (; ; ) {
            int w = word();
            if (swap(w, (w & REARM_AGAIN) != 0 ? w & ~REARM_AGAIN : w & ~REARM)) {
                return;
            }
        }
    }

    /** Any thread. Records requests that concern the end of the run alone: nobody is woken. */
    final void note(int requests) {
        for (int w = word(); !swap(w, w | requests); ) {
            w = word();
        }
    }

    /** {@return whether the run has not ended, or another one follows it} */
    final boolean goesOn() {
        return (word & ENDED) == 0 || (word & RESTART) != 0;
    }

    final boolean has(int bits) {
        return (word & bits) != 0;
    }

    static LoopState stateIn(int w) {
        return STATES[w & STATE];
    }

    /** {@return whether the thread is in a wait, or about to enter it} */
    static boolean isWait(int w) {
        LoopState state = stateIn(w);
        return state == LoopState.WAITING || state == LoopState.PAUSED || state == LoopState.BACKING_OFF;
    }
}
