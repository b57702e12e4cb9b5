/** Virtual time, a JUnit extension and AssertJ assertions for tests of loops. */
module dev.vloop.testkit {
    requires transitive dev.vloop.vthreads;
    requires static transitive org.assertj.core;
    requires static transitive org.jspecify;
    requires static transitive org.junit.jupiter.api;
    requires static org.junit.platform.launcher;

    exports dev.vloop.testkit;

    // JUnit makes the extension of @LoopTest, which is nobody else's business, and AssertJ makes subclasses for soft
    // assertions.
    opens dev.vloop.testkit to
            org.assertj.core,
            org.junit.platform.commons;
}
