package dev.vloop.micrometer;

import dev.vloop.ForkContext;
import dev.vloop.internal.Arguments;
import io.micrometer.context.ContextSnapshot;
import io.micrometer.context.ContextSnapshotFactory;

/**
 * Hands on to forks what Micrometer's context propagation knows: the current observation and span, and each thread-local that has a
 * {@code ThreadLocalAccessor} in the {@code ContextRegistry}.
 *
 * {@snippet :
 * VirtualLoops.builder().listener(metrics).defaults(loop -> loop.forkContext(PropagatedContext.all()));
 * }
 */
public final class PropagatedContext {
    private PropagatedContext() {}

    /** {@return a context of all that is registered} */
    public static ForkContext all() {
        return by(ContextSnapshotFactory.builder().build());
    }

    /**
     * Makes a context.
     *
     * @param factory says what is captured; its {@code captureAll} is called at each fork, on the thread that forks
     * @return the context
     */
    public static ForkContext by(ContextSnapshotFactory factory) {
        Arguments.notNull(factory, "factory");
        return () -> {
            ContextSnapshot snapshot = factory.captureAll();
            return task -> {
                ContextSnapshot.Scope scope = snapshot.setThreadLocals();
                try {
                    task.proceed();
                } finally {
                    scope.close();
                }
            };
        };
    }
}
