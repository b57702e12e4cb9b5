/** The API of Vloop: what a bot's code sees. */
@SuppressWarnings("module") // the modules that see the internals are compiled after this one
module dev.vloop {
    requires static transitive org.jspecify;

    exports dev.vloop;
    exports dev.vloop.spi;
    exports dev.vloop.internal to
            dev.vloop.cron,
            dev.vloop.dashboard,
            dev.vloop.dbscheduler,
            dev.vloop.micrometer,
            dev.vloop.testkit,
            dev.vloop.vthreads;
}
