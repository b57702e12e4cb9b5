package dev.vloop.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.spring.test.VirtualTime;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the documentation says of the application. */
@SpringBootTest
@VirtualTime(startAt = "2026-03-27T08:59+01:00[Europe/Berlin]") // a Friday
class ApplicationTest {
    @Test
    void a_request_fetches_prices_now(TestLoops loops, @Autowired PricesController web) {
        int before = web.fetches();
        web.fetchNow();
        loops.settle();
        assertThat(web.fetches() - before).isEqualTo(1);
    }

    @Test
    void messages_are_written_within_five_seconds_and_at_the_end(
            TestLoops loops, @Autowired PricesController web, @Autowired Outbox outbox) {
        long before = outbox.written();
        web.send("first");
        loops.advance(Duration.ofSeconds(5));
        assertThat(outbox.written() - before).isEqualTo(1);
        web.send("last");
        loops.get("outbox").stop();
        loops.settle();
        assertThat(outbox.written() - before).isEqualTo(2);
    }

    @Test
    void the_digest_is_written_each_morning_though_the_clocks_change(TestLoops loops, @Autowired JdbcClient database) {
        database.sql("delete from digest").update();
        loops.advance(Duration.ofDays(3));
        assertThat(database.sql("select slot from digest order by slot")
                        .query(OffsetDateTime.class)
                        .list())
                .extracting(OffsetDateTime::toInstant)
                .containsExactly(
                        Instant.parse("2026-03-27T08:00:00Z"),
                        Instant.parse("2026-03-28T08:00:00Z"),
                        Instant.parse("2026-03-29T07:00:00Z"),
                        Instant.parse("2026-03-30T07:00:00Z"));
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Moved {
        final List<String> log = new ArrayList<>();

        @Bean
        WithLoops withLoops() {
            return new WithLoops(log);
        }
    }

    @Test
    void what_was_scheduled_is_done_at_the_same_times_by_loops(TestLoops loops, @Autowired Moved moved) {
        moved.log.clear();
        loops.advance(Duration.ofMinutes(10));
        assertThat(moved.log).containsExactly("reported", "cleaned up");
        moved.log.clear();
        loops.get("cleanup").pause();
        loops.advance(Duration.ofDays(3)); // to Monday, an hour later on the wall clock: summer time has begun
        assertThat(moved.log).containsExactly("reported");
    }
}
