package dev.vloop.testkit;

/** The verbs in the COOPERATIVE engine. */
class CooperativeVerbsTest extends VerbsContract {
    @Override
    Engine engine() {
        return Engine.COOPERATIVE;
    }
}
