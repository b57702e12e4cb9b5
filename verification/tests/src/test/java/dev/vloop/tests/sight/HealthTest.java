package dev.vloop.tests.sight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.Loop;
import dev.vloop.LoopHealth;
import dev.vloop.Schedule;
import dev.vloop.tests.support.VirtualTimeTest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R35: health")
class HealthTest extends VirtualTimeTest {
    /** Slots at 0, 1, 3, 7 .. 511, 1023 and 2047 minutes. */
    private static final Schedule RARER = at -> {
        Instant last = at.lastSlot();
        return last == null ? at.runStart() : last.plus(Duration.ofMinutes(1L << (at.slots() - 1)));
    };

    private final AtomicBoolean broken = new AtomicBoolean();

    /** Why the loop is down; null if it is up. */
    private @Nullable String fault() {
        return fault(LoopHealth.standard());
    }

    private @Nullable String fault(LoopHealth rule) {
        LoopHealth.Report report = rule.check(loops);
        assertThat(report.isUp()).isEqualTo(report.down().isEmpty());
        assertThat(report.loops()).hasSize(1);
        return report.isUp() ? null : report.down().get(0).reason();
    }

    private String reason() {
        return LoopHealth.standard().check(loops).loops().get(0).reason();
    }

    private void body() throws IOException {
        if (broken.get()) {
            throw new IOException("password 1234");
        }
    }

    private Loop tolerant(Schedule schedule) {
        return loops.loop("job")
                .schedule(schedule)
                .continueOn(IOException.class)
                .start(it -> body());
    }

    @Test
    void a_loop_that_runs_is_up_and_tells_its_last_success() {
        Loop loop = tolerant(Schedule.every(seconds(10)));
        loops.settle();
        LoopHealth.Verdict verdict = LoopHealth.standard().check(loop, ORIGIN);
        assertThat(verdict.isUp()).isTrue();
        assertThat(verdict.loop()).isSameAs(loop);
        assertThat(verdict.status().iterations()).isEqualTo(1);
        assertThat(verdict.reason()).isEqualTo("last success 2000-01-01T00:00:00Z");
    }

    @Test
    void a_loop_whose_run_has_failed_is_down_until_it_is_started_again() {
        broken.set(true);
        Loop loop = loops.loop("job").every(seconds(10)).maxAttempts(1).start(it -> body());
        loops.settle();
        assertThat(fault()).isEqualTo("its run has failed: java.io.IOException");
        broken.set(false);
        loop.start();
        loops.settle();
        assertThat(fault()).isNull();
    }

    @Test
    void a_loop_that_nobody_wants_to_run_is_up() {
        Loop loop = loops.loop("job").every(seconds(10)).build(it -> body());
        assertThat(fault()).isNull();
        assertThat(reason()).isEqualTo("not started");
        loop.start();
        loops.settle();
        loop.stop();
        loops.settle();
        assertThat(fault()).isNull();
        assertThat(reason()).isEqualTo("its run was ended");
    }

    @Test
    void of_a_loop_in_beforeLoop_it_says_since_when() {
        loops.loop("job")
                .every(seconds(10))
                .beforeLoop(() -> loops.clock().sleep(seconds(500)))
                .start(it -> body());
        loops.advance(seconds(50));
        assertThat(fault()).isNull();
        assertThat(reason()).isEqualTo("in beforeLoop since 2000-01-01T00:00:00Z");
    }

    @Test
    void a_loop_is_down_at_the_fifth_failure_in_a_row_and_up_after_a_success() {
        broken.set(true);
        Loop loop = tolerant(Schedule.every(seconds(1)));
        loops.advance(seconds(3)); // four failures
        assertThat(fault()).isNull();
        loops.advance(seconds(1));
        assertThat(fault()).isEqualTo("5 attempts in a row have failed: java.io.IOException");
        assertThat(fault(LoopHealth.standard().failuresInARow(6))).isNull();
        loop.pause(); // by somebody who has seen it
        loops.settle();
        assertThat(fault()).isNull();
        assertThat(reason()).isEqualTo("paused");
        loop.resume();
        broken.set(false);
        loops.advance(seconds(1));
        assertThat(fault()).isNull();
    }

