package dev.vloop.vthreads;

/**
 * A container of threads: what the engine needs of a structured task scope, and no more. It knows nothing of failures,
 * results, timeouts and interrupts of its tasks; that is the engine's policy.
 *
 * <p>The thread that opened a scope owns it: it alone forks and closes, and it closes an inner scope before an outer
 * one. What {@link TaskScopes} opens behaves alike on every JDK; only the view in thread dumps and the inheritance of
 * scoped values depend on the kind.
 */
interface TaskScope {
    /**
     * Starts a thread of the scope's factory that runs the task. The scope keeps neither once the task has ended, so it
     * may stay open for as many forks as it likes. What the task throws goes to its thread's uncaught exception
     * handler, and touches no other task.
     *
     * <p>If the factory throws or the thread cannot be started, this throws as well: then the task does not run, and
     * the scope is as it was before. What a factory has counted when it made the thread is the caller's to take back.
     *
     * @param task what to run; it may fork in scopes that it opens itself, not in this one
     * @throws IllegalStateException if the current thread is not the owner, or the scope is closed
     */
    void fork(Runnable task);

    /**
     * Waits until every task has ended, then ends the scope. It never interrupts a task. An interrupt of the owner
     * neither shortens nor fails this, and is still set when it returns.
     *
     * <p>The wait is a real one, unknown to the clock of the engine's host: the engine first waits by its host until
     * the tasks' work is done, so that what is left here are the last instructions of their threads. Closing again
     * does nothing.
     *
     * @throws IllegalStateException if the current thread is not the owner
     */
    void close();
}
