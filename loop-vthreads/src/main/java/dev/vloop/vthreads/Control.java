package dev.vloop.vthreads;

import dev.vloop.LoopState;
import dev.vloop.spi.Host;
import org.jspecify.annotations.Nullable;

/**
 * Takes requests to a worker from any thread: it records them in the word, and wakes or interrupts the worker's thread where that is allowed.
 */
abstract class Control extends ControlWord {
    final Host host;

    /** The worker's thread. Written by it once, before it first waits or is exposed; read by threads that have seen it there. */
    private @Nullable Thread thread;

    Control(Host host) {
        this.host = host;
    }

    /** Interrupts what runs beside the loop's thread in the exposed code. Called by the thread that delivers. */
    abstract void interruptForks(int reason);

    /** The loop's thread was interrupted for this reason. Called by the thread that delivers, before it is done. */
    abstract void interruptDelivered(int reason);

    final @Nullable Thread thread() {
        return thread;
    }

    final void bindToCurrentThread() {
        thread = Thread.currentThread();
    }

    /** Any thread. Records the request, and wakes or interrupts the loop's thread where that is allowed; false if the run has ended. */
    final boolean request(int set, int clear) {
        StackRoom.require(); // a delivery that is cut off would never end, and the thread would wait for it
        for (; ; ) {
            int w = word();
            int next = w & ~clear | set;
            if ((w & ENDED) != 0) {
                return false;
            }
            if (next == w) {
                return true;
            }
            if (record(w, next)) {
                return true;
            }
        }
    }

    /**
     * Any thread. Asks for an iteration, or in a backoff for the next attempt; false if none can follow, as the run ends. If another run is
     * to follow this one, nothing is done.
     */
    final boolean requestTrigger() {
        for (; ; ) {
            int w = word();
            if ((w & ENDED) != 0) {
                return false;
            }
            if ((w & RESTART) != 0) {
                return true; // its first iteration is at hand
            }
            if ((w & (STOP | CANCEL)) != 0 || stateIn(w) == LoopState.ENDING) {
                return false;
            }
            if (record(w, w | (stateIn(w) == LoopState.BACKING_OFF ? HURRY : TRIGGER))) {
                return true;
            }
        }
    }

    /** Any thread. Ends a backoff: the next attempt begins now; false, and nothing has changed, if the worker is in none. */
    final boolean endBackoff() {
        for (; ; ) {
            int w = word();
            if (stateIn(w) != LoopState.BACKING_OFF || (w & (ENDED | CANCEL)) != 0) {
                return false;
            }
            if (record(w, w | HURRY)) {
                return true;
            }
        }
    }

    /**
     * A thread that shuts down. Cancels the run, unless it was cancelled before, or is in {@code afterLoop} or over. A restart that was
     * asked for since the shutdown began is kept, as it is if the run ends within the grace.
     *
     * @param only the state in which it is to be; null for any
     */
    final void evict(@Nullable LoopState only) {
        for (; ; ) {
            int w = word();
            LoopState state = stateIn(w);
            if ((w & (ENDED | CANCEL)) != 0 || state == LoopState.ENDING || only != null && only != state) {
                return;
            }
            if (record(w, w | CANCEL | EVICTED)) {
                return;
            }
        }
    }

    /**
     * Records a request in the word that was judged, and wakes or interrupts the thread where that is allowed; false if the word has changed.
     */
    private boolean record(int w, int next) {
        int interrupts = next & ~w & ((w & ATTEMPT) != 0 ? INTERRUPTS : CANCEL | TIMEOUT);
        if ((w & EXPOSED) != 0 && interrupts != 0) {
            if ((w & DELIVERING) != 0) {
                return swap(w, next); // whoever is delivering sees it
            }
            if (!swap(w, next | DELIVERING)) {
                return false;
            }
            deliver(interrupts, next);
            return true;
        }
        if (!swap(w, next)) {
            return false;
        }
        if (isWait(w)) {
            host.unpark(boundThread());
        }
        return true;
    }

    /** Delivers a reason, and those that are recorded meanwhile. Others in the word were delivered before. */
    private void deliver(int first, int recorded) {
        int delivered = recorded;
        for (int reason = first; ; ) {
            try {
                host.interrupt(boundThread());
                interruptForks(reason);
                report(reason);
            } finally {
                delivered |= reason;
                reason = undelivered(delivered);
            }
            if (reason == 0) {
                return;
            }
        }
    }

