package dev.vloop.vthreads;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Refuses wrong arguments, by name and value. */
final class Arguments {
    private Arguments() {}

    static <T> T notNull(@Nullable T value, String name) {
        if (value == null) throw new NullPointerException(name + " is null");
        return value;
    }

    static Duration notNegative(@Nullable Duration value, String name) {
        Duration checked = notNull(value, name);
        if (checked.isNegative()) throw new IllegalArgumentException(name + " is negative: " + checked);
        return checked;
    }

    static Duration positive(@Nullable Duration value, String name) {
        Duration checked = notNegative(value, name);
        if (checked.isZero()) throw new IllegalArgumentException(name + " is zero: " + checked);
        return checked;
    }

    static long atLeastOne(long value, String name) {
        if (value < 1) throw new IllegalArgumentException(name + " is below 1: " + value);
        return value;
    }

    static String notBlank(@Nullable String value, String name) {
        String checked = notNull(value, name);
        if (checked.isBlank()) throw new IllegalArgumentException(name + " is blank: \"" + checked + "\"");
        return checked;
    }
}
