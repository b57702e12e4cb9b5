package dev.vloop.vthreads;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;

/**
 * A scope on final APIs alone: a count and the factory. Its threads have no group of their own in thread dumps and
 * inherit no scoped values. Its close returns when the tasks are over, perhaps some instructions before their threads
 * are: {@code Thread.join} is slow on virtual threads from JDK 27 on, and nobody could tell.
 */
final class PlainScope extends OwnedScope {
    private final ThreadFactory factory;

    PlainScope(String name, ThreadFactory factory) {
        super(name);
        this.factory = requireNonNull(factory, "factory");
    }

    @Override
    void start(ForkedTask task) {
        Thread thread = factory.newThread(task);
        if (thread == null) {
            throw new RejectedExecutionException("the thread factory of " + this + " made no thread");
        }
        thread.start();
    }

    @Override
    boolean end() {
        return false;
    }
}
