package dev.vloop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.SplittableRandom;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The examples of the Javadoc. Its {@code @snippet} tags name these regions, and Javadoc fails if the texts differ. */
class JavadocExamplesTest {
    private static final class RateLimited extends IOException {
        private static final long serialVersionUID = 1;

        Duration retryAfter() {
            return Duration.ofMinutes(3);
        }
    }

    @Test
    void a_backoff_waits_as_long_as_the_server_asks() {
        // @start region="backoff" :
        Backoff asTheServerAsks = (failure, random) -> failure.cause() instanceof RateLimited limited
                ? limited.retryAfter()
                : Backoff.exponential().delay(failure, random);
        // @end
        SplittableRandom random = new SplittableRandom(7);
        assertThat(asTheServerAsks.delay(failure(new RateLimited()), random)).isEqualTo(Duration.ofMinutes(3));
        assertThat(asTheServerAsks.delay(failure(new IOException()), random)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    @SuppressWarnings("unchecked") // the only argument of the only method that is called
    void reactions_are_changed_in_one_line() {
        AtomicReference<Consumer<? super Reactions>> change = new AtomicReference<>();
        Loop loop =
                (Loop) Proxy.newProxyInstance(Loop.class.getClassLoader(), new Class<?>[] {Loop.class}, (p, m, a) -> {
                    change.set((Consumer<? super Reactions>) a[0]);
                    return null;
                });
        // @start region="reactions" :
        loop.changeReactions(reactions -> reactions.retryOn(RateLimited.class).remove(TimeoutException.class));
        // @end
        assertThat(change.get()).isNotNull();
    }

    private static LoopFailure failure(Exception cause) {
        Loop loop = (Loop)
                Proxy.newProxyInstance(Loop.class.getClassLoader(), new Class<?>[] {Loop.class}, (p, m, a) -> null);
        return new LoopFailure(loop, 0, 1, 1, Instant.EPOCH, cause, Reaction.RETRY, Instant.EPOCH, null, cause);
    }

    @Test
    void times_of_day_run_on_two_days_of_the_week() {
        // @start region="daily" :
        Schedule schedule = Schedule.dailyAt(ZoneId.of("Europe/Berlin"), LocalTime.of(2, 30), LocalTime.NOON)
                .onDays(DayOfWeek.MONDAY, DayOfWeek.THURSDAY)
                .inGap(DailySchedule.Gap.SKIPPED);
        // @end
        assertThat(Runs.of(schedule, "2026-01-01T00:00:00Z", 3)) // a Thursday
                .containsExactly("2026-01-01T01:30:00Z", "2026-01-01T11:00:00Z", "2026-01-05T01:30:00Z");
    }
}
