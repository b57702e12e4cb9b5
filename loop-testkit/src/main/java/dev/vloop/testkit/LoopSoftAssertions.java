package dev.vloop.testkit;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopStatus;
import org.assertj.core.api.SoftAssertions;

/**
 * AssertJ's soft assertions with those on loops: all of them are tried, and {@link #assertAll} tells all failures together. With JUnit,
 * AssertJ's {@code @InjectSoftAssertions} makes one. Confined to one thread.
 */
public class LoopSoftAssertions extends SoftAssertions {
    /** Makes soft assertions that have asserted nothing. */
    public LoopSoftAssertions() {}

    /**
     * Begins assertions on a loop.
     *
     * @param loop the loop
     * @return its assertions
     */
    public LoopAssert assertThat(Loop loop) {
        return proxy(LoopAssert.class, Loop.class, loop);
    }

    /**
     * Begins assertions on a loop's status.
     *
     * @param status the status
     * @return its assertions
     */
    public LoopStatusAssert assertThat(LoopStatus status) {
        return proxy(LoopStatusAssert.class, LoopStatus.class, status);
    }

    /**
     * Begins assertions on how a run ended. If it failed, the failure counts as seen.
     *
     * @param end the end
     * @return its assertions
     */
    public LoopEndAssert assertThat(LoopEnd end) {
        return proxy(LoopEndAssert.class, LoopEnd.class, end);
    }
}
