package dev.vloop.vthreads;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Chooses task scopes ahead of their first use, beside the thread that is about to create a program's first runtime: the choice
 * takes as long as all that this thread does until the first loop begins.
 */
final class ScopesAhead implements Runnable {
    private static final AtomicBoolean BEGUN = new AtomicBoolean();

    private ScopesAhead() {}

    /** Begins to choose, once per JVM. Whoever needs the scopes waits for the choice, or makes it. */
    static void choose() {
        if (BEGUN.getAndSet(true)) return;
        Thread.ofPlatform()
                .daemon()
                .name("vloop-scopes")
                .unstarted(new ScopesAhead())
                .start();
    }

    @Override
    public void run() {
        try {
            TaskScopes.shared();
        } catch (RuntimeException e) {
            // whoever creates a runtime is told
        }
    }
}
