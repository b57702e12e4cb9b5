package dev.vloop.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.ForkContext;
import dev.vloop.testkit.TestLoops;
import io.micrometer.context.ContextRegistry;
import io.micrometer.context.ContextSnapshotFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Thread-locals that reach forks by Micrometer's context propagation")
class PropagatedContextTest {
    private static final ThreadLocal<String> USER = new ThreadLocal<>();

    private final ContextRegistry registry = new ContextRegistry();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @Test
    void are_set_in_the_fork_and_taken_back_after_it() throws Exception {
        registry.registerThreadLocalAccessor("user", USER);
        ForkContext context = PropagatedContext.by(
                ContextSnapshotFactory.builder().contextRegistry(registry).build());
        USER.set("anna");
        ForkContext.Captured captured = context.capture();
        USER.set("bert");
        captured.run(() -> seen.add(USER.get()));
        assertThatThrownBy(() -> captured.run(() -> {
                    throw new IOException("no network");
                }))
                .isInstanceOf(IOException.class);
        seen.add(USER.get());
        USER.remove();
        assertThat(seen).containsExactly("anna", "bert");
    }

    @Test
    void reach_the_forks_of_a_loop() {
        registry.registerThreadLocalAccessor("user", USER);
        ForkContext context = PropagatedContext.by(
                ContextSnapshotFactory.builder().contextRegistry(registry).build());
        try (TestLoops loops = TestLoops.builder()
                .settings(runtime -> runtime.defaults(loop -> loop.forkContext(context)))
                .create()) {
            loops.loop("feed").every(Duration.ofSeconds(1)).count(1).start(it -> {
                USER.set("anna");
                it.fork(() -> seen.add("fork of " + USER.get()));
                it.forkEach(List.of("item"), item -> seen.add(item + " of " + USER.get()));
            });
            loops.settle();
        }
        assertThat(seen).containsExactlyInAnyOrder("fork of anna", "item of anna");
    }
}
