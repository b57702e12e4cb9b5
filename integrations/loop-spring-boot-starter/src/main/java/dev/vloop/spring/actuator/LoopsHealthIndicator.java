package dev.vloop.spring.actuator;

import dev.vloop.LoopHealth;
import dev.vloop.LoopRuntime;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/** Is down if a loop is, and says which and why. It is for readiness and for people: one failing loop is no reason to kill the process. */
final class LoopsHealthIndicator extends AbstractHealthIndicator {
    private final LoopRuntime runtime;
    private final LoopHealth health;

    LoopsHealthIndicator(LoopRuntime runtime, LoopHealth health) {
        super("the loops could not be checked");
        this.runtime = runtime;
        this.health = health;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        LoopHealth.Report report = health.check(runtime);
        Map<String, String> down = new LinkedHashMap<>();
        report.down().forEach(verdict -> down.put(verdict.loop().name(), verdict.reason()));
        builder.status(report.isUp() ? "UP" : "DOWN");
        builder.withDetail("loops", report.loops().size());
        if (!down.isEmpty()) {
            builder.withDetail("down", down);
        }
    }
}
