package dev.vloop.spring;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/** Reads texts of annotations. The message about a wrong one shows how to write it. */
final class OptionText {
    private OptionText() {}

    /** {@return a duration} A number without a unit is refused: for Boot these are milliseconds, and hardly anybody means them. */
    static Duration duration(String option, String text) {
        try {
            if (!text.matches("[+-]?[0-9]*")) {
                return DurationStyle.detectAndParse(text);
            }
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw wrong(option, text, "no duration: write 30s, 5m, 2h or PT1H30M", e);
        }
        throw wrong(option, text, "a duration needs a unit: write 30s, 5m, 2h or PT1H30M", null);
    }

    static LocalTime time(String option, String text) {
        try {
            return LocalTime.parse(text);
        } catch (DateTimeException e) {
            throw wrong(option, text, "no time of day: write 09:00 or 21:30:15", e);
        }
    }

    static ZoneId zone(String option, String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw wrong(option, text, "no time zone: write UTC or Europe/Berlin", e);
        }
    }

    private static IllegalArgumentException wrong(String option, String text, String why, @Nullable Exception cause) {
        return new IllegalArgumentException(option + " = \"" + text + "\": " + why, cause);
    }
}
