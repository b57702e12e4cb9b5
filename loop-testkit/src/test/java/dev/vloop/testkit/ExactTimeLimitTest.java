package dev.vloop.testkit;

import org.junit.jupiter.api.Tag;

/** Time limits in the EXACT engine. */
@Tag("exact")
class ExactTimeLimitTest extends TimeLimitContract {
    static class InTimeHere extends InTime {
        @Override
        Engine engine() {
            return Engine.EXACT;
        }
    }

    static class TooLongHere extends TooLong {
        @Override
        Engine engine() {
            return Engine.EXACT;
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
}
