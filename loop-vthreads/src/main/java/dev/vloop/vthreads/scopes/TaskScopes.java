package dev.vloop.vthreads.scopes;

import static java.util.Objects.requireNonNull;

import dev.vloop.vthreads.timer.JdkPark;
import java.lang.System.Logger.Level;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens task scopes of one kind: structured, which are {@code StructuredTaskScope}s of the running JDK, or plain.
 *
 * <p>The system property {@code vloop.scopes} says which: {@code structured}, {@code plain}, or {@code auto}, the
 * default, which is structured if the JDK's API has a known shape and passes a probe, else plain. When plain was asked for,
 * the preview API is not even looked up.
 */
public final class TaskScopes {
    /** The system property that chooses. */
    static final String PROPERTY = "vloop.scopes";

    /** How long a thread that waits for the choice sleeps between two looks. */
    private static final long POLL = 50_000L;

    /** Whether a thread is choosing. Not a lock: a platform thread could queue behind a virtual one, which may get no carrier. */
    private static final AtomicBoolean CHOOSING = new AtomicBoolean();

    /** Written once, by the thread that has chosen. */
    private static volatile @Nullable TaskScopes shared;

    /** The kind: structured or plain. */
    private final boolean structured;

    /** Whether this kind was asked for, or is what {@code auto} should find. If not, the log says so at a higher level. */
    private final boolean expected;

    /** The kind and why, as {@link #description} returns it. */
    private final String description;

    /** Whether {@link #logOnce} was called. */
    private final AtomicBoolean logged = new AtomicBoolean();

    private TaskScopes(boolean structured, boolean expected, String description) {
        this.structured = structured;
        this.expected = expected;
        this.description = description;
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
     * {@return the scopes that the system property asks for} They are chosen at the first call, which may take some milliseconds and waits
     * in real time. With a host other than the real machine, make that call where the runtime is created, not in one of its threads.
     *
     * @throws IllegalArgumentException if the property has a wrong value
     * @throws IllegalStateException if it asks for structured scopes, and there are none
     */
    public static TaskScopes shared() {
        TaskScopes chosen = shared;
        while (chosen == null) {
            if (CHOOSING.compareAndSet(false, true)) {
                chosen = chooseOnce();
            } else {
                JdkPark.parkTrusting(POLL);
                chosen = shared;
            }
        }
        return chosen;
    }

    /** The one thread that is choosing. */
    private static TaskScopes chooseOnce() {
        try {
            TaskScopes chosen = shared;
            if (chosen == null) {
                shared = chosen = of(System.getProperty(PROPERTY, "auto"));
            }
            return chosen;
        } finally {
            CHOOSING.set(false); // if it has thrown, the next one tries
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
        return choose(kind, ScopeProbe::whyNot);
    }

    /**
     * {@return scopes of a kind}
     *
     * @param kind a value of the property
     * @param whyNot says why there are no structured scopes, or null if there are; not called if the kind is plain
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
