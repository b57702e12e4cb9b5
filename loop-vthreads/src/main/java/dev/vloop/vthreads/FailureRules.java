package dev.vloop.vthreads;

import static dev.vloop.internal.Arguments.notNull;
import static java.util.Objects.requireNonNull;

import dev.vloop.LeaseLostException;
import dev.vloop.Reaction;
import dev.vloop.internal.Causes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What follows which exception: a retry, the next slot, or the end of the run. The most specific type that has a rule decides. Immutable.
 */
final class FailureRules {
    static final FailureRules NONE = new FailureRules(Map.of());

    static final FailureRules DEFAULT = NONE.with(IOException.class, Reaction.RETRY)
            .with(UncheckedIOException.class, Reaction.RETRY)
            .with(TimeoutException.class, Reaction.RETRY);

    /** For each type a {@code Reaction}, or a function from a failure of that type to a {@code Reaction}. */
    private final Map<Class<?>, Object> rules;

    private FailureRules(Map<Class<?>, Object> rules) {
        this.rules = rules;
    }

    /** {@return the type, if a rule can be named for it} A raw type or reflection can pass one of another kind. */
    static <E extends Exception> Class<E> checked(Class<E> type) {
        if (!Exception.class.isAssignableFrom(notNull(type, "type"))) {
            throw new IllegalArgumentException("type must be a subclass of Exception, but is " + type.getName());
        }
        return type;
    }

    /** {@return these rules with one more, which replaces a rule for the same type} */
    <E extends Exception> FailureRules with(Class<E> type, Function<? super E, Reaction> decide) {
        return with(type, (Object) decide);
    }

    /** {@return these rules with one more, which replaces a rule for the same type} */
    FailureRules with(Class<? extends Exception> type, Reaction reaction) {
        return with(type, (Object) reaction);
    }

    private FailureRules with(Class<?> type, Object rule) {
        Map<Class<?>, Object> more = new HashMap<>(rules);
        more.put(type, rule);
        return new FailureRules(Map.copyOf(more));
    }

    /** {@return these rules without the one for exactly this type} */
    FailureRules without(Class<?> type) {
        Map<Class<?>, Object> fewer = new HashMap<>(rules);
        fewer.remove(type);
        return new FailureRules(Map.copyOf(fewer));
    }

    /**
     * {@return what follows a failure}
     *
     * @param mayRetry whether there is an attempt left; if not, rules that say RETRY are passed over, and the next wider type decides
     * @throws RuntimeException what a user's function throws
     */
    Reaction judge(Throwable thrown, boolean mayRetry) {
        if (!(Causes.unwrap(thrown) instanceof Exception failure)) {
            return Reaction.FAIL;
        }
        boolean leaseLost = failure instanceof LeaseLostException; // another instance may be running the slot
        for (Class<?> type = failure.getClass(); type != Object.class; type = requireNonNull(type.getSuperclass())) {
            Object rule = rules.get(type);
            if (rule == null) {
                continue;
            }
            Reaction reaction = rule instanceof Reaction always ? always : decide(rule, failure);
            if (reaction == null) {
                throw new NullPointerException("the reaction named for " + type.getName() + " is null");
            }
            if (reaction != Reaction.RETRY || mayRetry && !leaseLost) {
                return reaction;
            }
        }
        return leaseLost ? Reaction.CONTINUE : Reaction.FAIL;
    }

    /** {@return the rules for people, such as {@code java.io.IOException RETRY}, in the order of the types' names} */
    @Override
    public String toString() {
        return rules.entrySet().stream()
                .map(rule -> rule.getKey().getName() + " "
                        + (rule.getValue() instanceof Reaction always ? always : "by a function"))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    @SuppressWarnings("unchecked") // the failure is of the type that the function was given for
    private static @Nullable Reaction decide(Object rule, Exception failure) {
        return ((Function<Exception, @Nullable Reaction>) rule).apply(failure);
    }
}
