package dev.vloop.testkit;

import dev.vloop.testkit.engine.Frames;
import dev.vloop.testkit.engine.VirtualHost;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lends the part of the test's thread to others: JUnit runs a method with a time limit on a thread of its own, if it is
 * told so. The thread is lent for the length of a method, and it is the borrower that gives it back: after the limit
 * JUnit goes on while the method may still be at it.
 */
final class TestThread {
    private final VirtualHost host;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition returned = lock.newCondition();

    /** Guarded by the lock. */
    private @Nullable Thread borrower;

    TestThread(VirtualHost host, Duration patience) {
        this.host = host;
        this.patience = patience;
    }

    /** Part of a test. */
    interface Part<T extends @Nullable Object, X extends Throwable> {
        T proceed() throws X;
    }

    /**
     * Does a part of the test on the calling thread, which is the test's meanwhile.
     *
     * @throws LoopTestError if another thread does a part, and does not end for a while
     */
    <T extends @Nullable Object, X extends Throwable> T run(Part<T, X> part) throws X, InterruptedException {
        Thread lender = borrow();
        if (lender == null) {
            return part.proceed();
        }
        try {
            return part.proceed();
        } finally {
            giveBackTo(lender);
        }
    }

    /** {@return whose part it was, null if it was the calling thread's already} */
    private @Nullable Thread borrow() throws InterruptedException {
        Thread me = Thread.currentThread();
        lock.lock();
        try {
            long left = patience.toNanos();
            while (borrower != null && borrower != me) {
                if (left <= 0) {
                    throw notReturned(borrower);
                }
                left = returned.awaitNanos(left);
            }
            Thread lender = host.testThread();
            if (lender == me) {
                return null;
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

    private static LoopTestError notReturned(Thread borrower) {
        List<StackTraceElement> stack = List.of(borrower.getStackTrace());
        StringBuilder text = new StringBuilder("the test goes on after its time limit: its thread '")
                .append(borrower.getName())
                .append("' is in ")
                .append(Frames.place(stack))
                .append(
                        "; its loops are left as they are\n  mend: let it and the bodies of loops heed interrupts; it is in");
        stack.forEach(frame -> text.append("\n        at ").append(frame));
        return new LoopTestError(text.toString(), null);
    }
}