    @Test
    void a_loop_that_fails_may_miss_one_slot() {
        tolerant(Schedule.dailyAt(ZoneOffset.UTC, LocalTime.of(3, 0)));
        loops.advance(Duration.ofHours(4));
        broken.set(true);
        loops.advance(Duration.ofHours(24)); // it has failed once
        assertThat(fault()).isNull();
        loops.advance(Duration.ofHours(23)); // 03:00 sharp
        assertThat(fault()).isNull();
        loops.advance(seconds(1));
        assertThat(fault()).isEqualTo("no success since 2000-01-01T03:00:00Z");
    }

    @Test
    void a_loop_that_never_succeeded_may_miss_one_slot() {
        broken.set(true);
        tolerant(Schedule.dailyAt(ZoneOffset.UTC, LocalTime.of(3, 0)));
        loops.advance(Duration.ofHours(28)); // it has failed twice
        assertThat(fault()).isNull();
        loops.advance(Duration.ofHours(23).plusSeconds(61)); // and once more
        assertThat(fault()).isEqualTo("no success yet; its last iteration began at 2000-01-03T03:00:00Z");
    }

    @Test
    void a_loop_with_a_jitter_that_fails_may_miss_one_slot_wherever_the_jitter_puts_it() {
        List<Duration> downAfter = new ArrayList<>();
        for (int seed = 0; seed < 20; seed++) {
            broken.set(false);
            Schedule hourly = Schedule.every(Duration.ofHours(1)).jitter(Duration.ofHours(1), "seed " + seed);
            Loop loop = loops.loop("job")
                    .schedule(hourly)
                    .continueOn(IOException.class)
                    .start(it -> {
                        body();
                        broken.set(true);
                    });
            Instant start = loops.clock().instant();
            loops.advance(
                    Duration.ofHours(2)); // the slots of two hours have passed, and only the second one has failed
            assertThat(loop.status().failuresInARow()).isEqualTo(1);
            assertThat(fault()).isNull();
            while (fault() == null) {
                loops.advance(Duration.ofMinutes(1));
            }
            downAfter.add(Duration.between(start, loops.clock().instant()));
            loop.cancel();
            loop.remove();
            loops.settle();
        }
        assertThat(downAfter).allSatisfy(length -> assertThat(length).isLessThan(Duration.ofHours(4)));
    }

    @Test
    void of_a_schedule_that_counts_its_slots_it_is_the_second_slot_that_would_really_come() {
        Loop loop = loops.loop("job")
                .schedule(RARER)
                .continueOn(IOException.class)
                .start(it -> {
                    broken.set(it.index() >= 10);
                    body();
                });
        loops.advance(Duration.ofMinutes(1023));
        assertThat(loop.status().failuresInARow()).isEqualTo(1);
        assertThat(fault()).isNull();
        loops.advance(Duration.ofMinutes(1024).minusSeconds(1));
        assertThat(fault()).isNull();
        loops.advance(seconds(2));
        assertThat(fault()).isEqualTo("no success since 2000-01-01T08:31:00Z");
    }

    @Test
    void a_loop_that_succeeded_before_its_first_slot_may_miss_one_slot() {
        Loop loop = loops.loop("job")
                .every(Duration.ofMinutes(30))
                .initialDelay(Duration.ofHours(3))
                .continueOn(IOException.class)
                .start(it -> body());
        loops.settle();
        loop.trigger();
        loops.settle();
        broken.set(true);
        loops.advance(Duration.ofMinutes(210).minusSeconds(1));
        assertThat(loop.status().failuresInARow()).isEqualTo(1);
        assertThat(fault()).isNull();
        assertThat(fault(LoopHealth.standard().grace(each -> Duration.ofHours(1))))
                .isEqualTo("no success since 2000-01-01T00:00:00Z");
        loops.advance(seconds(1));
        assertThat(fault()).isEqualTo("no success since 2000-01-01T00:00:00Z");
    }

    @Test
    void an_iteration_may_run_until_the_second_slot_of_a_schedule_that_counts_them() {
        loops.loop("job").schedule(RARER).start(it -> it.sleep(it.index() == 9 ? Duration.ofDays(9) : Duration.ZERO));
        loops.advance(Duration.ofMinutes(2046)); // it began at 511, and the slots after it are at 1023 and 2047
        assertThat(fault()).isNull();
        loops.advance(Duration.ofMinutes(2));
        assertThat(fault()).isEqualTo("its iteration has been running since 2000-01-01T08:31:00Z");
    }

