package dev.vloop.vthreads;

import dev.vloop.LoopEnd;
import dev.vloop.spi.Host;
import dev.vloop.vthreads.scopes.ScopeThreads;
import dev.vloop.vthreads.scopes.TaskScope;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Owns the scope in which a runtime's loops are forked. Only the owner may fork, so others hand it what is to run. */
final class Supervisor implements Runnable {
    /*
     * Its thread starts with the first loop and ends when the runtime is closed, long after it has last done anything. No user
     * code runs on it, and nothing that a loop does can end it: tasks keep their exceptions (Run.run), the scope does not
     * cancel, and an interrupt is ignored.
     */

    /** A JVM's first log searches the class path, which would keep its first loop from loading classes: it comes later. */
    private static final long QUIET = 1_000_000_000L;

    private final VirtualLoopRuntime runtime;
    private final Host host;
    private final ScopeThreads threads;
    private final ConcurrentLinkedQueue<Run> requests = new ConcurrentLinkedQueue<>();

    /** Written once, under this object's lock; read by any thread. */
    private volatile @Nullable Thread thread;

    private volatile boolean shutting;
    private volatile boolean gone;
    private final List<Thread> shutters = new CopyOnWriteArrayList<>();

    Supervisor(VirtualLoopRuntime runtime) {
        this.runtime = runtime;
        this.host = runtime.host();
        this.threads = new ScopeThreads(host);
    }

    /** Any thread. The run begins on a thread of its own. */
    void launch(Run run) {
        requests.add(run);
        Thread running = thread;
        if (running == null) {
            startOnce();
        } else {
            host.unpark(running);
        }
    }

    private synchronized void startOnce() {
        Thread running = thread;
        if (running == null) {
            running = host.newThread(runtime.name(), this);
            thread = running;
            running.start();
        } else {
            host.unpark(running);
        }
    }

    @Override
    public void run() {
        TaskScope scope = open();
        long tellAt = host == SystemHost.SHARED ? host.nanoTime() + QUIET : 0;
        boolean told = false;
        try {
            while (true) {
                Run run = requests.poll();
                if (run != null) {
                    fork(scope, run);
                } else if (!told && (shutting || host.nanoTime() >= tellAt)) {
                    tellOfScopes();
                    told = true;
                } else if (shutting) {
                    return;
                } else {
                    host.park(told ? Host.NEVER : tellAt);
                }
                Thread.interrupted();
            }
        } finally {
            scope.close();
            gone = true;
            Waiters.wake(host, shutters);
        }
    }

    private TaskScope open() {
        try {
            return runtime.scopes().open(runtime.name(), threads);
        } catch (Throwable e) { // loops are to run all the same
            Log.broken("no scope can be opened for " + runtime + ", it goes on with a plain one", e);
            return new TaskScope(runtime.name(), threads);
        }
    }

    private void tellOfScopes() {
        try {
            runtime.scopes().logOnce((level, message) -> Log.log(level, message, null));
        } catch (Throwable e) {
            // none could be chosen, as open() has told: the loops go on in a plain scope
        }
    }

    private void fork(TaskScope scope, Run run) {
        try {
            threads.fork(scope, run.name(), run);
        } catch (Throwable e) { // no thread could be had: that run fails, the others go on
            Log.broken("loop '" + run.loop().name() + "' cannot begin", e);
            runtime.runEnds(run, new LoopEnd.Failed(0, e));
        }
    }

    /** Any thread, when no run goes on and none can begin. Ends the supervisor's thread. */
    void shut() {
        Thread running = thread;
        if (running == null) {
            return;
        }
        shutters.add(Thread.currentThread());
        shutting = true;
        host.unpark(running);
        boolean interrupted = false;
        while (!gone) {
            host.park(Host.NEVER);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
