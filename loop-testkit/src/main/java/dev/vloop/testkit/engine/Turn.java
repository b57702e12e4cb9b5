package dev.vloop.testkit.engine;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.LockSupport;

/**
 * One thread's wait for its turn. It may be called ahead, while another thread still runs: then it is mounted already
 * when its turn comes, which costs a look at memory instead of a wake-up of another core. To be called ahead promises
 * nothing, and a thread that sees its turn not come parks again.
 */
final class Turn {
    /** How often a thread that was called ahead looks before it parks: a microsecond or two. */
    private static final int LOOKS = 60;

    private enum State {
        /** Runs, or waits and has to be unparked. */
        AWAY,
        /** Called ahead, and unparked or about to be: it will look for itself. */
        CALLED,
        /** Mounted, and looking. */
        LOOKING,
        /** It is the thread's turn. */
        COME
    }

    private static final AtomicReferenceFieldUpdater<Turn, State> STATE =
            AtomicReferenceFieldUpdater.newUpdater(Turn.class, State.class, "state");

    /** Others bring it to CALLED and COME, the thread itself to LOOKING and AWAY. */
    private volatile State state = State.AWAY;

    /** Any thread. */
    void callAhead(Thread thread) {
        if (state == State.AWAY && STATE.compareAndSet(this, State.AWAY, State.CALLED)) {
            LockSupport.unpark(thread);
        }
    }

    /** It is the thread's turn. Any thread. One that was called is not unparked again: its caller does so, or has done. */
    void grant(Thread thread) {
        if (STATE.getAndSet(this, State.COME) == State.AWAY) {
            LockSupport.unpark(thread);
        }
    }

    boolean isGranted() {
        return state == State.COME;
    }

    /**
     * Waits for the turn of the current thread, pausing as told, and ends it for the next wait; the interrupt flag is
     * afterwards as an interrupt left it.
     */
    void await(Runnable pause) {
        boolean flag = false;
        try {
            for (State seen = state; seen != State.COME; seen = state) {
                if (seen == State.AWAY) { // and as it is AWAY, whoever changes it unparks
                    pause.run();
                    flag |= Thread.interrupted(); // else the pause would not pause
                } else if (STATE.compareAndSet(this, State.CALLED, State.LOOKING)) {
                    look();
                }
            }
            state = State.AWAY;
        } finally {
            if (flag) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void look() {
        for (int i = 0; i < LOOKS && !isGranted(); i++) {
            Thread.onSpinWait();
        }
        STATE.compareAndSet(this, State.LOOKING, State.AWAY);
    }
}
