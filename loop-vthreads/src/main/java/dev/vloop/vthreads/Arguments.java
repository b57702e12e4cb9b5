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
        if (notNull(value, name).isNegative()) throw new IllegalArgumentException(name + " is negative: " + value);
        return value;
    }

    static Duration positive(@Nullable Duration value, String name) {
        if (notNegative(value, name).isZero()) throw new IllegalArgumentException(name + " is zero: " + value);
        return value;
    }

    static long atLeastOne(long value, String name) {
        if (value < 1) throw new IllegalArgumentException(name + " is below 1: " + value);
        return value;
    }

    static String notBlank(@Nullable String value, String name) {
        if (notNull(value, name).isBlank()) throw new IllegalArgumentException(name + " is blank: \"" + value + "\"");
        return value;
    }
}
