package dev.vloop.testkit;

import dev.vloop.LoopFailure;
import dev.vloop.LoopStatus;
import org.jspecify.annotations.Nullable;

/** Assertions on a loop's status. */
public class LoopStatusAssert extends AbstractStatusAssert<LoopStatusAssert, LoopStatus> {
    /**
     * Begins assertions. {@link LoopAssertions} and {@link LoopSoftAssertions} call it.
     *
     * @param actual the status
     */
    public LoopStatusAssert(LoopStatus actual) {
        super(actual, LoopStatusAssert.class);
    }

    @Override
    LoopStatus status() {
        isNotNull();
        return actual;
    }

    /** {@return who recorded the loop, null if that cannot be told} A status knows its loop only by name, but a failure knows the loop. */
    private @Nullable Recorder recorder() {
        LoopFailure failure = actual.lastFailure();
        return failure == null ? null : Recorders.of(failure.loop());
    }

    @Override
    String story(String failure) {
        Recorder recorder = recorder();
        return recorder == null
                ? ""
                : "\n" + recorder.timeline().of(actual.name()).failedWith(failure);
    }

    @Override
    void see() {
        Recorder recorder = recorder();
        LoopFailure failure = actual.lastFailure();
        if (recorder != null && failure != null) {
            recorder.see(failure.loop());
        }
    }
}
