package dev.vloop.vthreads;

import static java.util.Objects.requireNonNull;

import dev.vloop.Reaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which exceptions are retried, tolerated or fatal: the most specific type named decides. Immutable. */
final class FailureRules {
    static final FailureRules NONE = new FailureRules(Map.of());

    static final FailureRules DEFAULT = NONE.with(IOException.class, Reaction.RETRY)
            .with(UncheckedIOException.class, Reaction.RETRY)
            .with(TimeoutException.class, Reaction.RETRY);

    /** By type a Reaction, or a function that is given a failure of that type and returns one. */
    private final Map<Class<?>, Object> rules;

    private FailureRules(Map<Class<?>, Object> rules) {
        this.rules = rules;
    }

    /** {@return these rules and one more, which replaces that of the same type} */
    <E extends Exception> FailureRules with(Class<E> type, Function<? super E, Reaction> decide) {
        return with(type, (Object) decide);
    }

    /** {@return these rules and one more, which replaces that of the same type} */
    FailureRules with(Class<? extends Exception> type, Reaction reaction) {
        return with(type, (Object) reaction);
    }

    private FailureRules with(Class<?> type, Object rule) {
        Map<Class<?>, Object> more = new HashMap<>(rules);
        more.put(type, rule);
        return new FailureRules(Map.copyOf(more));
    }

    /**
     * {@return what follows a failure}
     *
     * @param mayRetry whether there is an attempt left; without one, a wider type that says otherwise decides
     * @throws RuntimeException what a function of the user throws
     */
    Reaction judge(Throwable thrown, boolean mayRetry) {
        if (!(judged(thrown) instanceof Exception failure)) {
            return Reaction.FAIL;
        }
        for (Class<?> type = failure.getClass(); type != Object.class; type = requireNonNull(type.getSuperclass())) {
            Object rule = rules.get(type);
            if (rule == null) {
                continue;
            }
            Reaction reaction = rule instanceof Reaction always ? always : decide(rule, failure);
            if (reaction == null) {
                throw new NullPointerException("the reaction named for " + type.getName() + " is null");
            }
            if (reaction != Reaction.RETRY || mayRetry) {
                return reaction;
            }
        }
        return Reaction.FAIL;
    }

    @SuppressWarnings("unchecked") // the failure is of the type that the function was named for
    private static @Nullable Reaction decide(Object rule, Exception failure) {
        return ((Function<Exception, @Nullable Reaction>) rule).apply(failure);
    }

    /** What a thread pool or a future only carries is judged in place of its carrier. */
    private static Throwable judged(Throwable thrown) {
        Throwable judged = thrown;
        while (judged instanceof ExecutionException || judged instanceof CompletionException) {
            @Nullable Throwable cause = judged.getCause();
            if (cause == null) {
                break;
            }
            judged = cause;
        }
        return judged;
    }
}
