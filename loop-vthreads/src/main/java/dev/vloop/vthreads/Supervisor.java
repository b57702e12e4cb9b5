package dev.vloop.vthreads;

import dev.vloop.LoopEnd;
import dev.vloop.spi.Host;
import dev.vloop.vthreads.scopes.ScopeThreads;
import dev.vloop.vthreads.scopes.TaskScope;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Owns the scope of a runtime's runs. Only a scope's owner may fork in it, so others hand their runs to this one's thread.
 *
 * <p>The thread starts with the first run and ends when the runtime is closed. No user code runs on it, and nothing that a loop does can end
 * it: a run keeps its exceptions ({@link Run#run}), the scope does not cancel, and an interrupt is ignored.
 */
final class Supervisor implements Runnable {
    /**
     * How long to wait before the kind of scopes is logged, in nanoseconds. A JVM's first log searches the class path. At once, it would cost
     * a program 8 % more CPU time until its first loop's first iteration (whole JVM, JDK 25, median of 50 pairs).
     */
    private static final long QUIET = 1_000_000_000L;

    private final VirtualLoopRuntime runtime;
    private final Host host;

    /** Makes the threads of the runs. */
    private final ScopeThreads threads;

    /** Runs that are to be launched. Added to by any thread, which then unparks the supervisor. */
    private final ConcurrentLinkedQueue<Run> requests = new ConcurrentLinkedQueue<>();

    /** Null before the first run. Written once, by the thread that starts it; read by any thread. */
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

    /** Any thread. The run begins on a thread of its own. */
    void launch(Run run) {
        requests.add(run);
        Thread running = thread.get();
        if (running == null) {
            startOnce();
        } else {
            host.unpark(running);
        }
    }

    private void startOnce() {
        Thread made = host.newThread(runtime.name(), this);
        Thread other = thread.compareAndExchange(null, made);
        if (other == null) {
            made.start();
        } else { // another thread was faster
            host.abandon(made);
            host.unpark(other);
        }
    }

    @Override
    public void run() {
        TaskScope scope = open();
        long logAt = host == SystemHost.SHARED ? host.nanoTime() + QUIET : 0;
        boolean logged = false;
        try {
            while (true) {
                Run run = requests.poll();
                if (run != null) {
                    fork(scope, run);
                } else if (!logged && (ending || host.nanoTime() >= logAt)) {
                    logScopes();
                    logged = true;
                } else if (ending) {
                    return;
                } else {
                    host.park(logged ? Host.NEVER : logAt);
                }
                Thread.interrupted();
            }
        } finally {
            scope.close();
            ended = true;
            Waiters.wake(host, closers);
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
            runtime.scopes().logOnce((level, message) -> Log.log(level, message, null));
        } catch (Throwable e) {
            // there are none, which open() has logged already: loops run in a plain scope
        }
    }

    private void fork(TaskScope scope, Run run) {
        try {
            threads.fork(scope, run.name(), run);
        } catch (Throwable e) { // there is no thread for it: this run fails, the others go on
            Log.broken("loop '" + run.loop().name() + "' cannot begin", e);
            runtime.registry().runEnded(run, new LoopEnd.Failed(0, e));
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
