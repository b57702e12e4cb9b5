package dev.vloop;

import java.util.function.Function;

/**
 * The exceptions that a loop has reactions for, while {@link Loop#changeReactions} changes them. It is for the thread of that call, and
 * only during it. Wrong arguments are refused at the call.
 *
 * <p>As in a {@link LoopBuilder}, the most specific type that fits an exception decides, and a type that is named again has its last
 * reaction. Exceptions of types that nobody named fail the run.
 */
public interface Reactions {
    /**
     * Retries the iteration on exceptions of a type, after the backoff.
     *
     * @param type the type
     * @return these reactions
     * @throws IllegalStateException if the call of {@code changeReactions} is over
     */
    Reactions retryOn(Class<? extends Exception> type);

    /**
     * Goes on with the next slot on exceptions of a type. They are logged.
     *
     * @param type the type
     * @return these reactions
     * @throws IllegalStateException if the call of {@code changeReactions} is over
     */
    Reactions continueOn(Class<? extends Exception> type);

    /**
     * Ends the run as failed on exceptions of a type.
     *
     * @param type the type
     * @return these reactions
     * @throws IllegalStateException if the call of {@code changeReactions} is over
     */
    Reactions failOn(Class<? extends Exception> type);

    /**
     * Lets a function decide on exceptions of a type.
     *
     * @param <E> the type
     * @param type the type
     * @param decide says what follows such an exception; if it throws, the run fails
     * @return these reactions
     * @throws IllegalStateException if the call of {@code changeReactions} is over
     */
    <E extends Exception> Reactions on(Class<E> type, Function<? super E, Reaction> decide);

    /**
     * Forgets what was named for exactly this type, by default too. A wider type that was named decides from then on. A type that nobody
     * named is left as it is.
     *
     * @param type the type
     * @return these reactions
     * @throws IllegalStateException if the call of {@code changeReactions} is over
     */
    Reactions remove(Class<? extends Exception> type);

    /**
     * Forgets all types, the defaults included.
     *
     * @return these reactions
     * @throws IllegalStateException if the call of {@code changeReactions} is over
     */
    Reactions clear();
}
