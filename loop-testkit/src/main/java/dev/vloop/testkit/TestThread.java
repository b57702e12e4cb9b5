package dev.vloop.testkit;

import dev.vloop.testkit.engine.TestWatch;
import dev.vloop.testkit.engine.VirtualHost;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lends the role of the test's thread to other threads, because JUnit may run a method with a time limit on a thread of its own. The
 * role is lent for the length of a method. The borrower gives it back, not JUnit: after the limit JUnit goes on, while the method may
 * still be running.
 */
final class TestThread {
    private final VirtualHost host;
    private final TestWatch watch;

    /** For how long a thread waits for the role while another one has it. */
    private final Duration patience;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition returned = lock.newCondition();

    /** The thread that has the role now, null if nobody has borrowed it. Guarded by the lock. */
    private @Nullable Thread borrower;

    TestThread(VirtualHost host, TestWatch watch, Duration patience) {
        this.host = host;
        this.watch = watch;
        this.patience = patience;
    }

    /** Part of a test. */
    interface Part<T extends @Nullable Object, X extends Throwable> {
        T proceed() throws X;
    }

    /**
     * Runs a part of the test on the calling thread, which is the test's thread meanwhile.
     *
     * @param dynamic whether it is a dynamic test, of which others may run at the same time
     * @throws LoopTestError if another thread runs a part and does not end within the patience
     */
    <T extends @Nullable Object, X extends Throwable> T run(Part<T, X> part, boolean dynamic)
            throws X, InterruptedException {
        Thread lender = borrow(dynamic);
        if (lender == null) {
            return part.proceed();
        }
        try {
            return part.proceed();
        } finally {
            giveBackTo(lender);
        }
    }

    /** {@return the thread that had the role, null if the calling thread had it already} */
    private @Nullable Thread borrow(boolean dynamic) throws InterruptedException {
        Thread me = Thread.currentThread();
        lock.lock();
        try {
            long left = patience.toNanos();
            while (borrower != null && borrower != me) {
                if (left <= 0 && dynamic) {
                    throw new LoopTestError(FindingText.besideAnother(borrower), null);
                }
                if (left <= 0) {
                    watch.stop(); // nobody will end this test: the watch must not look at what the thread does
                    // afterwards
                    throw new LoopTestError(FindingText.afterTimeLimit(borrower), null);
                }
                left = returned.awaitNanos(left);
            }
            Thread lender = host.testThread();
            if (lender == me && (borrower == me || !dynamic)) {
                return null; // a dynamic test on the lender's own thread takes the role too, so that another one waits
                // for it
            }
            host.bindTest(me);
            borrower = me;
            return lender;
        } finally {
            lock.unlock();
        }
    }

    private void giveBackTo(Thread lender) {
        lock.lock();
        try {
            host.bindTest(lender);
            borrower = null;
            returned.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
