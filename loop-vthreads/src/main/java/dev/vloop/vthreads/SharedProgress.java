package dev.vloop.vthreads;

import java.util.concurrent.locks.ReentrantLock;

/** The progress of a run whose iterations may overlap. Several threads write it, each holding a lock from begin to end of a write. */
final class SharedProgress extends Progress {
    private final ReentrantLock lock = new ReentrantLock();

    /** Failures since the last success, also those that {@link #failed} was not called for yet. Guarded by the lock. */
    private int numbered;

    @Override
    void beginWrite() {
        lock.lock();
        super.beginWrite();
    }

    @Override
    void endWrite() {
        super.endWrite();
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
    void startSucceeds() {
        lock.lock();
        try {
            numbered = 0;
            super.startSucceeds();
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
