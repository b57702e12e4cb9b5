/** Loops on virtual threads. */
module dev.vloop.vthreads {
    requires transitive dev.vloop;
    requires static transitive org.jspecify;
    requires static jdk.jfr;

    exports dev.vloop.vthreads;
}
