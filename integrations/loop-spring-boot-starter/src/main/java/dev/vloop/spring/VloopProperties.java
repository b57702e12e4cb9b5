package dev.vloop.spring;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties of loops.
 *
 * @param enabled whether loops that are beans or methods start by themselves
 * @param name the name of the runtime in logs and thread dumps
 * @param grace how long iterations may go on when the application ends, two thirds of spring.lifecycle.timeout-per-shutdown-phase unless
 * set; must be shorter than that
 * @param keepAlive whether running loops keep the JVM alive; by default they do in an application without a web server
 * @param zone the time zone of cron expressions and times of day that name none; by default the system's
 * @param stop when loops end
 * @param loops settings of single loops, by name
 */
@ConfigurationProperties("vloop")
record VloopProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("loops") String name,
        @Nullable Duration grace,
        @Nullable Boolean keepAlive,
        @Nullable ZoneId zone,
        @DefaultValue("before-web-server") Stop stop,
        @DefaultValue Map<String, One> loops) {

    /** When loops end, if the application ends. */
    enum Stop {
        /** Before the web server stops accepting requests. The last requests find all beans, but no running loops. */
        BEFORE_WEB_SERVER,
        /** After the web server. A loop that empties a queue still gets what the last requests have put into it. */
        AFTER_WEB_SERVER
    }

    /**
     * Settings of one loop.
     *
     * @param enabled whether it starts by itself, if it is a bean or a method
     * @param every the interval that replaces its schedule
     * @param cron the cron expression that replaces its schedule
     * @param zone the time zone of that expression, or of the one that a method declares
     */
    record One(
            @DefaultValue("true") boolean enabled,
            @Nullable Duration every,
            @Nullable String cron,
            @Nullable ZoneId zone) {}
}
