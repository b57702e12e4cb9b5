package dev.vloop.vthreads;

import dev.vloop.vthreads.timer.JdkPark;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * A lock that nobody queues in, for a few lines that neither block nor wait. Not reentrant, not fair.
 *
 * <p>Where threads queue for a lock, its owner hands it on to the first, or wakes that one alone. If the first is a virtual thread and
 * user code holds every carrier, it does not run, and a platform thread behind it, which could, waits for as long as that user code
 * runs. Here a thread that does not get the lock just tries again, so the lock is never meant for a thread that does not run.
 */
final class SpinLock {
    private static final AtomicIntegerFieldUpdater<SpinLock> HELD =
            AtomicIntegerFieldUpdater.newUpdater(SpinLock.class, "held");

    /** How often to try before others on this carrier or processor are let run: more than the lines take. */
    private static final int SPINS = 100;

    /** How often to try before it sleeps: the owner is not running, because the machine has too much to do. */
    private static final int YIELDS = 200;

    private static final long NAP = 50_000L;

    /** 1 while a thread has it. */
    private volatile int held;

    @SuppressWarnings("ThreadPriorityCheck") // it does not rely on the scheduler: it naps if that does not help
    void lock() {
        StackRoom.require(); // whoever has the lock must come to its unlock()
        for (int tries = 0; !tryLock(); tries++) {
            if (tries < SPINS) {
                Thread.onSpinWait();
            } else if (tries < YIELDS || tries % 2 == 0) { // a thread that is interrupted cannot nap
                Thread.yield();
            } else {
                JdkPark.parkNanos(NAP);
            }
        }
    }

    boolean tryLock() {
        return held == 0 && HELD.compareAndSet(this, 0, 1);
    }

    /** The thread that has it. */
    void unlock() {
        held = 0;
    }
}
