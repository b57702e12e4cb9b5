package dev.vloop.vthreads;

import java.util.concurrent.locks.ReentrantLock;

/** What a run has done so far, for a run whose iterations may overlap: written by several threads, one after the other. */
final class SharedProgress extends Progress {
    private final ReentrantLock lock = new ReentrantLock();

    /** Failures since the last success, those included that have not been told of yet. Guarded by the lock. */
    private int numbered;

    @Override
    void begin() {
        lock.lock();
        super.begin();
    }

    @Override
    void commit() {
        super.commit();
        lock.unlock();
    }

    @Override
    int nextFailureInARow() {
        lock.lock();
        try {
            return ++numbered;
        } finally {
            lock.unlock();
        }
    }

    @Override
    void iterationEnds(long nano, boolean success) {
        lock.lock();
        try {
            if (success) {
                numbered = 0;
            }
            super.iterationEnds(nano, success);
        } finally {
            lock.unlock();
        }
    }
}
