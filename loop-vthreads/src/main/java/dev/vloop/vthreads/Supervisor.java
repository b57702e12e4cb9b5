package dev.vloop.vthreads;

import dev.vloop.LoopEnd;
import dev.vloop.spi.Host;
import dev.vloop.vthreads.scopes.ScopeThreads;
import dev.vloop.vthreads.scopes.TaskScope;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Owns the scope of a runtime's runs. Only the owner of a scope may fork in it, so all other threads hand their runs to this thread.
 *
 * <p>The thread starts with the first run and ends when the runtime is closed. No user code runs on it, and nothing that a loop does
 * can end it: a run keeps its exceptions ({@link Run#run}), the scope does not cancel, and an interrupt is ignored.
 */
final class Supervisor implements Runnable {
    /**
     * How long to wait before the kind of scopes is logged, in nanoseconds. A JVM's first log searches the class path. Without the wait,
     * a program needs 8 % more CPU time until its first loop's first iteration (whole JVM, JDK 25, median of 50 pairs).
     */
    private static final long QUIET = 1_000_000_000L;

    private final VirtualLoopRuntime runtime;
    private final Host host;

    /** How soon it tries again to get a thread that tells the listeners, in nanoseconds. */
    private static final long RETRY = 1_000_000_000L;

    /** When the log says which scopes there are; {@link Host#NEVER} once it has. The supervisor's thread only. */
    private long logAt;

    /** Makes the threads of the runs. */
    private final ScopeThreads threads;

    /** Runs that are to be launched. Added to by any thread, which then unparks the supervisor. */
    private final ConcurrentLinkedQueue<Run> requests = new ConcurrentLinkedQueue<>();

    /** Ends of runs that got no thread, which listeners have not heard of. The supervisor's thread only. */
    private final ArrayDeque<Runnable> untold = new ArrayDeque<>();

    /** Where it forks once the JDK's scope refuses; null until then. The supervisor's thread only. */
    private @Nullable TaskScope plain;

    /** Null before the first run, and when it could not be started or has died. Written by the thread that starts it; read by any. */
    private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

    /** Whether the thread is to end. Written by those who close. */
    private volatile boolean ending;

    /** Whether the thread is about to end. Written by it. */
    private volatile boolean ended;

    /** Who waits for the thread's end. */
    private final Collection<Thread> closers = new ConcurrentLinkedQueue<>();

    Supervisor(VirtualLoopRuntime runtime) {
        this.runtime = runtime;
        this.host = runtime.host();
        this.threads = new ScopeThreads(host);
    }

    /** Any thread. The run begins on a thread of its own. If this throws, it does not. */
    void launch(Run run) {
        requests.add(run);
        try {
            Thread running = thread.get();
            if (running == null) {
                startOnce(run);
            } else {
                host.unpark(running);
            }
        } catch (Throwable e) {
            if (requests.remove(run)) {
                throw e;
            }
            // the supervisor has it already
        }
    }

    private void startOnce(Run run) {
        Thread made = host.newThread(runtime.name(), this);
        Thread other = thread.compareAndExchange(null, made);
        if (other != null) { // another thread was faster
            host.abandon(made);
            host.unpark(other);
            return;
        }
        try {
            made.start();
        } catch (Throwable e) {
            thread.compareAndSet(made, null); // the next run tries again
            host.abandon(made);
            failOthers(run, e);
            throw e;
        }
    }

    /** Ends runs of other threads that have relied on the thread that could not be started: they get no thread either. */
    private void failOthers(Run own, Throwable e) {
        for (Run run : requests) {
            if (run != own && requests.remove(run)) {
                Log.broken(Log.loop(run.loop().name()) + " cannot begin", e);
                runtime.registry().runEnded(run, new LoopEnd.Failed(0, e));
            }
        }
    }

    /**
     * {@return whether the current thread is still the supervisor's} A thread whose start has thrown may run all the same, a moment later.
     */
    private boolean isCurrentThread() {
        return thread.get() == Thread.currentThread();
    }

    private void forgetThread() {
        thread.set(null);
    }

    @Override
    public void run() {
        if (!isCurrentThread()) {
            return;
        }
        boolean done = false;
        try {
            TaskScope scope = openAtLast();
            try {
                superviseUntilEnd(scope);
                done = true;
            } finally {
                close(scope);
            }
        } finally {
            if (!done) {
                forgetThread(); // another is made at the next start
            }
            if (done || ending) {
                ended = true;
                Waiters.wake(host, closers);
            }
        }
    }

    private void superviseUntilEnd(TaskScope scope) {
        logAt = host instanceof SystemHost ? host.nanoTime() + QUIET : 0;
        while (true) {
            try {
                if (supervise(scope)) {
                    return;
                }
            } catch (OutOfMemoryError | LinkageError e) {
                rest();
            }
            Thread.interrupted();
        }
    }

    /** Does one thing, or waits for one to do. {@return whether all is over} */
    private boolean supervise(TaskScope scope) {
        Run run = requests.poll();
        if (run != null) {
            fork(scope, run);
        } else if (logAt != Host.NEVER && (ending || host.nanoTime() >= logAt)) {
            logScopes();
            logAt = Host.NEVER;
        } else if (!untold.isEmpty() && tell(scope)) {
            untold.remove();
        } else if (ending) {
            return true;
        } else {
            long retryAt = untold.isEmpty() ? Host.NEVER : Nanos.plus(host.nanoTime(), RETRY);
            host.park(Math.min(logAt, retryAt));
        }
        return false;
    }

    /**
     * Waits a while, or until there is something to do. There is no memory, or no thread: JDK 21 needs one to read a class from its file on a
     * virtual thread. The runs that go on, and those that will begin, need the supervisor all the same.
     */
    @SuppressWarnings("ThreadPriorityCheck") // the caller looks again
    private void rest() {
        try {
            host.park(Nanos.plus(host.nanoTime(), RETRY));
        } catch (OutOfMemoryError | LinkageError e) {
            Thread.yield();
        }
    }

    private TaskScope openAtLast() {
        while (true) {
            try {
                return open();
            } catch (OutOfMemoryError | LinkageError e) {
                rest();
            }
        }
    }

    private TaskScope open() {
        try {
            return runtime.scopes().open(runtime.name(), threads);
        } catch (Throwable e) { // loops must run all the same
            Log.broken("no scope can be opened for " + runtime + ", it goes on with a plain one", e);
            return new TaskScope(runtime.name(), threads);
        }
    }

    private void logScopes() {
        try {
            runtime.scopes().logOnce((level, message) -> Log.writeShared(level, message, null));
        } catch (Throwable e) {
            // there are none, which open() has logged already: loops run in a plain scope
        }
    }

    /**
     * If the JVM throws an error on this thread, such as one for a carrier that cannot be had, it forgets which scoped values are bound here.
     * From then on the JDK's scope refuses each fork. A plain one does not ask.
     */
    private void forkIn(TaskScope scope, String name, Runnable task) {
        TaskScope spare = plain;
        try {
            threads.fork(spare == null ? scope : spare, name, task);
        } catch (RuntimeException e) {
            if (spare != null || !TaskScope.isStructureViolation(e)) {
                throw e;
            }
            plain = spare = new TaskScope(runtime.name(), threads);
            threads.fork(spare, name, task);
        }
    }

    private void close(TaskScope scope) {
        TaskScope spare = plain;
        plain = null;
        try {
            if (spare != null) {
                spare.close();
            }
        } finally {
            scope.close();
        }
    }

    private void fork(TaskScope scope, Run run) {
        try {
            forkIn(scope, run.name(), run);
        } catch (Throwable e) { // there is no thread for it: this run fails, the others go on
            failed(run, e);
        }
    }

    /** The supervisor's thread: the run got no thread. Its hooks are not called, as there is nothing to call them on. */
    private void failed(Run run, Throwable e) {
        LoopEnd.Failed end = new LoopEnd.Failed(0, e);
        Log.broken(Log.loop(run.loop().name()) + " cannot begin", e);
        runtime.registry().runEnded(run, end);
        if (runtime.events().hasListeners()) {
            untold.add(
                    () -> { // users' code, so not on this thread
                        run.adoptCurrentThread();
                        runtime.events().runEnded(run.loop(), end);
                    });
        }
    }

    /** {@return whether a thread tells the listeners of the oldest end that they have not heard of} */
    private boolean tell(TaskScope scope) {
        try {
            forkIn(scope, runtime.name() + "/ends", untold.element());
            return true;
        } catch (Throwable e) {
            return ending; // there is still no thread; a close does not wait for one
        }
    }

    /** Any thread, when there are no runs and none can begin. Ends the supervisor's thread and waits for that. */
    void end() {
        Thread running = thread.get();
        if (running == null) {
            return;
        }
        closers.add(Thread.currentThread());
        ending = true;
        host.unpark(running);
        boolean interrupted = false;
        while (!ended) {
            host.park(Host.NEVER);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