    @Test
    void a_minute_is_the_smallest_grace_unless_said() {
        Loop loop = loops.loop("job")
                .every(seconds(1))
                .backoff((failure, random) -> seconds(20))
                .start(it -> body());
        loops.settle();
        broken.set(true);
        loops.advance(seconds(80)); // the backoff belongs to the grace
        assertThat(fault()).isNull();
        assertThat(fault(LoopHealth.standard().minGrace(seconds(59))))
                .isEqualTo("no success since 2000-01-01T00:00:00Z");
        loops.advance(millis(1));
        assertThat(fault()).isEqualTo("no success since 2000-01-01T00:00:00Z");
        assertThat(loop.status().failuresInARow()).isEqualTo(4);
    }

    @Test
    void an_iteration_that_hangs_is_down_though_nothing_has_failed() {
        loops.loop("job").every(Duration.ofMinutes(5)).start(it -> {
            if (it.index() == 1) {
                it.sleep(Duration.ofDays(1));
            }
        });
        loops.advance(Duration.ofMinutes(15)); // it has been running for ten
        assertThat(fault()).isNull();
        loops.advance(seconds(1));
        assertThat(fault()).isEqualTo("its iteration has been running since 2000-01-01T00:05:00Z");
    }

    @Test
    void an_iteration_that_hangs_is_down_although_somebody_has_paused_the_loop() {
        Loop loop = loops.loop("job").every(Duration.ofMinutes(5)).start(it -> it.sleep(Duration.ofDays(1)));
        loops.settle();
        loop.pause();
        loops.advance(Duration.ofMinutes(10));
        assertThat(fault()).isNull();
        loops.advance(seconds(1));
        assertThat(fault()).isEqualTo("its iteration has been running since 2000-01-01T00:00:00Z");
    }

    @Test
    void a_loop_that_was_paused_for_long_is_not_down_when_it_goes_on() {
        Loop loop = loops.loop("job").every(Duration.ofMinutes(5)).start(it -> it.sleep(seconds(1)));
        loops.advance(Duration.ofMinutes(1));
        loop.pause();
        loops.advance(Duration.ofDays(1));
        assertThat(fault()).isNull();
        loop.resume();
        loops.settle();
        assertThat(fault()).isNull(); // it waits for its next slot
        loops.advance(Duration.ofMinutes(4));
        assertThat(loop.status().attempt()).isEqualTo(1);
        assertThat(fault()).isNull(); // it runs
    }

    @Test
    void a_failure_before_the_last_success_does_no_harm() {
        broken.set(true);
        Loop loop = tolerant(Schedule.every(seconds(10)));
        loops.settle();
        broken.set(false);
        loops.advance(seconds(10));
        loop.pause();
        loops.advance(Duration.ofDays(1));
        loop.resume();
        loops.settle();
        assertThat(loop.status().lastFailure()).isNotNull();
        assertThat(fault()).isNull();
    }

    @Test
    void a_loop_that_hangs_in_beforeLoop_is_down() {
        loops.loop("job")
                .every(Duration.ofMinutes(5))
                .beforeLoop(() -> loops.clock().sleep(Duration.ofDays(1)))
                .start(it -> {});
        loops.advance(Duration.ofMinutes(10));
        assertThat(fault()).isNull();
        loops.advance(seconds(1));
        assertThat(fault()).isEqualTo("it has been in beforeLoop since 2000-01-01T00:00:00Z");
    }

    @Test
    void a_loop_whose_beforeLoop_fails_for_too_long_is_down() {
        loops.loop("job")
                .every(seconds(1))
                .backoff((failure, random) -> seconds(20))
                .beforeLoop(() -> {
                    throw new IOException("no database");
                })
                .start(it -> {});
        loops.advance(seconds(79));
        assertThat(fault()).isNull();
        assertThat(fault(LoopHealth.standard().minGrace(seconds(50))))
                .isEqualTo("no success yet; its last beforeLoop began at 2000-01-01T00:00:00Z");
    }

