/** Cron expressions as schedules of Vloop. */
@SuppressWarnings("requires-automatic") // cron-utils has no module descriptor; none of its types are seen outside
module dev.vloop.cron {
    requires transitive dev.vloop;
    requires static transitive org.jspecify;
    requires com.cronutils;

    exports dev.vloop.cron;
}
