package dev.vloop.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.testkit.TestLoops;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Iterations as spans of OpenTelemetry's SDK")
class OpenTelemetryTest {
    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final SdkTracerProvider provider = SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(spans))
            .build();

    @AfterEach
    void forgetSpans() {
        provider.close();
    }

    private ObservationRegistry registry() {
        ObservationRegistry registry = ObservationRegistry.create();
        OtelTracer tracer = new OtelTracer(provider.get("test"), new OtelCurrentTraceContext(), event -> {});
        registry.observationConfig().observationHandler(new DefaultTracingObservationHandler(tracer));
        return registry;
    }

    private SpanData span(String name) {
        List<SpanData> found = new ArrayList<>(spans.getFinishedSpanItems());
        found.removeIf(span -> !span.getName().equals(name));
        assertThat(found).as(name).hasSize(1);
        return found.get(0);
    }

    @Test
    void retries_and_forks_are_within_the_span_of_their_iteration() {
        ObservationRegistry registry = registry();
        LoopMetrics metrics = LoopMetrics.builder(new SimpleMeterRegistry())
                .observations(registry)
                .create();
        try (TestLoops loops = Metered.loops(
                metrics, runtime -> runtime.defaults(loop -> loop.forkContext(PropagatedContext.all())))) {
            loops.loop("guild 42")
                    .kind("digest")
                    .every(Duration.ofMinutes(1))
                    .count(1)
                    .backoff((failure, random) -> Duration.ofSeconds(1))
                    .start(it -> {
                        it.fork(() -> {
                                    Observation.start("query " + it.attempt(), registry)
                                            .stop();
                                    return null;
                                })
                                .get();
                        if (it.attempt() == 1) {
                            throw new IOException("no network");
                        }
                    });
            loops.advance(Duration.ofSeconds(5));
        }
        SpanData iteration = span("loop digest");
        assertThat(iteration.getParentSpanId()).isEqualTo(SpanId.getInvalid());
        assertThat(iteration.getStatus().getStatusCode()).isNotEqualTo(StatusCode.ERROR);
        assertThat(iteration.getAttributes().get(AttributeKey.stringKey("loop.name")))
                .isEqualTo("guild 42");
        assertThat(iteration.getAttributes().get(AttributeKey.stringKey("outcome")))
                .isEqualTo("success");
        assertThat(iteration.getEvents()).extracting("name").containsExactly("attempt 1 failed: IOException");
        SpanData retry = span("attempt 2");
        assertThat(retry.getParentSpanId()).isEqualTo(iteration.getSpanId());
        assertThat(span("query 1").getParentSpanId()).isEqualTo(iteration.getSpanId());
        assertThat(span("query 2").getParentSpanId()).isEqualTo(retry.getSpanId());
        assertThat(spans.getFinishedSpanItems()).hasSize(4);
    }

    @Test
    void a_cancelled_iteration_is_a_span_without_an_error() {
        LoopMetrics metrics = LoopMetrics.builder(new SimpleMeterRegistry())
                .observations(registry())
                .create();
        try (TestLoops loops = Metered.loops(metrics, runtime -> {})) {
            loops.loop("feed").every(Duration.ofMinutes(1)).start(it -> it.sleep(Duration.ofHours(1)));
            loops.settle();
        }
        assertThat(span("loop feed").getStatus().getStatusCode()).isNotEqualTo(StatusCode.ERROR);
        assertThat(span("loop feed").getEvents()).isEmpty();
    }
}
