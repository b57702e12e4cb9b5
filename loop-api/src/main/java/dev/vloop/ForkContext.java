package dev.vloop;

/**
 * Hands a context on to forks. Thread-locals do not reach them, inheritable ones neither; so a fork knows nothing of a log's MDC, of the
 * current span or of a security context unless a fork context brings them:
 *
 * {@snippet :
 * builder.forkContext(() -> {
 *     Map<String, String> mdc = MDC.getCopyOfContextMap();
 *     return task -> {
 *         MDC.setContextMap(mdc);
 *         try {
 *             task.proceed();
 *         } finally {
 *             MDC.clear();
 *         }
 *     };
 * });
 * }
 */
@FunctionalInterface
public interface ForkContext {
    /**
     * Captures the context of the thread that forks, at each fork. What it throws, {@code fork} throws.
     *
     * @return what to do around the fork's task
     */
    Captured capture();

    /** A context that was captured for one fork. */
    @FunctionalInterface
    interface Captured {
        /**
         * Called on the fork's thread. It sets the context, calls {@link Chain#proceed} and lets its exception pass; else the fork fails.
         *
         * @param task the fork's task
         * @throws Exception what the task has thrown; anything else fails the fork, too
         */
        void run(Chain task) throws Exception;
    }
}
