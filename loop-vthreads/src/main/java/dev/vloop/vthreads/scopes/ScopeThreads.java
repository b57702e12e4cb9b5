package dev.vloop.vthreads.scopes;

import dev.vloop.spi.Host;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/** Makes the threads of a scope, each with a name of its own. Used by the scope's owner. */
public final class ScopeThreads implements ThreadFactory {
    private final Host host;

    /** The name of the thread that is made next. */
    private String nextName = "";

    /** The thread that was made last, while the scope may not have started it. */
    private @Nullable Thread unstarted;

    /**
     * Makes threads of a host.
     *
     * @param host the runtime's
     */
    public ScopeThreads(Host host) {
        this.host = host;
    }

    @Override
    public Thread newThread(Runnable body) {
        Thread made = host.newThread(nextName, body);
        unstarted = made;
        return made;
    }

    /**
     * Forks a thread with a name. If this throws, the task does not run, and no thread is left behind.
     *
     * @param scope where; its factory is this
     * @param name of the thread
     * @param task what it runs
     */
    public void fork(TaskScope scope, String name, Runnable task) {
        nextName = name;
        boolean forked = false;
        try {
            scope.fork(task);
            forked = true;
        } finally {
            if (!forked && unstarted != null) {
                host.abandon(unstarted);
            }
            unstarted = null;
        }
    }
}
