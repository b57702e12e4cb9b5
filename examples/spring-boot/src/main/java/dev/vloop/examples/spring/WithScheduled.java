package dev.vloop.examples.spring;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.springframework.scheduling.annotation.Scheduled;

/** What somebody has who comes from {@code @Scheduled}. It is no bean, and never runs. */
class WithScheduled {
    private final List<String> log;

    WithScheduled(List<String> log) {
        this.log = log;
    }

    // region scheduled-before
    @Scheduled(fixedDelayString = "${cleanup.delay:10}", timeUnit = TimeUnit.MINUTES)
    void cleanUp() {
        log.add("cleaned up");
    }

    @Scheduled(cron = "0 0 9 * * MON-FRI", zone = "Europe/Berlin")
    void report() {
        log.add("reported");
    }
    // end region
}
