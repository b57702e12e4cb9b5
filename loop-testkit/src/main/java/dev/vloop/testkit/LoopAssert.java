package dev.vloop.testkit;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopStatus;
import dev.vloop.internal.DurationText;
import java.time.Duration;
import java.time.Instant;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ListAssert;
import org.jspecify.annotations.Nullable;

/** Assertions on a loop. A failure that a test looks at with them counts as seen. */
public class LoopAssert extends AbstractStatusAssert<LoopAssert, Loop> {
    /**
     * Begins assertions. {@link LoopAssertions} and {@link LoopSoftAssertions} call it.
     *
     * @param actual the loop; null fails each assertion but {@link #isNull}
     */
    @SuppressWarnings("NullAway") // AssertJ has no annotations: what is asserted on may be null
    public LoopAssert(@Nullable Loop actual) {
        super(actual, LoopAssert.class);
    }

    /** {@return this} Asserts that there is a loop. If {@link TestLoops#find} has found none, the failure names those that exist. */
    @Override
    public LoopAssert isNotNull() {
        String missed = actual == null ? Recorders.missed() : null;
        if (missed != null) {
            throw new LoopTestError(AssertionText.of(info, missed), null);
        }
        return super.isNotNull();
    }

    @Override
    LoopStatus status() {
        isNotNull();
        return actual.status();
    }

    @Override
    String story(String failure) {
        Recorder recorder = Recorders.of(actual);
        return recorder == null
                ? ""
                : "\n" + recorder.timeline().of(actual.name()).failedWith(failure);
    }

    @Override
    void see() {
        Recorder recorder = Recorders.of(actual);
        if (recorder != null) {
            recorder.see(actual);
        }
    }

    /**
     * Asserts how far away its next slot is, in the virtual time of its test.
     *
     * @param duration how far
     * @return this
     * @throws IllegalStateException if the loop never ran in virtual time
     */
    public LoopAssert nextIn(Duration duration) {
        LoopStatus status = status();
        Recorder recorder = Recorders.of(actual);
        if (recorder == null) {
            throw new IllegalStateException(
                    "nextIn needs virtual time: loop '" + actual.name() + "' never ran in a TestLoops");
        }
        Instant next = status.nextIteration();
        boolean holds = next != null && Duration.between(recorder.now(), next).equals(duration);
        return check(
                holds,
                status,
                "to have its next slot in " + DurationText.inShort(duration) + " from " + recorder.now());
    }

    /**
     * {@return assertions on the ends of its runs that failed, oldest first} They count as seen. So a test can look at what a loop that
     * restarts itself has failed with.
     *
     * @throws IllegalStateException if the loop never ran in virtual time
     */
    public ListAssert<LoopEnd.Failed> failedRuns() {
        isNotNull();
        Recorder recorder = Recorders.of(actual);
        if (recorder == null) {
            throw new IllegalStateException(
                    "failedRuns needs virtual time: loop '" + actual.name() + "' never ran in a TestLoops");
        }
        see();
        return Assertions.assertThat(recorder.failedRuns(actual));
    }

    /** {@return assertions on how its last run ended} There must be one; a failure counts as seen. */
    public LoopEndAssert lastEnd() {
        see();
        LoopStatus status = status();
        LoopEnd end = status.lastEnd();
        if (end == null) {
            fail(status, "to have ended a run");
            throw new AssertionError("not reached");
        }
        return new LoopEndAssert(end);
    }
}
