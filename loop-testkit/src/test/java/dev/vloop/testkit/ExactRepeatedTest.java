package dev.vloop.testkit;

import org.junit.jupiter.api.Tag;

/** The repeated tests in the EXACT engine. */
@Tag("exact")
class ExactRepeatedTest extends RepeatedContract {
    @Override
    Engine engine() {
        return Engine.EXACT;
    }
}
