package dev.vloop.vthreads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.MissedSlots;
import dev.vloop.Schedule;
import dev.vloop.SlotContext;
import dev.vloop.spi.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The same slots, computed in three ways: in nanoseconds, by leaps over a grid, and by asking slot by slot. Whatever happens to them, in
 * whatever order, they agree.
 */
@DisplayName("R14, R21, R24: timetables")
class TimetableTest {
    private static final SearchLimit NONE = () -> false;

    private final HandMovedHost host = new HandMovedHost();

    /** Slots a distance apart, of which the engine knows nothing. */
    private record Own(Duration distance) implements Schedule {
        @Override
        public boolean isMonotonic() {
            return true;
        }

        @Override
        public @Nullable Instant next(SlotContext at) {
            Instant last = at.lastSlot();
            return last == null ? at.runStart() : last.plus(distance);
        }
    }

    private static List<Schedule> waysToSay(Duration distance) {
        return List.of(Schedule.every(distance), Schedule.every(distance).shiftedBy(Duration.ZERO), new Own(distance));
    }

    private static Duration some(SplittableRandom random, int mostMillis) {
        return Duration.ofMillis(random.nextInt(mostMillis));
    }

    @Test
    void a_slot_that_a_change_makes_due_just_now_is_excused_if_it_begins_late() {
        for (Schedule before : waysToSay(Duration.ofSeconds(10))) {
            Timetable slots = Timetable.first(before, host, NONE, 0);
            slots.beginSlot(slots.preview());
            host.run(Duration.ofSeconds(4));
            Timetable changed = slots.changed(host, NONE, Schedule.every(Duration.ofSeconds(4)), MissedSlots.SKIP);
            assertThat(changed.isDue(host.nanoTime())).isTrue();
            host.run(Duration.ofSeconds(1));
            assertThat(changed.skipMissed(MissedSlots.SKIP, Host.NEVER, false, host.nanoTime()))
                    .as("%s", before)
                    .isZero();
            assertThat(changed.isDue(host.nanoTime())).isTrue();
        }
    }

    @Test
    void a_slot_runs_that_is_just_as_late_as_it_may_be() {
        for (Schedule schedule : waysToSay(Duration.ofSeconds(10))) {
            for (long more : new long[] {0, 1}) {
                Timetable slots = Timetable.first(schedule, host, NONE, 0);
                host.run(Duration.ofSeconds(2).plusNanos(more));
                long limit = Duration.ofSeconds(2).toNanos();
                assertThat(slots.skipMissed(MissedSlots.RUN_ONCE, limit, true, host.nanoTime()))
                        .as("%s", schedule)
                        .isEqualTo(more);
            }
        }
    }

    /** What one run has been told, in three timetables. */
    private final class Three {
        final SplittableRandom random;
        final MissedSlots policy;
        List<Timetable> all;
        String done = "";

        Three(long seed, MissedSlots policy) {
            random = new SplittableRandom(seed);
            this.policy = policy;
            long delay = some(random, 2_000).toNanos() * random.nextInt(2);
            all = waysToSay(Duration.ofMillis(random.nextInt(1, 3_000))).stream()
                    .map(schedule -> Timetable.first(schedule, host, NONE, delay))
                    .toList();
        }

        void assertAgree(Stream<?> answers, String what) {
            assertThat(answers.distinct().toList()).as("%s after%s", what, done).hasSize(1);
        }

        void step() {
            switch (random.nextInt(7)) {
                case 0, 1 -> host.run(some(random, 4_000));
                case 2 -> {
                    host.wall = host.wall.plus(some(random, 100_000_000)).minus(some(random, 100_000_000));
                    done += " jump";
                }
                case 3 -> drop();
                case 4 -> serve();
                case 5 -> change();
                default -> runIfDue(random.nextBoolean());
            }
            assertAgree(all.stream().map(Timetable::deadline), "the deadline");
            assertAgree(all.stream().map(Timetable::nextNano), "the next slot");
            assertAgree(all.stream().map(each -> each.isDue(host.nanoTime())), "whether it is due");
            assertThat(all).allSatisfy(each -> {
                assertThat(each.isExhausted()).isFalse();
                assertThat(each.followsWallClock()).isFalse();
                assertThat(each.clockWasMoved()).isFalse();
                assertThat(each.nextInstant()).isNull();
                assertThat(each.lastInstant()).isNull();
            });
        }

        void runIfDue(boolean waited) {
            long now = host.nanoTime();
            if (!all.getFirst().isDue(now)) {
                return;
            }
            // How SKIP and a small limit go together is another matter.
            long limit = policy == MissedSlots.SKIP || random.nextBoolean()
                    ? Host.NEVER
                    : some(random, 5_000).toNanos();
            done += " due " + waited + " " + limit;
            List<Long> skipped = all.stream()
                    .map(each -> each.skipMissed(policy, limit, waited, now))
                    .toList();
            assertAgree(skipped.stream(), "the number of slots that were missed");
            assertFirstSkipped(skipped.getFirst(), 0);
            assertAgree(all.stream().map(each -> each.isDue(now)), "whether a slot runs");
            if (all.getFirst().isDue(now)) {
                all.forEach(each -> each.beginSlot(each.asksSchedule() ? each.preview() : null));
                assertAgree(all.stream().map(Timetable::lastNano), "the slot that runs");
                assertAgree(all.stream().map(Timetable::nextNano), "the slot after it");
                host.run(some(random, 6_000));
                long end = host.nanoTime();
                all.forEach(each -> each.endSlot(end));
            }
        }

