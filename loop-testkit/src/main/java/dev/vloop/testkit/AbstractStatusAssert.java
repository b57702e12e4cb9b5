package dev.vloop.testkit;

import dev.vloop.LoopEnd;
import dev.vloop.LoopFailure;
import dev.vloop.LoopState;
import dev.vloop.LoopStatus;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Objects;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;

/**
 * Assertions that a loop and its status share. Each of them returns this object, or throws an {@link AssertionError} that shows the whole
 * status and, if there is one, the loop's timeline.
 *
 * @param <S> the type of the assertions
 * @param <A> the type of what is asserted on
 */
public abstract class AbstractStatusAssert<S extends AbstractStatusAssert<S, A>, A> extends AbstractAssert<S, A> {
    AbstractStatusAssert(A actual, Class<?> selfType) {
        super(actual, selfType);
    }

    /** {@return the status as it is now} */
    abstract LoopStatus status();

    /** {@return the end of the message of a failure: a new line and the loop's timeline, or nothing} */
    abstract String story(String failure);

    /** The test looks at the loop's failures, which are then no {@link Finding#UNSEEN_FAILURE}. */
    void see() {}

    final S check(boolean holds, LoopStatus status, String expected) {
        isNotNull();
        if (!holds) {
            fail(status, expected);
        }
        return myself;
    }

    final void fail(LoopStatus status, String expected) {
        String text = AssertionText.of(
                info, "expected loop '" + status.name() + "' " + expected + ", but it " + describe(status));
        throw new LoopTestError(text + story(text), null);
    }

    private static String describe(LoopStatus status) {
        StringBuilder text = new StringBuilder("is ").append(status.state());
        text.append(" with ").append(status.iterations()).append(" iterations");
        append(text, ", next ", status.nextIteration());
        if (status.attempt() > 0) {
            append(text, ", attempt ", status.attempt());
        }
        if (status.missedSlots() > 0) {
            append(text, ", missed ", status.missedSlots());
        }
        LoopFailure failure = status.lastFailure();
        append(text, ", last failure ", failure == null ? null : OutcomeText.thrown(failure.cause()));
        LoopEnd end = status.lastEnd();
        append(text, ", last run ", end == null ? null : OutcomeText.end(end));
        return text.toString();
    }

    private static void append(StringBuilder text, String label, @Nullable Object value) {
        if (value != null) {
            text.append(label).append(value);
        }
    }

    private S isIn(LoopState state) {
        LoopStatus status = status();
        return check(status.state() == state, status, "to be " + state);
    }

    /** {@return this} Asserts that it waits for its next slot. */
    public S isWaiting() {
        return isIn(LoopState.WAITING);
    }

    /** {@return this} Asserts that it is in its body. */
    public S isExecuting() {
        return isIn(LoopState.EXECUTING);
    }

    /** {@return this} Asserts that it is paused. */
    public S isPaused() {
        return isIn(LoopState.PAUSED);
    }

    /** {@return this} Asserts that it is not running. */
    public S isIdle() {
        return isIn(LoopState.IDLE);
    }

    /** {@return this} Asserts that it waits between two attempts. */
    public S isBackingOff() {
        return isIn(LoopState.BACKING_OFF);
    }

    /** {@return this} Asserts that it is running: in any state but idle. */
    public S isRunning() {
        LoopStatus status = status();
        return check(status.state() != LoopState.IDLE, status, "to be running");
    }

    /**
     * Asserts how many iterations of its run have ended.
     *
     * @param iterations how many
     * @return this
     */
    public S hasIterations(long iterations) {
        LoopStatus status = status();
        return check(status.iterations() == iterations, status, "to have " + iterations + " iterations");
    }

    /**
     * Asserts which attempt of an iteration it is making.
     *
     * @param attempt the number of the attempt, from 1; 0 between iterations
     * @return this
     */
    public S hasAttempt(int attempt) {
        LoopStatus status = status();
        return check(status.attempt() == attempt, status, "to be at attempt " + attempt);
    }

    /**
     * Asserts how many slots of its run were skipped.
     *
     * @param slots how many
     * @return this
     */
    public S hasMissed(long slots) {
        LoopStatus status = status();
        return check(status.missedSlots() == slots, status, "to have missed " + slots + " slots");
    }

    /**
     * Asserts how many attempts of its run were retries.
     *
     * @param retries how many
     * @return this
     */
    public S hasRetries(long retries) {
        LoopStatus status = status();
        return check(status.retries() == retries, status, "to have made " + retries + " retries");
    }

    /**
     * Asserts its next slot.
     *
     * @param instant when
     * @return this
     */
    public S nextAt(Instant instant) {
        LoopStatus status = status();
        return check(Objects.equals(status.nextIteration(), instant), status, "to have its next slot at " + instant);
    }

    /**
     * Asserts its next slot.
     *
     * @param time when
     * @return this
     */
    public S nextAt(ZonedDateTime time) {
        LoopStatus status = status();
        return check(
                Objects.equals(status.nextIteration(), time.toInstant()), status, "to have its next slot at " + time);
    }

    /** {@return this} Asserts that it has no next slot. */
    public S hasNoNext() {
        LoopStatus status = status();
        return check(status.nextIteration() == null, status, "to have no next slot");
    }

    /**
     * Asserts that its last run failed, with a cause of this type. The failure counts as seen.
     *
     * @param type the type of the cause
     * @return this
     */
    public S hasFailedWith(Class<? extends Throwable> type) {
        see();
        LoopStatus status = status();
        boolean holds = status.lastEnd() instanceof LoopEnd.Failed failed && type.isInstance(failed.cause());
        return check(holds, status, "to have failed with " + type.getSimpleName());
    }

    /** {@return assertions on the cause of its last failed attempt} There must be one; it counts as seen. */
    public AbstractThrowableAssert<?, ? extends Throwable> lastFailure() {
        see();
        LoopStatus status = status();
        LoopFailure failure = status.lastFailure();
        check(failure != null, status, "to have failed");
        return Assertions.assertThat(failure == null ? null : failure.cause());
    }
}
