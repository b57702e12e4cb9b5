package dev.vloop.vthreads;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Opens task scopes of one kind: structured, which are {@code StructuredTaskScope}s of the running JDK, or plain.
 *
 * <p>The system property {@code vloop.scopes} says which: {@code structured}, {@code plain}, or {@code auto}, the
 * default, which is structured if the JDK's API is one that we know and passes a self-test, else plain. When plain was
 * asked for, nothing of the preview API is as much as looked up.
 */
final class TaskScopes {
    /** The system property that chooses. */
    static final String PROPERTY = "vloop.scopes";

    /** What can be asked for. */
    enum Kind {
        /** Structured if it can be had, else plain. */
        AUTO,
        /** Structured, or an error. */
        STRUCTURED,
        /** Plain. */
        PLAIN;

        /**
         * {@return the kind that a value of the property stands for}
         *
         * @param value the value, null if the property is not set
         * @throws IllegalArgumentException if it stands for none
         */
        static Kind parse(@Nullable String value) {
            if (value == null) {
                return AUTO;
            }
            return switch (value) {
                case "auto" -> AUTO;
                case "structured" -> STRUCTURED;
                case "plain" -> PLAIN;
                default ->
                    throw new IllegalArgumentException("system property " + PROPERTY
                            + " must be auto, structured or plain, but is '" + value + "'");
            };
        }
    }

    /** Finds out whether structured scopes can be had. */
    interface Probe {
        /** {@return why not, or null if they can} */
        @Nullable
        String whyNot();
    }

    /** Not {@code synchronized}: a virtual thread of JDK 21 that waits for the self-test would hold its carrier. */
    private static final ReentrantLock LOCK = new ReentrantLock();

    /** Written once, under the lock. */
    private static volatile @Nullable TaskScopes shared;

    private final boolean structured;
    private final String description;

    private TaskScopes(boolean structured, String description) {
        this.structured = structured;
        this.description = description;
    }

    /**
     * {@return the scopes that the system property asks for} They are chosen at the first call, which may take some
     * milliseconds and waits for real; make it where a runtime is created, not in one of its threads.
     *
     * @throws IllegalArgumentException if the property has a wrong value
     * @throws IllegalStateException if it asks for structured scopes, and there are none
     */
    static TaskScopes shared() {
        TaskScopes chosen = shared;
        if (chosen != null) {
            return chosen;
        }
        LOCK.lock();
        try {
            chosen = shared;
            if (chosen == null) {
                shared = chosen = of(Kind.parse(System.getProperty(PROPERTY)));
            }
            return chosen;
        } finally {
            LOCK.unlock();
        }
    }

    /**
     * {@return scopes of a kind}
     *
     * @param kind the kind
     * @throws IllegalStateException if it is structured, and there are none
     */
    static TaskScopes of(Kind kind) {
        return choose(kind, new ScopeSelfTest());
    }

    /**
     * {@return scopes of a kind}
     *
     * @param kind the kind
     * @param probe asked only when the kind leaves room for structured scopes
     * @throws IllegalStateException if the kind is structured, and the probe says that there are none
     */
    static TaskScopes choose(Kind kind, Probe probe) {
        if (requireNonNull(kind, "kind") == Kind.PLAIN) {
            return new TaskScopes(false, "plain (asked for by -D" + PROPERTY + "=plain)");
        }
        String whyNot = probe.whyNot();
        if (whyNot == null) {
            // The first + of a program takes milliseconds, and this is on the way to its first loop.
            String jdk = Integer.toString(Runtime.version().feature());
            return new TaskScopes(
                    true, "structured (StructuredTaskScope of JDK ".concat(jdk).concat(")"));
        }
        if (kind == Kind.STRUCTURED) {
            throw new IllegalStateException(
                    "-D" + PROPERTY + "=structured, but there are no structured scopes: " + whyNot);
        }
        return new TaskScopes(false, "plain (" + whyNot + ")");
    }

    /**
     * Opens a scope that the current thread owns.
     *
     * @param name its name in thread dumps and messages
     * @param factory makes the threads of its tasks, on the owner, within fork; a thread must run what it is given
     */
    TaskScope open(String name, ThreadFactory factory) {
        return structured ? new StructuredScope(name, factory) : new PlainScope(name, factory);
    }

    /** {@return which kind this is, and why, for logs and diagnostics: "structured (...)" or "plain (...)"} */
    String description() {
        return description;
    }

    @Override
    public String toString() {
        return description;
    }
}