        void assertFirstSkipped(long skipped, long kept) {
            if (skipped > 0) {
                RuntimeClock clock = new RuntimeClock(host);
                assertAgree(
                        all.stream().map(each -> each.firstSkipped(clock, skipped, kept)), "the first that was missed");
            }
        }

        void drop() {
            done += " drop";
            all.forEach(each -> each.dropPassed(host.nanoTime()));
        }

        void serve() {
            long began = Math.max(0, host.nanoTime() - some(random, 4_000).toNanos());
            done += " serve " + began;
            List<Long> skipped = all.stream().map(each -> each.serve(began)).toList();
            assertAgree(skipped.stream(), "the number of slots that an attempt did not serve");
            assertFirstSkipped(skipped.getFirst(), 1);
        }

        void change() {
            Duration other = Duration.ofMillis(random.nextInt(1, 3_000));
            done += " change to " + other;
            List<Schedule> ways = waysToSay(other);
            int turned = random.nextInt(3); // each is changed to each of the others, too
            List<Timetable> before = all;
            all = Stream.of(0, 1, 2)
                    .map(i -> before.get(i).changed(host, NONE, ways.get((i + turned) % 3), policy))
                    .toList();
            assertAgree(all.stream().map(Timetable::nextNano), "the slot after the change");
            runIfDue(random.nextBoolean());
        }
    }

    @ParameterizedTest
    @EnumSource(MissedSlots.class)
    void agree_whatever_happens(MissedSlots policy) {
        host.run(Duration.ofHours(1));
        for (long seed = 0; seed < 200; seed++) {
            Three three = new Three(seed, policy);
            for (int i = 0; i < 60; i++) {
                three.step();
            }
        }
    }

    @Test
    void of_an_interval_begin_with_the_run_and_are_an_interval_apart() {
        host.run(Duration.ofSeconds(7));
        Timetable slots = Timetable.first(Schedule.every(Duration.ofSeconds(10)), host, NONE, 3_000_000_000L);
        assertThat(slots).isInstanceOf(IntervalTimetable.class);
        assertThat(slots.asksSchedule()).isFalse();
        assertThat(slots.lastNano()).isEqualTo(-1);
        assertThat(slots.nextNano()).isEqualTo(10_000_000_000L);
        assertThat(slots.isDue(9_999_999_999L)).isFalse();
        assertThat(slots.isDue(10_000_000_000L)).isTrue();
        slots.beginSlot(null);
        assertThat(slots.lastNano()).isEqualTo(10_000_000_000L);
        assertThat(slots.deadline()).isEqualTo(20_000_000_000L);
        slots.refreshNext();
        assertThat(slots.deadline()).isEqualTo(20_000_000_000L);
    }

    @Test
    void of_a_long_interval_are_computed_in_instants() {
        Duration century = Duration.ofDays(36_500);
        assertThat(Timetable.first(Schedule.every(century), host, NONE, 0)).isInstanceOf(IntervalTimetable.class);
        assertThat(Timetable.first(Schedule.every(century.plusNanos(1)), host, NONE, 0))
                .isInstanceOf(ScheduleTimetable.class);
    }

    @Test
    void change_to_an_interval_that_is_too_long_to_be_counted_in_nanoseconds() {
        Duration centuries = Duration.ofDays(400 * 365);
        for (Schedule before : waysToSay(Duration.ofSeconds(10))) {
            Timetable slots = Timetable.first(before, host, NONE, 0);
            Instant start = host.wall;
            slots.beginSlot(slots.preview());
            host.run(Duration.ofSeconds(4));
            Timetable changed = slots.changed(host, NONE, Schedule.every(centuries), MissedSlots.RUN_ONCE);
            assertThat(changed.isDue(host.nanoTime())).as("%s", before).isFalse();
            assertThat(changed.nextInstant()).as("%s", before).isEqualTo(start.plus(centuries));
        }
    }

    @Test
    void of_an_interval_tell_a_new_schedule_all_that_happened() {
        Timetable slots = Timetable.first(Schedule.every(Duration.ofSeconds(10)), host, NONE, 0);
        host.run(Duration.ofSeconds(25));
        long skipped = slots.skipMissed(MissedSlots.RUN_ONCE, Host.NEVER, true, host.nanoTime());
        assertThat(skipped).isEqualTo(2);
        slots.beginSlot(null);
        host.run(Duration.ofSeconds(2));
        slots.endSlot(host.nanoTime());
        host.run(Duration.ofSeconds(1));
        host.wall = host.wall.plus(Duration.ofDays(1));
        SlotContext[] told = new SlotContext[1];
        Timetable unused = slots.changed(
                host,
                NONE,
                at -> {
                    told[0] = at;
                    return null;
                },
                MissedSlots.RUN_ONCE);
        Instant start = host.wall.minusSeconds(28);
        assertThat(told[0])
                .isEqualTo(new SlotContext(host.wall, start, start.plusSeconds(20), start.plusSeconds(27), 3));
    }
}
