package dev.vloop.vthreads.scopes;

import static java.util.Objects.requireNonNull;

import java.lang.System.Logger.Level;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens task scopes of one kind: structured, which are {@code StructuredTaskScope}s of the running JDK, or plain.
 *
 * <p>The system property {@code vloop.scopes} says which: {@code structured}, {@code plain}, or {@code auto}, the
 * default, which is structured if the JDK's API is one that we know and passes a self-test, else plain. When plain was
 * asked for, nothing of the preview API is as much as looked up.
 */
public final class TaskScopes {
    /** The system property that chooses. */
    static final String PROPERTY = "vloop.scopes";

    /** Not {@code synchronized}: a virtual thread of JDK 21 that waits for the self-test would hold its carrier. */
    private static final ReentrantLock LOCK = new ReentrantLock();

    /** Written once, under the lock. */
    private static volatile @Nullable TaskScopes shared;

    private static final AtomicBoolean AHEAD = new AtomicBoolean();

    private final boolean structured;
    /** Whether this is what was asked for, or to be expected. */
    private final boolean expected;

    private final String description;

    /** Whether {@link #logOnce} was called. */
    private final AtomicBoolean logged = new AtomicBoolean();

    private TaskScopes(boolean structured, boolean expected, String description) {
        this.structured = structured;
        this.expected = expected;
        this.description = description;
    }

    /**
     * Begins to choose, once per JVM, beside the thread that is about to create a program's first runtime: the choice takes as long as
     * all that this thread does until the first loop begins. Whoever needs the scopes waits for it, or makes it.
     */
    public static void chooseAhead() {
        if (AHEAD.getAndSet(true)) {
            return;
        }
        Thread chooser = Thread.ofPlatform()
                .daemon()
                .name("vloop-scopes")
                .inheritInheritableThreadLocals(false)
                .unstarted(TaskScopes::tryToChoose);
        try {
            chooser.start();
        } catch (OutOfMemoryError e) {
            // there is no thread to be had: it is chosen when it is needed
        }
    }

    private static void tryToChoose() {
        try {
            shared();
        } catch (Throwable e) {
            // whoever needs the scopes tries again, and is told
        }
    }

    /**
     * Returns if {@link #shared} will not throw; it waits for the choice only where that may fail.
     *
     * @throws IllegalArgumentException as {@code shared}
     * @throws IllegalStateException as {@code shared}
     */
    public static void require() {
        if (!System.getProperty(PROPERTY, "auto").equals("auto")) {
            shared();
        }
    }

    /**
     * {@return the scopes that the system property asks for} They are chosen at the first call, which may take some
     * milliseconds and waits for real: on a host other than the real machine, make it where a runtime is created, not in one
     * of its threads.
     *
     * @throws IllegalArgumentException if the property has a wrong value
     * @throws IllegalStateException if it asks for structured scopes, and there are none
     */
    public static TaskScopes shared() {
        TaskScopes chosen = shared;
        if (chosen != null) {
            return chosen;
        }
        LOCK.lock();
        try {
            chosen = shared;
            if (chosen == null) {
                shared = chosen = of(System.getProperty(PROPERTY, "auto"));
            }
            return chosen;
        } finally {
            LOCK.unlock();
        }
    }

    /**
     * {@return scopes of a kind}
     *
     * @param kind a value of the property
     * @throws IllegalArgumentException if there is no such kind
     * @throws IllegalStateException if it is structured, and there are none
     */
    static TaskScopes of(String kind) {
        return choose(kind, new ScopeProbe());
    }

    /**
     * {@return scopes of a kind}
     *
     * @param kind a value of the property
     * @param whyNot says why there are no structured scopes, or null; asked only when the kind leaves room for them
     * @throws IllegalArgumentException if there is no such kind
     * @throws IllegalStateException if the kind is structured, and there are none
     */
    static TaskScopes choose(String kind, Supplier<@Nullable String> whyNot) {
        if (requireNonNull(kind, "kind").equals("plain")) {
            return new TaskScopes(false, true, "plain (asked for by -D" + PROPERTY + "=plain)");
        }
        boolean insists = kind.equals("structured");
        if (!insists && !kind.equals("auto")) {
            throw new IllegalArgumentException(
                    "system property " + PROPERTY + " must be auto, structured or plain, but is '" + kind + "'");
        }
        String reason = whyNot.get();
        if (reason == null) {
            return new TaskScopes(
                    true,
                    true,
                    "structured (StructuredTaskScope of JDK "
                            + Runtime.version().feature() + ")");
        }
        if (insists) {
            throw new IllegalStateException(
                    "-D" + PROPERTY + "=structured, but there are no structured scopes: " + reason);
        }
        return new TaskScopes(false, false, "plain (" + reason + ")");
    }

    /**
     * Opens a scope that the current thread owns.
     *
     * @param name its name in thread dumps and messages
     * @param factory makes the threads of its tasks, on the owner, within fork; a thread must run what it is given
     */
    public TaskScope open(String name, ThreadFactory factory) {
        return structured ? new StructuredScope(name, factory) : new TaskScope(name, factory);
    }

    /** {@return which kind this is, and why, for logs and diagnostics: "structured (...)" or "plain (...)"} */
    public String description() {
        return description;
    }

    /**
     * Writes to the log which kind these are, at the first call only: so the shared ones are logged once per JVM.
     *
     * @param log takes the level and the message
     */
    public void logOnce(BiConsumer<Level, String> log) {
        if (!logged.getAndSet(true)) {
            log.accept(expected ? Level.DEBUG : Level.INFO, "task scopes are " + description);
        }
    }

    @Override
    public String toString() {
        return description;
    }
}