    @Test
    void a_slot_that_is_due_and_does_not_begin_is_down() {
        Loop loop =
                loops.loop("job").every(seconds(10)).initialDelay(seconds(10)).start(it -> body());
        loops.settle();
        assertThat(LoopHealth.standard().check(loop, ORIGIN.plusSeconds(70)).isUp())
                .isTrue();
        assertThat(LoopHealth.standard().check(loop, ORIGIN.plusSeconds(71)).reason())
                .isEqualTo("it has not run since 2000-01-01T00:00:10Z");
    }

    @Test
    void a_loop_may_have_a_grace_of_its_own() {
        loops.loop("job").every(seconds(1)).start(it -> it.sleep(Duration.ofDays(1)));
        loops.advance(seconds(31));
        assertThat(fault()).isNull();
        assertThat(fault(LoopHealth.standard().grace(loop -> loop.kind().equals("job") ? seconds(30) : null)))
                .isNotNull();
        assertThat(fault(LoopHealth.standard().grace(loop -> null))).isNull();
    }

    @Test
    void a_schedule_that_ends_or_throws_sets_no_time() {
        Schedule lambda = at -> {
            if (!at.runStart().equals(ORIGIN)) { // as health asks
                throw new IllegalStateException("no more");
            }
            return at.now().plusSeconds(1);
        };
        loops.loop("job").schedule(lambda).start(it -> it.sleep(Duration.ofDays(2)));
        loops.advance(Duration.ofDays(1));
        assertThat(fault()).isNull();
        loops.get("job").remove();
        loops.settle();
        loops.loop("once").schedule(Schedule.once(loops.clock().instant())).start(it -> it.sleep(Duration.ofDays(2)));
        loops.advance(Duration.ofDays(1));
        assertThat(fault()).isNull();
    }

    @Test
    void the_grace_ends_with_time_at_the_latest() {
        broken.set(true);
        loops.loop("job")
                .every(seconds(1))
                .backoff((failure, random) -> Duration.ofSeconds(Long.MAX_VALUE))
                .start(it -> body());
        loops.advance(Duration.ofDays(1));
        assertThat(fault()).isNull();
        assertThat(fault(LoopHealth.standard().minGrace(Duration.ofSeconds(Long.MAX_VALUE))))
                .isNull();
    }

    @Test
    void the_text_of_an_exception_is_told_to_nobody() {
        broken.set(true);
        tolerant(Schedule.every(seconds(1)));
        loops.advance(seconds(10));
        assertThat(LoopHealth.standard().check(loops).down().get(0).reason()).doesNotContain("password");
    }

    @Test
    void each_setting_keeps_the_others_in_any_order() {
        broken.set(true);
        tolerant(Schedule.every(seconds(1)));
        loops.advance(Duration.ofMillis(30_500)); // the last of 31 failures was half a second ago
        assertThat(faults(null)).hasSize(6).allMatch(fault -> fault.startsWith("no success yet"));
        assertThat(faults(seconds(10))).containsOnlyNulls();
    }

    /** Neither the failures in a row nor the smallest grace make the loop healthy, but its own grace may. */
    private List<@Nullable String> faults(@Nullable Duration ownGrace) {
        List<UnaryOperator<LoopHealth>> settings = List.of(
                rule -> rule.failuresInARow(100),
                rule -> rule.minGrace(Duration.ZERO),
                rule -> rule.grace(loop -> ownGrace));
        List<@Nullable String> faults = new ArrayList<>();
        for (UnaryOperator<LoopHealth> first : settings) {
            for (UnaryOperator<LoopHealth> second : settings) {
                for (UnaryOperator<LoopHealth> third : settings) {
                    if (first != second && second != third && third != first) {
                        faults.add(fault(third.apply(second.apply(first.apply(LoopHealth.standard())))));
                    }
                }
            }
        }
        return faults;
    }

    @Test
    void wrong_limits_are_refused() {
        LoopHealth rule = LoopHealth.standard();
        assertThatThrownBy(() -> rule.failuresInARow(0)).hasMessage("failuresInARow must be at least 1, but is 0");
        assertThatThrownBy(() -> rule.minGrace(seconds(-1))).hasMessage("minGrace must not be negative, but is PT-1S");
    }
}
