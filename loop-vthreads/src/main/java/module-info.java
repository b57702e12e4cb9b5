/** The engine of Vloop: a loop is a virtual thread. */
module dev.vloop.vthreads {
    requires transitive dev.vloop;
    requires static transitive org.jspecify;

    exports dev.vloop.vthreads;
}
