package dev.vloop.testkit;

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
}
