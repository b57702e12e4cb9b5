package dev.vloop.examples.spring;

import dev.vloop.spring.LoopMethod;
import java.util.List;

/** The same with loops. */
class WithLoops {
    private final List<String> log;

    WithLoops(List<String> log) {
        this.log = log;
    }

    // region scheduled-after
    @LoopMethod(name = "cleanup", fixedDelay = "${cleanup.delay:10m}", continueOn = Exception.class)
    void cleanUp() {
        log.add("cleaned up");
    }

    @LoopMethod(name = "report", cron = "0 0 9 * * MON-FRI", zone = "Europe/Berlin", continueOn = Exception.class)
    void report() {
        log.add("reported");
    }
    // end region
}
