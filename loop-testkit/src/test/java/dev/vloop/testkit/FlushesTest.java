package dev.vloop.testkit;

import static dev.vloop.testkit.LoopAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests with {@link LoopTest}, as a user would write them. */
class FlushesTest {
    private final List<String> sent = new ArrayList<>();
    private TestLoops shared;

    @BeforeEach
    void keep(TestLoops loops) {
        shared = loops;
    }

    @AfterEach
    void isStillTheSame(TestLoops loops) {
        assertThat(loops).isSameAs(shared);
    }

    @LoopTest
    void flushes_every_ten_seconds(TestLoops loops, LoopRuntime runtime) {
        assertThat(loops).isSameAs(shared).isSameAs(runtime);
        Loop bulker = loops.loop("bulker").every(Duration.ofSeconds(10)).start(it -> sent.add("#" + it.index()));
        loops.advance(Duration.ofMinutes(1));
        assertThat(bulker).isWaiting().isRunning().hasIterations(7).nextIn(Duration.ofSeconds(10));
        assertThat(bulker.status()).isWaiting().hasIterations(7).nextAt(Instant.parse("2000-01-01T00:01:10Z"));
        assertThat(sent).hasSize(7);
    }

    @LoopTest(startAt = "2026-03-28T08:59+01:00[Europe/Berlin]")
    void begins_at_a_zoned_time(TestLoops loops) {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        Loop digest = loops.loop("digest").dailyAt(berlin, LocalTime.of(9, 0)).start(it -> sent.add("digest"));
        loops.settle();
        assertThat(digest).isWaiting().nextIn(Duration.ofMinutes(1));
        loops.advanceTo(ZonedDateTime.of(2026, 3, 28, 9, 0, 0, 0, berlin).toInstant());
        assertThat(digest).hasIterations(1).nextAt(ZonedDateTime.of(2026, 3, 29, 9, 0, 0, 0, berlin));
        assertThat(digest).nextIn(Duration.ofHours(23));
    }

    @LoopTest(seeds = 20)
    void holds_in_every_order(TestLoops loops) {
        for (String name : List.of("a", "b", "c")) {
            loops.loop(name).every(Duration.ofSeconds(1)).count(3).start(it -> sent.add(name));
        }
        loops.advance(Duration.ofSeconds(2));
        assertThat(sent).hasSize(9);
        assertThat(loops.loops()).isEmpty();
    }
}
