package dev.vloop.vthreads.scopes;

import java.lang.invoke.MethodHandle;
import java.util.concurrent.ThreadFactory;
import java.util.function.UnaryOperator;

/**
 * A scope that is the running JDK's {@code StructuredTaskScope}. This class is initialized, and the JDK's methods
 * looked up, when the first of them is opened or asked for; the handles are constants, so that a call costs what a
 * direct one does.
 */
final class StructuredScope extends TaskScope implements UnaryOperator<Object> {
    /** What was found; nothing of this class but {@code SHAPE} may be used if something is missing. */
    static final ScopeShape SHAPE = ScopeShape.ofThisJdk();

    private static final boolean IS_CLASS = SHAPE.configuredBy == null;
    private static final MethodHandle JOINER = SHAPE.joiner;
    private static final MethodHandle OPEN = SHAPE.open;
    private static final MethodHandle FORK = SHAPE.fork;
    private static final MethodHandle JOIN = SHAPE.join;
    private static final MethodHandle WITH_NAME = SHAPE.withName;
    private static final MethodHandle WITH_THREAD_FACTORY = SHAPE.withThreadFactory;

    private final AutoCloseable scope;

    StructuredScope(String name, ThreadFactory factory) {
        super(name, factory);
        try {
            scope = (AutoCloseable)
                    (IS_CLASS
                            ? (Object) OPEN.invokeExact((Object) name, (Object) factory)
                            : (Object) OPEN.invokeExact((Object) JOINER.invokeExact(), (Object) this));
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

    /** The join that a {@code StructuredTaskScope} insists on; one that is interrupted counts for it, too. */
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

    /** Sets name and thread factory of this scope, as it is opened. A lambda would cost milliseconds at its first use. */
    @Override
    public Object apply(Object configuration) {
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
