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

    static final FailureRules DEFAULT = NONE.with(IOException.class, e -> Reaction.RETRY)
            .with(UncheckedIOException.class, e -> Reaction.RETRY)
            .with(TimeoutException.class, e -> Reaction.RETRY);

    private final Map<Class<?>, Function<Exception, Reaction>> rules;

    private FailureRules(Map<Class<?>, Function<Exception, Reaction>> rules) {
        this.rules = rules;
    }

    /** {@return these rules and one more, which replaces that of the same type} */
    <E extends Exception> FailureRules with(Class<E> type, Function<? super E, Reaction> decide) {
        Map<Class<?>, Function<Exception, Reaction>> more = new HashMap<>(rules);
        more.put(type, e -> decide.apply(type.cast(e)));
        return new FailureRules(Map.copyOf(more));
    }

    /**
     * {@return what follows a failure}
     *
     * @param mayRetry whether there is an attempt left; without one, a wider type that says otherwise decides
     * @throws RuntimeException what a function of the user throws
     */
    Reaction judge(Throwable thrown, boolean mayRetry) {
        if (!(judged(thrown) instanceof Exception failure)) return Reaction.FAIL;
        for (Class<?> type = failure.getClass(); type != Object.class; type = requireNonNull(type.getSuperclass())) {
            Function<Exception, Reaction> rule = rules.get(type);
            if (rule == null) continue;
            Reaction reaction = rule.apply(failure);
            if (reaction == null)
                throw new NullPointerException("the reaction named for " + type.getName() + " is null");
            if (reaction != Reaction.RETRY || mayRetry) return reaction;
        }
        return Reaction.FAIL;
    }

    /** What a thread pool or a future only carries is judged in place of its carrier. */
    private static Throwable judged(Throwable thrown) {
        Throwable judged = thrown;
        while (judged instanceof ExecutionException || judged instanceof CompletionException) {
            @Nullable Throwable cause = judged.getCause();
            if (cause == null) break;
            judged = cause;
        }
        return judged;
    }
}
