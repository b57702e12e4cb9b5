/** A web page that shows loops and controls them. */
module dev.vloop.dashboard {
    requires transitive dev.vloop;
    requires static transitive org.jspecify;
    requires jdk.httpserver;

    exports dev.vloop.dashboard;
}
