package dev.vloop.testkit;

import dev.vloop.HookFailure;
import dev.vloop.LoopEnd;
import java.util.List;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.Assertions;

/** Assertions on how a run ended. */
public class LoopEndAssert extends AbstractAssert<LoopEndAssert, LoopEnd> {
    /**
     * Begins assertions. {@link LoopAssertions} and {@link LoopSoftAssertions} call it.
     *
     * @param actual the end; if it is a failure, it counts as seen
     */
    public LoopEndAssert(LoopEnd actual) {
        super(actual, LoopEndAssert.class);
        if (actual != null) {
            Recorders.see(actual);
        }
    }

    private LoopEndAssert is(Class<? extends LoopEnd> type, String expected) {
        isNotNull();
        return check(type.isInstance(actual), "to be " + expected);
    }

    private LoopEndAssert check(boolean holds, String expected) {
        if (!holds) {
            String text = AssertionText.of(
                    info,
                    "expected the run " + expected + ", but it " + OutcomeText.end(actual) + OutcomeText.hooks(actual));
            throw new LoopTestError(Recorders.story(actual, text), null);
        }
        return this;
    }

    /** {@return this} Asserts that the run completed: its count was reached, or its schedule had no further slot. */
    public LoopEndAssert isCompleted() {
        return is(LoopEnd.Completed.class, "completed");
    }

    /** {@return this} Asserts that the run was stopped. */
    public LoopEndAssert isStopped() {
        return is(LoopEnd.Stopped.class, "stopped");
    }

    /** {@return this} Asserts that the run was cancelled. */
    public LoopEndAssert isCancelled() {
        return is(LoopEnd.Cancelled.class, "cancelled");
    }

    /** {@return assertions on the cause} Asserts that the run failed. */
    public AbstractThrowableAssert<?, ? extends Throwable> isFailed() {
        is(LoopEnd.Failed.class, "failed");
        return Assertions.assertThat(((LoopEnd.Failed) actual).cause());
    }

    /**
     * Asserts that the run failed with a cause of this type.
     *
     * @param type the type of the cause
     * @return this
     */
    public LoopEndAssert hasFailedWith(Class<? extends Throwable> type) {
        isNotNull();
        return check(
                actual instanceof LoopEnd.Failed failed && type.isInstance(failed.cause()),
                "to have failed with " + type.getSimpleName());
    }

    /**
     * Asserts that a hook of the run has thrown an exception of this type. What such hooks have thrown counts as seen.
     *
     * @param hook which hook
     * @param type the type of the exception
     * @return this
     */
    public LoopEndAssert hasHookFailure(HookFailure.Hook hook, Class<? extends Throwable> type) {
        isNotNull();
        List<HookFailure> fitting = actual.hookFailures().stream()
                .filter(failure -> failure.hook() == hook && type.isInstance(failure.thrown()))
                .toList();
        fitting.forEach(Recorders::see);
        return check(!fitting.isEmpty(), "to have had " + hook + " throw " + type.getSimpleName());
    }

    /** {@return this} Asserts that no hook of the run has thrown. */
    public LoopEndAssert hasNoHookFailures() {
        isNotNull();
        return check(actual.hookFailures().isEmpty(), "to have had no hook throw");
    }

    /**
     * Asserts how many iterations of the run had ended.
     *
     * @param iterations how many
     * @return this
     */
    public LoopEndAssert hasIterations(long iterations) {
        isNotNull();
        return check(actual.iterations() == iterations, "to have " + iterations + " iterations");
    }
}
