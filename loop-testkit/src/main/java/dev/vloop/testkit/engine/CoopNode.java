package dev.vloop.testkit.engine;

import dev.vloop.spi.Host;
import dev.vloop.testkit.engine.ThreadReport.Doing;
import java.util.List;
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

    private final Turn turn = new Turn();

    /**
     * Who will probably have the baton after this one; from the choice of this one until it is granted. Written under
     * the lock; who chose it reads and clears it.
     */
    @Nullable
    CoopNode follower;

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

    /**
     * Gives it the baton, and calls its follower, unless that is the current thread: on a single core it would look for
     * its turn while the other waits for the core. By the thread that chose it, or when the test is over.
     */
    void grant() {
        CoopNode next = follower;
        follower = null; // it is this one's from the next line on
        turn.grant(thread());
        if (next != null && next.thread() != Thread.currentThread()) {
            next.turn.callAhead(next.thread());
        }
    }

    boolean isGranted() {
        return turn.isGranted();
    }

    /** Waits for the baton. The current thread is this one. */
    void awaitGrant(Runnable pause) {
        turn.await(pause);
    }

    /** A picture for reports, not under the lock. */
    ThreadReport report() {
        Thread of = thread();
        Doing does = of.getState() == Thread.State.NEW ? Doing.NEW : doing;
        return new ThreadReport(of, does, deadline, List.of(of.getStackTrace()));
    }
}
