/** The API of Vloop: what a bot's code sees. */
module dev.vloop {
    requires static transitive org.jspecify;

    exports dev.vloop;
    exports dev.vloop.spi;
}
