package dev.vloop.testkit.engine;

import dev.vloop.spi.Host;
import dev.vloop.testkit.engine.ThreadReport.Doing;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A thread of the test in the exact engine. It runs on the carrier, as all that touches it does, but for what is said.
 */
final class ExactNode {
    final long order;
    private final Thread thread;

    /** What continues the thread; there is one per thread. */
    private @Nullable Runnable task;

    Doing doing = Doing.RUNNING;
    long deadline = Host.NEVER;

    /** The permit of {@link Host#unpark}. Any thread sets it. */
    volatile boolean permit;

    /** Whether the thread has yet to begin, or to be forgotten. Any thread. */
    volatile boolean unstarted;

    /** Whether it is ready, and in the queue. */
    boolean queued;

    /** Whether it is blocked, and not in a wait of the host. */
    boolean elsewhere;

    /** The end of the JDK's timed wait in which it is, null if it is in none or nobody knows. */
    @Nullable
    RealTimer realTimer;

    /** Whether the JDK has ended that wait before its turn came. */
    boolean timedOut;

    /** Whether virtual time stands still while it is in a timed wait. */
    boolean holdsTime;

    ExactNode(long order, Thread thread, boolean unstarted) {
        this.order = order;
        this.thread = thread;
        this.unstarted = unstarted;
    }

    Thread thread() {
        return thread;
    }

    Runnable task() {
        return Objects.requireNonNull(task);
    }

    void task(Runnable continues) {
        task = continues;
    }

    /** A picture, on any thread: what it reads may be a little old. */
    ThreadReport report() {
        Doing does = thread.getState() == Thread.State.NEW
                ? Doing.NEW
                : doing == Doing.RUNNING && queued ? Doing.READY : doing;
        return new ThreadReport(thread, does, deadline, List.of(thread.getStackTrace()));
    }
}
