package dev.vloop.spring.actuator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.vloop.Backoff;
import dev.vloop.Loop;
import dev.vloop.LoopHealth;
import dev.vloop.LoopRuntime;
import dev.vloop.LoopStatus;
import dev.vloop.Schedule;
import dev.vloop.spring.LoopsAutoConfiguration;
import dev.vloop.spring.OwnHealth;
import dev.vloop.testkit.Finding;
import dev.vloop.testkit.LoopTest;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.autoconfigure.endpoint.EndpointAutoConfiguration;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.WebEndpointAutoConfiguration;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.web.WebEndpointHttpMethod;
import org.springframework.boot.actuate.endpoint.web.WebEndpointsSupplier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;

/** What the endpoint shows and does. */
class LoopsEndpointTest {
    private static final Instant START = Instant.parse("2000-01-01T00:00:00Z");

    private final WebApplicationContextRunner application = new WebApplicationContextRunner()
            // as SpringApplication does: else "unrestricted" is no access
            .withInitializer(
                    context -> context.getEnvironment().setConversionService(new ApplicationConversionService()))
            .withConfiguration(AutoConfigurations.of(
                    EndpointAutoConfiguration.class,
                    WebEndpointAutoConfiguration.class,
                    LoopsAutoConfiguration.class,
                    LoopsEndpointAutoConfiguration.class))
            .withPropertyValues("management.endpoints.web.exposure.include=loops");

    private static LoopsEndpoint endpoint(TestLoops loops) {
        return new LoopsEndpoint(loops, LoopHealth.standard());
    }

    @LoopTest
    void it_shows_all_loops_and_one_with_its_next_slots(TestLoops loops) {
        loops.loop("first").kind("feed").every(Duration.ofMinutes(5)).start(it -> {});
        loops.loop("second").schedule(Schedule.never()).build(it -> {});
        loops.advance(Duration.ofMinutes(7));
        LoopsEndpoint endpoint = endpoint(loops);
        assertThat(endpoint.loops().loops())
                .extracting(LoopsEndpoint.Summary::name, LoopsEndpoint.Summary::state)
                .containsExactly(tuple("first", "WAITING"), tuple("second", "IDLE"));
        LoopsEndpoint.Detail first = endpoint.loop("first");
        assertThat(first.loop())
                .isEqualTo(new LoopsEndpoint.Summary(
                        "first",
                        "feed",
                        "WAITING",
                        false,
                        "every(PT5M)",
                        START.plusSeconds(600),
                        START.plusSeconds(300),
                        0,
                        true,
                        "last success 2000-01-01T00:05:00Z"));
        assertThat(first.iterations()).isEqualTo(2);
        assertThat(first.nextSlots())
                .containsExactly(
                        START.plusSeconds(600),
                        START.plusSeconds(900),
                        START.plusSeconds(1200),
                        START.plusSeconds(1500),
                        START.plusSeconds(1800));
        assertThat(first.options()).containsEntry("kind", "feed");
        assertThat(endpoint.loop("third")).isNull();
    }

    /** Asked from a slot on, such a schedule begins with the slot after it, and not with that slot itself. */
    @LoopTest
    void it_shows_five_slots_of_a_schedule_that_begins_with_a_wait_too(TestLoops loops) {
        Duration hour = Duration.ofHours(1);
        loops.loop("later")
                .schedule(at -> {
                    Instant last = at.lastSlot();
                    return (last == null ? at.now() : last).plus(hour);
                })
                .start(it -> {});
        loops.settle();
        assertThat(endpoint(loops).loop("later").nextSlots())
                .containsExactly(
                        START.plus(hour),
                        START.plus(hour.multipliedBy(2)),
                        START.plus(hour.multipliedBy(3)),
                        START.plus(hour.multipliedBy(4)),
                        START.plus(hour.multipliedBy(5)));
    }

    @LoopTest
    void it_shows_the_slots_of_a_shifted_interval_once_shifted(TestLoops loops) {
        Duration five = Duration.ofMinutes(5);
        loops.loop("shifted")
                .schedule(Schedule.every(five).shiftedBy(Duration.ofMinutes(1)))
                .start(it -> {});
        loops.settle();
        Instant first = START.plusSeconds(60);
        assertThat(endpoint(loops).loop("shifted").nextSlots())
                .containsExactly(
                        first,
                        first.plus(five),
                        first.plus(five.multipliedBy(2)),
                        first.plus(five.multipliedBy(3)),
                        first.plus(five.multipliedBy(4)));
    }

    @LoopTest(tolerate = Finding.UNSEEN_FAILURE)
    void it_names_the_type_of_a_failure_and_keeps_its_message(TestLoops loops) {
        loops.loop("fails").every(Duration.ofMinutes(5)).start(it -> {
            throw new IllegalStateException("a secret");
        });
        loops.settle();
        LoopsEndpoint.Detail fails = endpoint(loops).loop("fails");
        assertThat(fails.lastFailure()).isEqualTo("java.lang.IllegalStateException");
        assertThat(fails.loop().up()).isFalse();
        assertThat(fails.toString()).doesNotContain("a secret");
    }

