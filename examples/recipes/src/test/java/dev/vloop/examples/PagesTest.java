package dev.vloop.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import dev.vloop.Schedule;
import dev.vloop.dashboard.LoopDashboard;
import dev.vloop.dashboard.LoopHistory;
import dev.vloop.testkit.TestLoops;
import dev.vloop.vthreads.VirtualLoops;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The code of docs/schedules.md, docs/failures.md and docs/observing.md that no other test runs. */
class PagesTest {
    private static final Instant MIDNIGHT = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void composed_schedules_have_the_slots_that_the_page_names() {
        List<Schedule> composed = Schedules.composed(Set.of(LocalDate.of(2026, 1, 1)));
        assertThat(composed.get(0).nextRuns(MIDNIGHT, 3))
                .containsExactly(
                        Instant.parse("2026-01-01T00:00:00Z"), // 09:00 in Tokyo
                        Instant.parse("2026-01-01T08:00:00Z"), // 09:00 in Berlin
                        Instant.parse("2026-01-02T00:00:00Z"));
        Instant spread = composed.get(1).nextRuns(MIDNIGHT, 1).get(0);
        assertThat(spread).isBetween(MIDNIGHT, MIDNIGHT.plus(Duration.ofMinutes(5)));
        assertThat(Schedules.composed(Set.of()).get(1).nextRuns(MIDNIGHT, 1)).containsExactly(spread);
        assertThat(composed.get(2).nextRuns(MIDNIGHT, 1))
                .as("the first hour of 2 January in Berlin")
                .containsExactly(Instant.parse("2026-01-01T23:00:00Z"));
    }

    @Test
    void the_rarer_schedule_doubles_its_distance_up_to_a_day() {
        List<Instant> slots = Schedules.rarer().nextRuns(MIDNIGHT, 15);
        assertThat(slots.subList(0, 5))
                .containsExactly(MIDNIGHT, minutes(1), minutes(1 + 2), minutes(1 + 2 + 4), minutes(1 + 2 + 4 + 8));
        assertThat(Duration.between(slots.get(13), slots.get(14))).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void the_careful_digest_is_not_repeated_after_its_timeout() {
        try (TestLoops loops = TestLoops.startingAt(Instant.parse("2026-01-01T07:59:00Z"))) {
            SlowBot bot = new SlowBot(loops);
            Careful.digest(loops, bot);
            loops.advance(Duration.ofMinutes(30));
            assertThat(bot.greetings).isEqualTo(1);
            assertThat(loops.get("digest").status().failuresInARow()).isEqualTo(1);
            assertThat(loops.get("digest").nextIteration()).isEqualTo("2026-01-02T08:00:00Z");
        }
    }

    @Test
    void the_listener_counts_failures_and_skipped_slots() {
        TroubleCount troubles = new TroubleCount();
        try (TestLoops loops = TestLoops.builder()
                .settings(builder -> builder.listener(troubles))
                .create()) {
            loops.loop("slow").every(Duration.ofMinutes(1)).start(it -> {
                if (it.attempt() == 1 && it.index() == 0) {
                    throw new IOException("no network");
                }
                it.sleep(Duration.ofMinutes(3)); // passes three slots; one iteration makes up for them
            });
            loops.advance(Duration.ofMinutes(4));
            assertThat(troubles.of("slow"))
                    .as("one failure, and two of three slots")
                    .isEqualTo(3);
            assertThat(troubles.of("another")).isZero();
        }
    }

    @Test
    void a_runtime_is_given_the_listener_as_it_is_shown() throws InterruptedException {
        // region listener-added
        TroubleCount troubles = new TroubleCount();
        LoopRuntime loops =
                VirtualLoops.builder().name("bot").listener(troubles).create();
        // end region
        try (loops) {
            Loop failing = loops.loop("failing").every(Duration.ofDays(1)).start(it -> {
                throw new IllegalStateException("as the test wants");
            });
            assertThat(failing.join().isFailed()).isTrue();
        }
        assertThat(troubles.of("failing")).isEqualTo(1);
    }

    @Test
    void a_page_is_started_as_it_is_shown() throws IOException {
        // region dashboard
        LoopHistory history = new LoopHistory();
        LoopRuntime loops = VirtualLoops.builder().name("bot").listener(history).create();
        LoopDashboard page = LoopDashboard.builder(loops).history(history).start();
        System.out.println("loops: " + page.link());
        // end region
        try (loops;
                page) {
            assertThat(page.link().getQuery()).startsWith("token=");
        }
    }

    private static Instant minutes(long minutes) {
        return MIDNIGHT.plus(Duration.ofMinutes(minutes));
    }

    /** Needs an hour for its first greeting. */
    private static final class SlowBot implements Bot {
        private final TestLoops loops;
        private int greetings;

        SlowBot(TestLoops loops) {
            this.loops = loops;
        }

        @Override
        public void awaitReady() {}

        @Override
        public void print(Object text) {}

        @Override
        public List<String> guilds() {
            return List.of("chess");
        }

        @Override
        public void greet(String guild) throws IOException {
            greetings++;
            try {
                loops.clock().sleep(Duration.ofHours(1));
            } catch (InterruptedException e) {
                throw new IOException("interrupted", e);
            }
        }

        @Override
        public String fetch(String path) {
            return path;
        }

        @Override
        public void shutdown() {}
    }
}
