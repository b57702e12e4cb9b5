package dev.vloop.vthreads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.spi.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R19 the watch of the real machine's wall clock")
class ClockJumpWatchTest {
    private final HandMovedHost host = new HandMovedHost();
    private final List<Duration> jumps = new ArrayList<>();
    private final ClockJumpWatch watch = new ClockJumpWatch(host, jumps::add);

    @Test
    void notices_a_step_within_two_seconds_and_tells_of_it_once() {
        host.run(Duration.ofMinutes(1));
        host.wall = host.wall.plus(Duration.ofHours(8));
        host.run(Duration.ofSeconds(2));
        assertThat(jumps).containsExactly(Duration.ofHours(8));

        host.run(Duration.ofHours(1));
        assertThat(jumps).hasSize(1);
    }

    @Test
    void notices_a_step_back() {
        host.wall = host.wall.minus(Duration.ofHours(1));
        host.run(Duration.ofSeconds(2));
        assertThat(jumps).containsExactly(Duration.ofHours(-1));
    }

    @Test
    void notices_a_drift_when_it_has_added_up() {
        for (int second = 0; second < 1_000; second++) {
            host.wall = host.wall.plusMillis(1);
            host.run(Duration.ofSeconds(1));
        }
        assertThat(jumps).hasSizeBetween(9, 10).allMatch(jump -> jump.toMillis() >= 100 && jump.toMillis() < 110);
    }

    @Test
    void takes_the_time_between_two_readings_for_no_jump() {
        host.wall = host.wall.plusMillis(50);
        host.run(Duration.ofMinutes(10));
        assertThat(jumps).isEmpty();
    }

    @Test
    void leaves_nothing_behind_when_it_is_cancelled() {
        host.run(Duration.ofSeconds(10));
        watch.alarm.cancel();
        host.wall = host.wall.plus(Duration.ofHours(8));
        host.run(Duration.ofMinutes(1));
        assertThat(jumps).isEmpty();
        assertThat(host.alarms).isEmpty();
    }

    /** Time and alarms, moved by hand, on the test's thread. */
    private static final class HandMovedHost implements Host {
        private final PriorityQueue<Entry> alarms = new PriorityQueue<>();
        private Instant wall = Instant.parse("2026-03-10T08:30:00Z");
        private long nanos;

        void run(Duration length) {
            long end = nanos + length.toNanos();
            for (Entry next = alarms.peek(); next != null && next.deadline <= end; next = alarms.peek()) {
                alarms.remove(next);
                move(next.deadline);
                next.action.run();
            }
            move(end);
        }

        private void move(long to) {
            wall = wall.plusNanos(to - nanos);
            nanos = to;
        }

        private final class Entry implements Alarm, Comparable<Entry> {
            private final long deadline;
            private final Runnable action;

            Entry(long deadline, Runnable action) {
                this.deadline = deadline;
                this.action = action;
            }

            @Override
            public void cancel() {
                alarms.remove(this);
            }

            @Override
            public int compareTo(Entry other) {
                return Long.compare(deadline, other.deadline);
            }
        }

        @Override
        public Alarm alarm(long deadline, Runnable action) {
            Entry entry = new Entry(deadline, action);
            alarms.add(entry);
            return entry;
        }

        @Override
        public long nanoTime() {
            return nanos;
        }

        @Override
        public Instant instant() {
            return wall;
        }

        @Override
        public RandomGenerator random() {
            return new Random(0);
        }

        @Override
        public Thread newThread(String name, Runnable body) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void interrupt(Thread thread) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void sleepUntil(long deadline) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void park(long deadline) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void unpark(Thread thread) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Alarm onClockJump(Consumer<Duration> listener) {
            throw new UnsupportedOperationException();
        }
    }
}
