package dev.vloop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.internal.DurationText;
import dev.vloop.spi.Host;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationTextTest {
    @ParameterizedTest
    @CsvSource({
        "PT0S,       0 ms,  00:00:00,     0s",
        "PT0.25S,    250 ms,00:00:00.25,  0.25s",
        "PT1.96S,    1.9 s, 00:00:01.96,  1.96s",
        "PT1H30M,    5400 s,01:30:00,     1h30m",
        "P2D,        172800 s,2d 00:00:00,2d",
        "P3DT7H,     284400 s,3d 07:00:00,79h",
        "PT0.999S,   999 ms,00:00:00.999, 0.999s",
        "PT1S,       1 s,   00:00:01,     1s",
        "PT1.1S,     1.1 s, 00:00:01.1,   1.1s",
        "PT0.000000001S,0 ms,00:00:00.000000001,0.000000001s",
        "PT23H59M59S,86399 s,23:59:59,    23h59m59s",
        "P1D,        86400 s,1d 00:00:00, 1d",
        "P1DT1M,     86460 s,1d 00:01:00, 24h1m",
        "P1DT1S,     86401 s,1d 00:00:01, 24h1s",
        "P1DT0.25S,  86400.2 s,1d 00:00:00.25,24h0.25s",
    })
    void a_duration_is_written_for_the_log_for_a_clock_and_in_short(
            Duration duration, String inSeconds, String asClock, String inShort) {
        assertThat(DurationText.inSeconds(duration)).isEqualTo(inSeconds);
        assertThat(DurationText.asClock(duration)).isEqualTo(asClock);
        assertThat(DurationText.inShort(duration)).isEqualTo(inShort);
    }

    @Test
    void a_deadline_is_written_as_the_time_since_the_start_or_as_never() {
        assertThat(DurationText.ofDeadline(60_000_000_000L)).isEqualTo("PT1M");
        assertThat(DurationText.ofDeadline(Host.NEVER)).isEqualTo("never");
    }
}
