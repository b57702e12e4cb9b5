package dev.vloop.vthreads.scopes;

import java.lang.invoke.MethodHandle;
import java.util.concurrent.ThreadFactory;
import java.util.function.UnaryOperator;

/**
 * A scope that uses the running JDK's {@code StructuredTaskScope}. The JDK's methods are looked up when this class is first used. Their
 * handles are constants, so that a call of one costs what a direct call does.
 */
final class StructuredScope extends TaskScope {
    /** The methods that were found. If something is missing, nothing else of this class may be used. */
    static final ScopeShape SHAPE = ScopeShape.ofThisJdk();

    /** Whether a constructor opens a scope, as in JDK 21 to 24. */
    private static final boolean IS_CLASS = SHAPE.configuredBy == null;

    private static final MethodHandle JOINER = SHAPE.joiner;
    private static final MethodHandle OPEN = SHAPE.open;
    private static final MethodHandle FORK = SHAPE.fork;
    private static final MethodHandle JOIN = SHAPE.join;
    private static final MethodHandle WITH_NAME = SHAPE.withName;
    private static final MethodHandle WITH_THREAD_FACTORY = SHAPE.withThreadFactory;

    /** The JDK's scope. */
    private final AutoCloseable scope;

    StructuredScope(String name, ThreadFactory factory) {
        super(name, factory);
        UnaryOperator<Object> configure = this::configure; // is a Function, too, which is what JDK 25 asks for
        try {
            scope = (AutoCloseable)
                    (IS_CLASS
                            ? (Object) OPEN.invokeExact((Object) name, (Object) factory)
                            : (Object) OPEN.invokeExact((Object) JOINER.invokeExact(), (Object) configure));
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    @Override
    void start(ForkedTask task) {
        try {
            // The subtask is dropped: from JDK 26 on it holds its thread.
            Object unused = (Object) FORK.invokeExact((Object) scope, (Object) task);
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    /** Joins, as a {@code StructuredTaskScope} must be joined before it is closed; a join that is interrupted counts, too. */
    @Override
    boolean end() {
        boolean interrupted = false;
        try {
            try {
                Object unused = (Object) JOIN.invokeExact((Object) scope);
            } catch (InterruptedException e) {
                interrupted = true;
            } finally {
                scope.close();
            }
        } catch (Throwable t) {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            throw unchecked(t);
        }
        return interrupted;
    }

    /** Sets the name and the thread factory of this scope while it is being opened. */
    private Object configure(Object configuration) {
        try {
            Object named = (Object) WITH_NAME.invokeExact(configuration, (Object) name);
            return (Object) WITH_THREAD_FACTORY.invokeExact(named, (Object) factory);
        } catch (Throwable t) {
            throw unchecked(t);
        }
    }

    private static RuntimeException unchecked(Throwable t) {
        if (t instanceof RuntimeException e) {
            return e;
        }
        if (t instanceof Error e) {
            throw e;
        }
        return new IllegalStateException("StructuredTaskScope threw an unexpected " + t, t);
    }
}
