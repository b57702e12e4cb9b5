package dev.vloop.testkit.engine;

import dev.vloop.spi.Host;
import dev.vloop.testkit.engine.ThreadReport.Doing;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A thread of the test in the cooperative engine, and its state. The baton's lock guards the fields, except where noted. */
final class CoopNode {
    /** The rank by creation. */
    final long order;

    /**
     * Written before the thread is started. The test's node gets another thread now and then, but not while that thread waits. Any
     * thread reads it.
     */
    private volatile @Nullable Thread thread;

    /** What the thread does. */
    Doing doing;

    /** When its wait ends, or its last one ended. */
    long deadline = Host.NEVER;

    /** The timer of its wait, null if it does not wait or its wait has no deadline. */
    @Nullable
    VirtualTimer timer;

    /** The permit of {@link Host#unpark}. */
    boolean permit;

    /** Any thread may use it. */
    private final Turn turn = new Turn();

    /**
     * The thread that will probably have the baton after this one, null if that cannot be told. Written under the lock when this
     * thread is chosen; then it belongs to the thread that chose it, until that thread grants this one the baton.
     */
    @Nullable
    CoopNode follower;

    /** Called when the thread is interrupted while it waits for the baton. */
    private final Consumer<CoopNode> interrupted;

    /** Made when the thread first waits. Confined to the thread. */
    private @Nullable InterruptHook hook;

    CoopNode(long order, Doing doing, Consumer<CoopNode> interrupted) {
        this.order = order;
        this.doing = doing;
        this.interrupted = interrupted;
    }

    void bind(Thread toThread) {
        thread = toThread;
    }

    /** {@return the thread} Any thread may call it. */
    Thread thread() {
        Thread bound = thread;
        if (bound == null) {
            throw new IllegalStateException("a node without its thread");
        }
        return bound;
    }

    /** The thread, which calls this itself, begins a wait: from now on an interrupt is reported at once. */
    void beginWait() {
        if (hook == null || !hook.isOpen()) {
            hook = new InterruptHook(() -> interrupted.accept(this));
        }
        hook.enter();
    }

    /** The thread, which calls this itself, has ended its wait. */
    void endWait() {
        if (hook != null) {
            hook.leave();
        }
    }

    /**
     * Gives it the baton, and calls its follower ahead. The follower is not called if it is the current thread: on a single core it
     * would look for its turn while the other one waits for the core. Called by the thread that chose this one, or when the test is
     * over.
     */
    void grant() {
        CoopNode next = follower;
        follower = null; // from the next line on the other thread runs, and may write this field again
        turn.grant(thread());
        if (next != null && next.thread() != Thread.currentThread()) {
            next.turn.callAhead(next.thread());
        }
    }

    /** Any thread may call it. */
    boolean isGranted() {
        return turn.isGranted();
    }

    /** The thread, which calls this itself, waits for the baton. */
    void awaitGrant(Runnable pause) {
        turn.await(pause);
    }

    /** {@return its state for reports} Any thread may call it, without the lock. What it reads may be a little old. */
    ThreadReport report() {
        Thread of = thread();
        Doing does = of.getState() == Thread.State.NEW ? Doing.NEW : doing;
        return new ThreadReport(of, does, deadline, List.of(of.getStackTrace()));
    }
}