    /** A report that cannot set its alarm must not break the delivery: then only the report is missing. */
    private void report(int reason) {
        try {
            interruptDelivered(reason);
        } catch (Throwable e) {
            Log.broken("a thread that does not react to its interrupt will not be reported", e);
        }
    }

    /** The thread that delivers. {@return what else to deliver; if nothing, the delivery has ended} */
    private int undelivered(int delivered) {
        for (; ; ) {
            int w = word();
            int left = w & INTERRUPTS & ~delivered;
            if (left != 0) {
                return left;
            }
            if (swap(w, w & ~(DELIVERING | LEAVING))) {
                if ((w & LEAVING) != 0) {
                    host.unpark(boundThread());
                }
                return 0;
            }
        }
    }

    private Thread boundThread() {
        Thread bound = thread;
        if (bound == null) {
            throw new AssertionError("waiting or exposed without a thread");
        }
        return bound;
    }

    /** Loop's thread. Takes requests off the word that was judged; false if the word has changed since. */
    final boolean take(int judged, int requests) {
        return swap(judged, judged & ~requests);
    }

    /** Any thread, after it has replaced the schedule; false if the run has ended. */
    final boolean requestRearm() {
        for (; ; ) {
            int w = word();
            if ((w & ENDED) != 0) {
                return false;
            }
            int next = (w & REARM) == 0 ? w | REARM : w | REARM_AGAIN;
            if (next == w || record(w, next)) {
                return true;
            }
        }
    }

    /** Clears requests that do not count any more. */
    final void forget(int requests) {
        for (int w = word(); !swap(w, w & ~requests); ) {
            w = word();
        }
    }

    /** Loop's thread. Enters a state in which nothing interrupts it; false if the word has changed since it was judged. */
    final boolean become(int judged, LoopState state) {
        return swap(judged, judged & ~STATE | state.ordinal());
    }

    /**
     * Loop's thread. Begins an iteration, by a single step from the word that was judged. So nothing begins once a request that forbids it
     * was recorded, and whoever sent such a request sees the iteration begun, or knows that it will not begin.
     *
     * @param taken the requests that the iteration answers
     * @param exposed {@link #EXPOSED_ATTEMPT} if a cancel may interrupt what comes next, as after {@link #exposeAttempt}; else 0
     * @return false, and nothing has changed, if the word has
     */
    final boolean begin(int judged, int taken, LoopState state, int exposed) {
        return swap(judged, judged & ~(STATE | taken) | state.ordinal() | exposed);
    }

    /**
     * Loop's thread. Begins code that a cancel may interrupt; false, and nothing has begun, if it is cancelled already. After a backoff, the
     * code is the attempt that a thread in a hurry has asked for.
     */
    final boolean expose(LoopState state) {
        return expose(state, EXPOSED, CANCEL);
    }

    /** Loop's thread. As {@link #expose}, for an attempt. Nothing has begun, either, if its lease is lost already. */
    final boolean exposeAttempt() {
        return expose(LoopState.EXECUTING, EXPOSED_ATTEMPT, CANCEL | LOST);
    }

    private boolean expose(LoopState state, int exposed, int refused) {
        for (; ; ) {
            int w = word();
            if ((w & refused) != 0) {
                return false;
            }
            if (swap(w, w & ~(STATE | HURRY) | state.ordinal() | exposed)) {
                return true;
            }
        }
    }

    /**
     * Loop's thread. Ends what {@link #expose} began: afterwards no interrupt of the engine can arrive and the flag is clear. Returns the
     * word as it was at that moment, with {@link #FLAGGED} if anybody has interrupted the thread.
     */
    final int leave() {
        boolean flagged = false;
        for (; ; ) {
            int w = word();
            if ((w & DELIVERING) != 0) {
                flagged |= Thread.interrupted();
                if (swap(w, w | LEAVING)) {
                    host.park(Host.NEVER); // the deliverer unparks this thread when it has finished
                }
            } else if (swap(w, w & ~EXPOSED_ATTEMPT)) {
                return Thread.interrupted() || flagged ? w | FLAGGED : w;
            }
        }
    }

    /** Loop's thread. Enters {@code ENDING}, where nothing interrupts it. */
    final void beginEnding() {
        for (; ; ) {
            int w = word();
            if (become(w, LoopState.ENDING)) {
                return;
            }
        }
    }

    /** Ends the run: requests are refused from now on. {@return whether a restart was requested} */
    final boolean endAndAskForRestart() {
        for (; ; ) {
            int w = word();
            if (swap(w, w | ENDED)) {
                return (w & RESTART) != 0;
            }
        }
    }
}
