package dev.vloop.testkit;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopStatus;
import org.jspecify.annotations.Nullable;

/** The entry points of assertions on loops. Import {@code assertThat} from here beside AssertJ's own. */
public final class LoopAssertions {
    private LoopAssertions() {}

    /**
     * Begins assertions on a loop. Each of them reads the loop's status anew.
     *
     * @param loop the loop; null, as {@code find} returns it, fails with the names of those that exist
     * @return its assertions
     */
    public static LoopAssert assertThat(@Nullable Loop loop) {
        return new LoopAssert(loop);
    }

    /**
     * Begins assertions on a loop's status.
     *
     * @param status the status
     * @return its assertions
     */
    public static LoopStatusAssert assertThat(LoopStatus status) {
        return new LoopStatusAssert(status);
    }

    /**
     * Begins assertions on how a run ended. If it failed, the failure counts as seen.
     *
     * @param end the end
     * @return its assertions
     */
    public static LoopEndAssert assertThat(LoopEnd end) {
        return new LoopEndAssert(end);
    }
}
