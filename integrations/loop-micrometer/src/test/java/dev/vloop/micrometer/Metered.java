package dev.vloop.micrometer;

import dev.vloop.testkit.Finding;
import dev.vloop.testkit.TestLoops;
import dev.vloop.vthreads.VirtualLoops;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;

/** Loops in virtual time whose metrics go to Prometheus. */
abstract class Metered {
    static final Instant ORIGIN = Instant.parse("2000-01-01T00:00:00Z");

    /** Held here, lest it be collected. */
    static final Logger LOG = Logger.getLogger("dev.vloop");

    final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    final LoopMetrics metrics;
    final TestLoops loops;

    Metered() {
        this(builder -> {});
    }

    Metered(Consumer<LoopMetrics.Builder> settings) {
        LOG.setUseParentHandlers(false);
        LoopMetrics.Builder builder = LoopMetrics.builder(registry);
        settings.accept(builder);
        metrics = builder.create();
        loops = loops(metrics, runtime -> {});
    }

    static TestLoops loops(LoopMetrics metrics, Consumer<VirtualLoops.Builder> settings) {
        return TestLoops.builder()
                .startAt(ORIGIN)
                .settings(builder -> {
                    builder.listener(metrics);
                    settings.accept(builder);
                })
                .tolerate(Finding.UNSEEN_FAILURE)
                .create();
    }

    @AfterEach
    void close() {
        loops.close();
    }

    /** The lines of a scrape that begin with a text. */
    List<String> scraped(String prefix) {
        return registry.scrape()
                .lines()
                .filter(line -> line.startsWith(prefix))
                .sorted()
                .toList();
    }

    /** The lines of a scrape that have a kind. */
    List<String> ofKind(String kind) {
        return registry.scrape()
                .lines()
                .filter(line -> line.contains("kind=\"" + kind + "\""))
                .toList();
    }

    static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }
}
