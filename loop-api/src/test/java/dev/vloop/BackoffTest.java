package dev.vloop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("R29: backoff")
@NullUnmarked // nulls are passed to see them refused
class BackoffTest {
    private static final Loop LOOP =
            (Loop) Proxy.newProxyInstance(Loop.class.getClassLoader(), new Class<?>[] {Loop.class}, (p, m, a) -> null);

    /** Always returns the largest number in the range, which shows the bound. */
    private static final RandomGenerator LARGEST = new RandomGenerator() {
        @Override
        public long nextLong() {
            return -1;
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    };

    private static LoopFailure failure(int inARow) {
        IOException cause = new IOException("down");
        return new LoopFailure(
                LOOP, 0, inARow, inARow, Instant.EPOCH, cause, Reaction.RETRY, Instant.EPOCH, null, cause);
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 4", "3, 8", "9, 512", "10, 1024", "11, 1024", "64, 1024", "2147483647, 1024"})
    void the_bound_doubles_from_two_seconds_to_1024(int inARow, long seconds) {
        assertThat(Backoff.exponential().delay(failure(inARow), LARGEST)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void the_bound_stays_at_a_maximum_that_is_no_power_of_two() {
        Backoff backoff = Backoff.exponential(Duration.ofSeconds(3), Duration.ofSeconds(10));
        assertThat(backoff.delay(failure(2), LARGEST)).isEqualTo(Duration.ofSeconds(6));
        assertThat(backoff.delay(failure(3), LARGEST)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void the_bound_doubles_as_long_as_it_stays_below_the_maximum() {
        Backoff odd = Backoff.exponential(Duration.ofNanos(1), Duration.ofNanos(3));
        assertThat(odd.delay(failure(2), LARGEST)).isEqualTo(Duration.ofNanos(2));
        assertThat(odd.delay(failure(3), LARGEST)).isEqualTo(Duration.ofNanos(3));
        Backoff even = Backoff.exponential(Duration.ofSeconds(5), Duration.ofSeconds(5));
        assertThat(even.delay(failure(9), LARGEST)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void the_wait_is_spread_evenly_from_zero_to_the_bound() {
        RandomGenerator random = new SplittableRandom(7);
        int[] quarters = new int[4];
        for (int i = 0; i < 10_000; i++) {
            Duration delay = Backoff.exponential().delay(failure(1), random);
            assertThat(delay).isBetween(Duration.ZERO, Duration.ofSeconds(2));
            quarters[(int) Math.min(3, delay.toMillis() / 500)]++;
        }
        assertThat(quarters).satisfies(q -> {
            for (int count : q) {
                assertThat(count).isBetween(2_300, 2_700);
            }
        });
    }

    @Test
    void the_longest_durations_do_not_overflow() {
        Duration longest = Duration.ofSeconds(Long.MAX_VALUE);
        Backoff backoff = Backoff.exponential(longest.dividedBy(3), longest);
        for (int inARow : new int[] {1, 2, 3, 100}) {
            assertThat(backoff.delay(failure(inARow), LARGEST)).isEqualTo(Duration.ofNanos(Long.MAX_VALUE));
        }
        assertThat(Backoff.exponential(Duration.ZERO, longest).delay(failure(1_000_000), LARGEST))
                .isZero();
    }

    @Test
    void a_fixed_wait_is_always_the_same() {
        Backoff backoff = Backoff.fixed(Duration.ofSeconds(30));
        assertThat(backoff.delay(failure(1), LARGEST)).isEqualTo(Duration.ofSeconds(30));
        assertThat(backoff.delay(failure(99), LARGEST)).isEqualTo(Duration.ofSeconds(30));
        assertThat(backoff).hasToString("fixed(PT30S)").isEqualTo(Backoff.fixed(Duration.ofSeconds(30)));
    }

    @Test
    void wrong_arguments_are_refused_by_name_and_value() {
        assertThatThrownBy(() -> Backoff.fixed(Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("delay must not be negative, but is PT-1S");
        assertThatThrownBy(() -> Backoff.exponential(Duration.ofSeconds(-1), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("first must not be negative, but is PT-1S");
        assertThatThrownBy(() -> Backoff.exponential(Duration.ofSeconds(5), Duration.ofSeconds(2)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("max must not be less than first (PT5S), but is PT2S");
        assertThatThrownBy(() -> Backoff.exponential(Duration.ZERO, null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("max must not be null");
        assertThatThrownBy(() -> Backoff.exponential().delay(null, LARGEST))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("failure must not be null");
        assertThatThrownBy(() -> Backoff.exponential().delay(failure(1), null))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("random must not be null");
    }

    @Test
    void a_backoff_says_what_it_is() {
        assertThat(Backoff.exponential())
                .hasToString("exponential(PT2S, PT17M4S)")
                .isEqualTo(Backoff.exponential());
    }
}
