package dev.vloop.spring;

import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The application of {@link RestartTest}. A file of its own, as a class loader that is not the test's loads it. */
@Configuration
@EnableAutoConfiguration
class RestartedApplication {
    private final CountDownLatch ticks = new CountDownLatch(2);

    @Bean
    Loop ticking(LoopRuntime loops) {
        return loops.loop("ticking")
                .every(Duration.ofMillis(1))
                .build(it -> it.fork(() -> {
                            ticks.countDown();
                            return null;
                        })
                        .get());
    }

    @Bean
    CountDownLatch ticks() {
        return ticks;
    }

    @LoopMethod(every = "1s", timeout = "10s")
    void method() {}
}
