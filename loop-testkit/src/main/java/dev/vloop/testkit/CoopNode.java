package dev.vloop.testkit;

import dev.vloop.spi.Host;
import dev.vloop.testkit.ThreadReport.Doing;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A thread of the test in the cooperative engine. The baton's lock guards the fields that say nothing else. */
final class CoopNode {
    /** The rank by creation. */
    final long order;

    /** Written before the thread is started; the test's node changes its thread while that one does not wait. */
    private volatile @Nullable Thread thread;

    Doing doing;
    long deadline = Host.NEVER;

    @Nullable
    VirtualTimer timer;

    /** The permit of {@link Host#unpark}. */
    boolean permit;

    /** Set by whoever hands the baton over, cleared by the thread itself. */
    private volatile boolean granted;

    /** Called when the thread is interrupted while it waits for the baton. */
    private final Consumer<CoopNode> interrupted;

    /** The thread's own; made when it first waits. */
    private @Nullable InterruptHook hook;

    CoopNode(long order, Doing doing, Consumer<CoopNode> interrupted) {
        this.order = order;
        this.doing = doing;
        this.interrupted = interrupted;
    }

    void bind(Thread toThread) {
        thread = toThread;
    }

    Thread thread() {
        Thread bound = thread;
        if (bound == null) {
            throw new IllegalStateException("a node without its thread");
        }
        return bound;
    }

    /** Begins a wait of the current thread, which is this one: from here on an interrupt is reported at once. */
    void beginWait() {
        if (hook == null || !hook.isOpen()) {
            hook = new InterruptHook(() -> interrupted.accept(this));
        }
        hook.enter();
    }

    void endWait() {
        if (hook != null) {
            hook.leave();
        }
    }

    /** Gives it the baton. Any thread. */
    void grant() {
        granted = true;
        LockSupport.unpark(thread());
    }

    boolean isGranted() {
        return granted;
    }

    /**
     * Waits for the baton, pausing as told; the interrupt flag is afterwards as an interrupt left it. The current
     * thread is this one.
     */
    void awaitGrant(Runnable pause) {
        boolean flag = false;
        try {
            while (!granted) {
                pause.run();
                flag |= Thread.interrupted(); // else the pause would not pause
            }
            granted = false;
        } finally {
            if (flag) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A picture for reports, not under the lock. */
    ThreadReport report() {
        Thread of = thread();
        Doing does = of.getState() == Thread.State.NEW ? Doing.NEW : doing;
        return new ThreadReport(of, does, deadline, List.of(of.getStackTrace()));
    }
}
