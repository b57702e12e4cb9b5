package dev.vloop.testkit;

/** The repeated tests in the COOPERATIVE engine. */
class CooperativeRepeatedTest extends RepeatedContract {
    @Override
    Engine engine() {
        return Engine.COOPERATIVE;
    }
}
