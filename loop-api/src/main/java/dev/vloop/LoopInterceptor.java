package dev.vloop;

/**
 * Code around iterations ({@link LoopBuilder#intercept}) or around attempts ({@link LoopBuilder#interceptAttempts}). It may observe,
 * measure and set thread-locals or scoped values for what is within:
 *
 * {@snippet :
 * builder.intercept((iteration, chain) -> {
 *     MDC.put("loop", iteration.loop().name());
 *     try {
 *         chain.proceed();
 *     } finally {
 *         MDC.remove("loop");
 *     }
 * });
 * }
 *
 * <p>One that does not call {@link Chain#proceed} skips what is within, which then counts as a success.
 */
@FunctionalInterface
public interface LoopInterceptor {
    /**
     * Called on the thread that runs the iteration.
     *
     * @param iteration the first attempt of the iteration, or the attempt
     * @param chain goes on with the next interceptor, and at last with the iteration or the attempt
     * @throws Exception as {@link LoopBuilder#intercept} and {@link LoopBuilder#interceptAttempts} say
     */
    void intercept(Iteration iteration, Chain chain) throws Exception;
}
