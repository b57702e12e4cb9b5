package dev.vloop.vthreads;

import static dev.vloop.internal.Arguments.notNull;

import dev.vloop.Reaction;
import dev.vloop.Reactions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Collects the changes of one call of {@code changeReactions}, which are then made at once. For the thread of that call. */
final class ReactionsEditor implements Reactions {
    private final List<UnaryOperator<FailureRules>> changes = new ArrayList<>();
    private boolean over;

    private ReactionsEditor() {}

    /** {@return what a user's code has asked for} From then on nothing can be asked for. */
    static ReactionsEditor ask(Consumer<? super Reactions> change) {
        ReactionsEditor editor = new ReactionsEditor();
        try {
            change.accept(editor);
            return editor;
        } finally {
            editor.over = true;
        }
    }

    /** {@return rules with the changes that were asked for} */
    FailureRules applyTo(FailureRules rules) {
        FailureRules changed = rules;
        for (UnaryOperator<FailureRules> change : changes) {
            changed = change.apply(changed);
        }
        return changed;
    }

    private Reactions add(UnaryOperator<FailureRules> change) {
        if (over) {
            throw new IllegalStateException("the call of changeReactions is over: call it again");
        }
        changes.add(change);
        return this;
    }

    @Override
    public Reactions retryOn(Class<? extends Exception> type) {
        Class<? extends Exception> named = FailureRules.checked(type);
        return add(rules -> rules.with(named, Reaction.RETRY));
    }

    @Override
    public Reactions continueOn(Class<? extends Exception> type) {
        Class<? extends Exception> named = FailureRules.checked(type);
        return add(rules -> rules.with(named, Reaction.CONTINUE));
    }

    @Override
    public Reactions failOn(Class<? extends Exception> type) {
        Class<? extends Exception> named = FailureRules.checked(type);
        return add(rules -> rules.with(named, Reaction.FAIL));
    }

    @Override
    public <E extends Exception> Reactions on(Class<E> type, Function<? super E, Reaction> decide) {
        Class<E> named = FailureRules.checked(type);
        notNull(decide, "decide");
        return add(rules -> rules.with(named, decide));
    }

    @Override
    public Reactions remove(Class<? extends Exception> type) {
        Class<? extends Exception> named = FailureRules.checked(type);
        return add(rules -> rules.without(named));
    }

    @Override
    public Reactions clear() {
        return add(rules -> FailureRules.NONE);
    }
}
