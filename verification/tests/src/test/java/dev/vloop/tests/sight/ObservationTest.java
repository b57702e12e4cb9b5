package dev.vloop.tests.sight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Chain;
import dev.vloop.ForkContext;
import dev.vloop.Iteration;
import dev.vloop.Loop;
import dev.vloop.LoopBuilder;
import dev.vloop.tests.support.VirtualTimeTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("R32, R36: spans of iterations, attempts as their children, forks within, by no map of their own")
class ObservationTest extends VirtualTimeTest {
    /** As Micrometer's Observation or a span: it has a parent, is current while its scope is open, and is stopped once. */
    private static final class Span {
        static final ThreadLocal<@Nullable Span> CURRENT = new ThreadLocal<>();

        final String name;
        final @Nullable Span parent = CURRENT.get();

        @Nullable
        Throwable error;

        boolean stopped;

        Span(String name) {
            this.name = name;
        }

        @Override
        public String toString() {
            String outcome = !stopped ? "open" : error == null ? "ok" : error.getMessage();
            return (parent == null ? "" : parent.name + " > ") + name + ": " + outcome;
        }
    }

    /** All that an integration needs: two methods and the context. */
    private static final class Spans {
        final List<Span> all = Collections.synchronizedList(new ArrayList<>());

        void install(LoopBuilder defaults) {
            defaults.intercept((first, chain) -> within(first.loop().kind() + " " + first.index(), chain))
                    .interceptAttempts((attempt, chain) -> within("attempt " + attempt.attempt(), chain))
                    .forkContext(context());
        }

        private void within(String name, Chain chain) throws Exception {
            Span before = Span.CURRENT.get();
            Span span = new Span(name);
            all.add(span);
            Span.CURRENT.set(span);
            try {
                chain.proceed();
            } catch (InterruptedException cancelled) {
                throw cancelled; // no error
            } catch (Exception e) {
                span.error = e;
                throw e;
            } finally {
                span.stopped = true;
                Span.CURRENT.set(before);
            }
        }

        private static ForkContext context() {
            return () -> {
                Span span = Span.CURRENT.get();
                return task -> {
                    Span.CURRENT.set(span);
                    try {
                        task.proceed();
                    } finally {
                        Span.CURRENT.remove();
                    }
                };
            };
        }
    }

    private static final Spans SPANS = new Spans();

    ObservationTest() {
        super(runtime -> runtime.defaults(SPANS::install));
        SPANS.all.clear();
    }

    private void forkWithin(Iteration it) {
        it.fork(() -> {
            Span span = Span.CURRENT.get();
            note("fork within " + (span == null ? "nothing" : span.name));
            return null;
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void are_all_stopped_with_what_they_failed_with(int concurrent) {
        Loop loop = loops.loop("guild 42")
                .kind("digest")
                .every(seconds(10))
                .maxConcurrent(concurrent)
                .backoff((failure, random) -> seconds(1))
                .start(it -> {
                    assertThat(Span.CURRENT.get()).isNotNull();
                    forkWithin(it);
                    if (it.index() == 0 && it.attempt() == 1) {
                        throw new IOException("no network");
                    }
                    if (it.index() == 1) {
                        it.sleep(seconds(100));
                    }
                });
        loops.advance(seconds(15));
        loop.cancel();
        loops.settle();
        assertThat(SPANS.all)
                .extracting(Span::toString)
                .containsExactly(
                        "digest 0: ok",
                        "digest 0 > attempt 1: no network",
                        "digest 0 > attempt 2: ok",
                        "digest 1: ok",
                        "digest 1 > attempt 1: ok");
        assertThat(events).contains("fork within attempt 2 1", "fork within attempt 1 10");
    }
}
