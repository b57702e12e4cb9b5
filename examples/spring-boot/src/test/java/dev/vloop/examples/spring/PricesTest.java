package dev.vloop.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.spring.test.VirtualTime;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

/** The application in virtual time. */
@SpringBootTest
@VirtualTime
class PricesTest {
    @Test
    void prices_are_fetched_every_five_minutes(TestLoops loops, @Autowired Prices prices) {
        int before = prices.fetches();
        loops.advance(Duration.ofHours(1));
        assertThat(prices.fetches() - before).isEqualTo(12);
    }
}
