package dev.vloop.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Time limits in the COOPERATIVE engine. */
class CooperativeTimeLimitTest extends TimeLimitContract {
    static class InTimeHere extends InTime {
        @Override
        Engine engine() {
            return Engine.COOPERATIVE;
        }
    }

    static class TooLongHere extends TooLong {
        @Override
        Engine engine() {
            return Engine.COOPERATIVE;
        }
    }

    @Override
    Class<? extends InTime> inTime() {
        return InTimeHere.class;
    }

    @Override
    Class<? extends TooLong> tooLong() {
        return TooLongHere.class;
    }

    /** Its watch would interrupt this thread after five times the patience, which is two seconds. */
    @Test
    @Tag("real-time")
    void a_test_that_was_left_behind_does_not_interrupt_what_comes_after_it() throws InterruptedException {
        launchTooLong();
        assertThat(new CountDownLatch(1).await(3, TimeUnit.SECONDS)).isFalse();
    }
}
