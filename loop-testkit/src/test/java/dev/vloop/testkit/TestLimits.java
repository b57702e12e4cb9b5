package dev.vloop.testkit;

import java.time.Duration;

/** Limits that only our own tests shorten, for those of them that are outside this package. */
public final class TestLimits {
    private TestLimits() {}

    /** {@return the builder} Sets for how long a thread may compute without ever waiting. */
    public static TestLoops.Builder stall(TestLoops.Builder builder, Duration limit) {
        return ((TestLoopsBuilder) builder).stall(limit);
    }
}
