package dev.vloop.deep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.testkit.LoopTest;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

/** Beans of Spring's test context, which are older than the test, have virtual time in it. */
@SpringJUnitConfig(SpringContextTest.Config.class)
class SpringContextTest extends DeepFixture {
    private final Greeter greeter;

    @Autowired
    SpringContextTest(Greeter greeter) {
        this.greeter = greeter;
    }

    /** It knows nothing of tests. */
    static class Greeter {
        private final Instant born = Instant.now();

        String greet() throws InterruptedException {
            TimeUnit.SECONDS.sleep(30);
            return "hello at " + Instant.now();
        }

        Instant born() {
            return born;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Config {
        @Bean
        Greeter greeter() {
            return new Greeter();
        }
    }

    @LoopTest
    void a_bean_waits_and_reads_the_clock(TestLoops loops) {
        loops.loop("greeter").every(Duration.ofMinutes(1)).start(it -> said.add(greeter.greet()));
        loops.advance(Duration.ofMinutes(2));
        assertThat(said).containsExactly("hello at 2000-01-01T00:00:30Z", "hello at 2000-01-01T00:01:30Z");
        assertThat(greeter.born()).isAfter(Instant.parse("2020-01-01T00:00:00Z")); // the context is older than the test
    }
}
