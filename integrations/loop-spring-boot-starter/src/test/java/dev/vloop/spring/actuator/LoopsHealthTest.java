package dev.vloop.spring.actuator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.LoopHealth;
import dev.vloop.LoopRuntime;
import dev.vloop.spring.LoopsAutoConfiguration;
import dev.vloop.spring.OwnHealth;
import dev.vloop.testkit.Finding;
import dev.vloop.testkit.LoopTest;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** The loops in the application's health. */
class LoopsHealthTest {
    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(LoopsAutoConfiguration.class, LoopsHealthAutoConfiguration.class));

    @LoopTest(tolerate = Finding.UNSEEN_FAILURE)
    void it_is_down_if_a_loop_is_and_says_why(TestLoops loops) {
        LoopsHealthIndicator indicator = new LoopsHealthIndicator(loops, LoopHealth.standard());
        loops.loop("well").every(Duration.ofMinutes(5)).start(it -> {});
        loops.settle();
        assertThat(indicator.health())
                .isEqualTo(Health.up().withDetail("loops", 1).build());
        loops.loop("fails").every(Duration.ofMinutes(5)).start(it -> {
            throw new IllegalStateException("a secret");
        });
        loops.settle();
        Health health = indicator.health();
        assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.getDetails())
                .isEqualTo(Map.of(
                        "loops", 2, "down", Map.of("fails", "its run has failed: java.lang.IllegalStateException")));
    }

    @Test
    void the_rule_of_the_application_decides() {
        application.withBean(LoopHealth.class, OwnHealth::rule).run(context -> {
            OwnHealth.startLoop(context.getBean(LoopRuntime.class));
            Health health = ((LoopsHealthIndicator) context.getBean("loopsHealthIndicator")).health();
            assertThat(health.getStatus()).isEqualTo(Status.DOWN);
            assertThat(health.getDetails().toString()).contains(OwnHealth.ASKED);
        });
    }

    @Test
    void it_is_there_unless_it_is_turned_off() {
        application.run(context -> assertThat(context).hasBean("loopsHealthIndicator"));
        application
                .withPropertyValues("management.health.loops.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(HealthIndicator.class));
    }
}
