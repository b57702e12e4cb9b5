package dev.vloop.tests.races;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.spi.Host;
import dev.vloop.testkit.TestLoops;
import dev.vloop.tests.support.BuilderHost;
import dev.vloop.vthreads.VirtualLoops;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R38: the thread that launches the runs of a runtime")
class SupervisorInterruptTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private volatile @Nullable Thread supervisor;

    /** Notes the thread that has the runtime's name. */
    private void watch(VirtualLoops.Builder builder) {
        BuilderHost.wrap(builder.name("bot"), host -> (Host) Proxy.newProxyInstance(
                Host.class.getClassLoader(), new Class<?>[] {Host.class}, (proxy, method, arguments) -> {
                    try {
                        Object result = method.invoke(host, arguments);
                        if (method.getName().equals("newThread") && arguments[0].equals("bot")) {
                            supervisor = (Thread) result;
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw requireNonNull(e.getCause());
                    }
                }));
    }

    @Test
    void waits_and_launches_as_before_when_somebody_has_interrupted_it() {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (TestLoops loops = TestLoops.builder()
                .settings(this::watch)
                .patience(Duration.ofMillis(400))
                .create()) {
            loops.loop("first").every(SECOND).count(2).start(it -> heard.add("first"));
            loops.settle();
            requireNonNull(supervisor).interrupt();
            loops.advance(SECOND); // which would be told of a thread that spins
            loops.loop("second").every(SECOND).start(it -> heard.add("second"));
            loops.settle();
        }
        assertThat(heard).containsExactly("first", "first", "second");
    }
}
