package dev.vloop.internal;

import dev.vloop.spi.Host;
import java.time.Duration;
import java.util.Locale;

/** Writes durations for people. Messages about arguments write them as {@link Duration#toString} does instead. */
public final class DurationText {
    private DurationText() {}

    /**
     * Writes a duration for the log: milliseconds below a second, else seconds with at most one decimal.
     *
     * @param duration not negative
     * @return for instance {@code 250 ms}, {@code 1.5 s} or {@code 512 s}
     */
    public static String inSeconds(Duration duration) {
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            return duration.toMillis() + " ms";
        }
        long tenths = duration.toMillisPart() / 100;
        return duration.toSeconds() + (tenths == 0 ? "" : "." + tenths) + " s";
    }

    /**
     * Writes a time since some start as a clock shows it, with days and a fraction of a second if there are any.
     *
     * @param sinceStart not negative
     * @return for instance {@code 00:02:00}, {@code 00:00:01.25} or {@code 3d 07:00:00}
     */
    public static String asClock(Duration sinceStart) {
        String text = String.format(
                "%02d:%02d:%02d", sinceStart.toHoursPart(), sinceStart.toMinutesPart(), sinceStart.toSecondsPart());
        if (sinceStart.toNanosPart() != 0) {
            String nanos = String.format("%09d", sinceStart.toNanosPart());
            text += "." + nanos.replaceAll("0+$", "");
        }
        return sinceStart.toDays() == 0 ? text : sinceStart.toDays() + "d " + text;
    }

    /**
     * Writes a duration in few characters.
     *
     * @param duration not negative
     * @return for instance {@code 5s}, {@code 1h30m} or {@code 2d}
     */
    public static String inShort(Duration duration) {
        long days = duration.toDays();
        if (days > 0 && duration.equals(Duration.ofDays(days))) {
            return days + "d";
        }
        return duration.toString().substring("PT".length()).toLowerCase(Locale.ROOT);
    }

    /**
     * Writes a deadline of a {@link Host}.
     *
     * @param nanos a value of {@link Host#nanoTime}, or {@link Host#NEVER}
     * @return the time since the host's start as ISO-8601, for instance {@code PT1M}, or {@code never}
     */
    public static String ofDeadline(long nanos) {
        return nanos == Host.NEVER ? "never" : Duration.ofNanos(nanos).toString();
    }
}
