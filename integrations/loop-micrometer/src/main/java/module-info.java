/** Metrics and observations of loops, by Micrometer. */
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"
}) // Micrometer's jars have names, but no descriptors
module dev.vloop.micrometer {
    requires transitive dev.vloop;
    requires static transitive org.jspecify;
    requires transitive context.propagation;
    requires transitive micrometer.core;
    requires transitive micrometer.observation;
    requires micrometer.commons;

    exports dev.vloop.micrometer;
}
