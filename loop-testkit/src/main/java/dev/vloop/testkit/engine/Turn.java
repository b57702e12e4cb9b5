package dev.vloop.testkit.engine;

import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.LockSupport;

/**
 * One thread's wait for its turn. The thread may be called ahead, while another one still runs. It is then mounted already when its turn
 * comes, so its turn costs a look at memory instead of a wake-up on another core (measured in docs/adr/0012). A call ahead promises
 * nothing: a thread whose turn does not come soon parks again.
 */
final class Turn {
    /** How often a thread that was called ahead looks before it parks. That takes a microsecond or two. */
    private static final int LOOKS = 60;

    private enum State {
        /** The thread runs, or waits and has to be unparked. */
        AWAY,
        /** It was called ahead, and is unparked or about to be: it will look for itself. */
        CALLED,
        /** It is mounted, and looks again and again. */
        LOOKING,
        /** It is the thread's turn. */
        COME
    }

    private static final AtomicReferenceFieldUpdater<Turn, State> STATE =
            AtomicReferenceFieldUpdater.newUpdater(Turn.class, State.class, "state");

    /** Others set it to CALLED and COME, the thread itself to LOOKING and AWAY. */
    private volatile State state = State.AWAY;

    /** The thread's turn will probably come soon. Any thread may call it. */
    void callAhead(Thread thread) {
        if (state == State.AWAY && STATE.compareAndSet(this, State.AWAY, State.CALLED)) {
            LockSupport.unpark(thread);
        }
    }

    /** It is the thread's turn. Any thread may call it. A thread that was called ahead is not unparked again: its caller does that. */
    void grant(Thread thread) {
        if (STATE.getAndSet(this, State.COME) == State.AWAY) {
            LockSupport.unpark(thread);
        }
    }

    boolean isGranted() {
        return state == State.COME;
    }

    /**
     * Waits for the turn of the current thread, and uses it up. If the thread is interrupted meanwhile, it goes on waiting, and its
     * interrupt flag is set afterwards.
     *
     * @param pause parks the thread; called while the turn has not come
     */
    void await(Runnable pause) {
        boolean flag = false;
        try {
            for (State seen = state; seen != State.COME; seen = state) {
                if (seen == State.AWAY) { // whoever changes it from AWAY unparks this thread
                    pause.run();
                    flag |= Thread.interrupted(); // otherwise the next pause would return at once
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