    @LoopTest
    void it_counts_iterations_attempts_retries_and_missed_slots(TestLoops loops) {
        Loop loop = loops.loop("busy")
                .every(Duration.ofSeconds(1))
                .maxAttempts(3)
                .retryOn(IllegalStateException.class)
                .backoff(Backoff.fixed(Duration.ofMillis(100)))
                .start(it -> {
                    if (it.index() == 0 && it.attempt() == 1) {
                        throw new IllegalStateException("not yet");
                    }
                    it.sleep(Duration.ofMillis(it.index() == 0 ? 3_500 : 500));
                });
        loops.advance(Duration.ofMillis(5_200));
        LoopStatus status = loop.status();
        assertThat(status.missedSlots()).isGreaterThan(1);
        LoopsEndpoint.Detail busy = endpoint(loops).loop("busy");
        assertThat(busy.retries()).isOne();
        assertThat(busy.missedSlots()).isEqualTo(status.missedSlots());
        assertThat(busy.iterations()).isEqualTo(status.iterations());
        assertThat(busy.attempt()).isOne();
        assertThat(busy.loop().failuresInARow()).isZero();
    }

    @LoopTest
    void it_changes_loops(TestLoops loops) {
        Loop loop = loops.loop("loop").every(Duration.ofMinutes(5)).start(it -> {});
        loops.settle();
        LoopsEndpoint endpoint = endpoint(loops);
        endpoint.change("loop", "trigger", null);
        loops.settle();
        assertThat(loop.status().iterations()).isEqualTo(2);
        endpoint.change("loop", "pause", null);
        assertThat(loop.status().paused()).isTrue();
        endpoint.change("loop", "resume", null);
        assertThat(loop.status().paused()).isFalse();
        endpoint.change("loop", "interval", "10s");
        assertThat(loop.schedule()).isEqualTo(Schedule.every(Duration.ofSeconds(10)));
        endpoint.change("loop", "stop", null);
        loops.settle();
        assertThat(loop.isRunning()).isFalse();
        assertThat(endpoint.change("loop", "trigger", null).getStatus()).isEqualTo(409);
        assertThat(endpoint.change("other", "trigger", null).getStatus()).isEqualTo(404);
        assertThat(endpoint.change("loop", "start", null).getStatus()).isEqualTo(200);
        assertThat(loop.isRunning()).isTrue();
        assertThatThrownBy(() -> endpoint.change("loop", "explode", null))
                .isInstanceOf(InvalidEndpointRequestException.class)
                .hasMessageContaining("explode");
        for (String interval : new String[] {"-5s", "0s", "soon", "30", "+30", null}) {
            assertThatThrownBy(() -> endpoint.change("loop", "interval", interval))
                    .isInstanceOf(InvalidEndpointRequestException.class)
                    .hasMessage("interval '" + interval + "'");
        }
        assertThat(loop.schedule()).isEqualTo(Schedule.every(Duration.ofSeconds(10)));
    }

    @Test
    void it_only_reads_unless_the_application_says_otherwise() {
        application.run(context -> assertThat(methods(context.getBean(WebEndpointsSupplier.class)))
                .containsExactlyInAnyOrder(WebEndpointHttpMethod.GET, WebEndpointHttpMethod.GET));
        application
                .withPropertyValues("management.endpoint.loops.access=unrestricted")
                .run(context -> assertThat(methods(context.getBean(WebEndpointsSupplier.class)))
                        .containsExactlyInAnyOrder(
                                WebEndpointHttpMethod.GET, WebEndpointHttpMethod.GET, WebEndpointHttpMethod.POST));
    }

    private static List<WebEndpointHttpMethod> methods(WebEndpointsSupplier endpoints) {
        return endpoints.getEndpoints().stream()
                .flatMap(endpoint -> endpoint.getOperations().stream())
                .map(operation -> operation.getRequestPredicate().getHttpMethod())
                .toList();
    }

    @Test
    void the_rule_of_health_of_the_application_is_its_own() {
        application.withBean(LoopHealth.class, OwnHealth::rule).run(context -> {
            OwnHealth.startLoop(context.getBean(LoopRuntime.class));
            LoopsEndpoint endpoint = context.getBean(LoopsEndpoint.class);
            assertThatThrownBy(endpoint::loops).hasMessage(OwnHealth.ASKED);
        });
    }

    @Test
    void it_is_not_there_unless_it_is_exposed() {
        application
                .withPropertyValues("management.endpoints.web.exposure.include=health")
                .run(context -> assertThat(context).doesNotHaveBean(LoopsEndpoint.class));
    }
}
