package dev.vloop.testkit;

import org.junit.jupiter.api.Tag;

/** The verbs in the EXACT engine. */
@Tag("exact")
class ExactVerbsTest extends VerbsContract {
    @Override
    Engine engine() {
        return Engine.EXACT;
    }
}
