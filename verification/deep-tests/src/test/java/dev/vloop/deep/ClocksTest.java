package dev.vloop.deep;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.testkit.LoopTest;
import dev.vloop.testkit.TestLoops;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Date;
import java.util.GregorianCalendar;
import java.util.TimeZone;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Clocks are virtual for the threads of a test, and real for all others. */
@SuppressWarnings("JavaUtilDate") // it is what is tested
class ClocksTest extends DeepFixture {
    /** As a library has it: it is older than each test. */
    private static final Clock EARLY = Clock.systemUTC();

    private static final long EARLY_NANOS = System.nanoTime();

    @LoopTest
    void instants_and_dates(TestLoops loops) {
        loops.loop("reader").every(Duration.ofDays(1)).start(it -> {
            Instant now = loops.clock().instant();
            Supplier<Instant> reference = Instant::now;
            assertThat(Instant.now()).isEqualTo(now);
            assertThat(reference.get()).isEqualTo(now);
            assertThat(EARLY.instant()).isEqualTo(now);
            assertThat(Clock.systemUTC().millis()).isEqualTo(now.toEpochMilli());
            assertThat(Clock.tickSeconds(ZoneOffset.UTC).instant()).isEqualTo(now);
            assertThat(LocalDate.now(ZoneOffset.UTC)).isEqualTo(LocalDate.ofInstant(now, ZoneOffset.UTC));
            assertThat(LocalDateTime.now(ZoneOffset.UTC)).isEqualTo(LocalDateTime.ofInstant(now, ZoneOffset.UTC));
            assertThat(ZonedDateTime.now(ZoneOffset.UTC).toInstant()).isEqualTo(now);
            said.add("read");
        });
        loops.advance(Duration.ofDays(3));
        assertThat(said).hasSize(4);
        assertThat(Instant.now()).isEqualTo(loops.clock().instant()); // on the test's own thread
    }

    @LoopTest
    void old_clocks(TestLoops loops) {
        loops.loop("reader").every(Duration.ofDays(1)).start(it -> {
            long now = loops.clock().instant().toEpochMilli();
            LongSupplier reference = System::currentTimeMillis;
            assertThat(System.currentTimeMillis()).isEqualTo(now);
            assertThat(reference.getAsLong()).isEqualTo(now);
            Supplier<Date> made = Date::new;
            assertThat(new Date().getTime()).isEqualTo(now);
            assertThat(made.get().getTime()).isEqualTo(now);
            assertThat(Calendar.getInstance().getTimeInMillis()).isEqualTo(now);
            assertThat(new GregorianCalendar(TimeZone.getTimeZone("UTC")).getTimeInMillis())
                    .isEqualTo(now);
            said.add("read");
        });
        loops.advance(Duration.ofDays(3));
        assertThat(said).hasSize(4);
    }

    @LoopTest
    void nanoseconds_go_on_from_those_before_the_test(TestLoops loops) {
        loops.loop("reader").every(Duration.ofDays(1)).count(1).start(it -> {
            LongSupplier reference = System::nanoTime;
            long before = System.nanoTime();
            assertThat(reference.getAsLong()).isEqualTo(before);
            Thread.sleep(5);
            assertThat(System.nanoTime() - before).isEqualTo(5_000_000);
            said.add(before - EARLY_NANOS < Duration.ofMinutes(10).toNanos() ? "near" : "far");
        });
        loops.advance(Duration.ofDays(1));
        assertThat(said).containsExactly("near");
    }

    @LoopTest(startAt = "2026-03-01T00:00Z")
    void a_loop_that_looks_at_the_date_sees_each_day(TestLoops loops) {
        loops.loop("daily")
                .every(Duration.ofHours(1))
                .start(it -> said.add(LocalDate.now(ZoneOffset.UTC).toString()));
        loops.advance(Duration.ofDays(2).minusSeconds(1));
        assertThat(said.stream().distinct()).containsExactly("2026-03-01", "2026-03-02");
    }

    @LoopTest
    void threads_outside_read_the_real_time(TestLoops loops) throws Exception {
        takes(loops, () -> Thread.sleep(Duration.ofDays(300)));
        Instant today = Instant.parse("2026-01-01T00:00:00Z");
        Instant now = Outside.ask(Instant::now);
        assertThat(now).isAfter(today);
        long millis = Outside.ask(System::currentTimeMillis);
        assertThat(millis).isGreaterThan(today.toEpochMilli());
        assertThat(Outside.nanoTime() - EARLY_NANOS)
                .isLessThan(Duration.ofMinutes(10).toNanos());
    }
}
