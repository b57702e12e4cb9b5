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
        Thread chooser = Thread.ofPlatform()
                .daemon()
                .name("vloop-scopes")
                .inheritInheritableThreadLocals(false)
                .unstarted(new ScopesAhead());
        try {
            chooser.start();
        } catch (OutOfMemoryError e) {
            // there is no thread to be had: it is chosen when it is needed
        }
    }

    @Override
    public void run() {
        try {
            TaskScopes.shared();
        } catch (Throwable e) {
            // whoever needs the scopes tries again, and is told
        }
    }
}
