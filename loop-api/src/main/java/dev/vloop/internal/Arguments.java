package dev.vloop.internal;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Refuses wrong arguments. Every refusal has the same form: the argument's name, what it must be, and its value, as in "interval
 * must be positive, but is PT0S".
 */
public final class Arguments {
    private Arguments() {}

    /**
     * Makes the exception for a wrong argument; the caller throws it.
     *
     * @param name the argument's name
     * @param requirement what the argument must be, as it goes on after "must": "be positive"
     * @param value what it is
     * @return the exception
     */
    public static IllegalArgumentException refusal(String name, String requirement, Object value) {
        return new IllegalArgumentException(name + " must " + requirement + ", but is " + value);
    }

    /**
     * Refuses null.
     *
     * @param <T> the argument's type
     * @param value the argument
     * @param name its name
     * @return the argument
     * @throws NullPointerException if it is null
     */
    public static <T> T notNull(@Nullable T value, String name) {
        if (value == null) {
            throw new NullPointerException(name + " must not be null");
        }
        return value;
    }

    /**
     * Refuses null, an element that is null, and an array without elements.
     *
     * @param <T> the type of the elements
     * @param values the argument
     * @param name its name
     * @return a list of the elements, which does not change
     * @throws NullPointerException if the array or an element is null
     * @throws IllegalArgumentException if there are no elements
     */
    public static <T> List<T> notEmpty(T @Nullable [] values, String name) {
        T[] checked = notNull(values, name);
        for (T value : checked) {
            notNull(value, "an element of " + name);
        }
        if (checked.length == 0) {
            throw new IllegalArgumentException(name + " must not be empty");
        }
        return List.of(checked);
    }

    /**
     * Refuses a text of nothing but white space.
     *
     * @param value the argument
     * @param name its name
     * @return the argument
     * @throws NullPointerException if it is null
     * @throws IllegalArgumentException if it is blank
     */
    public static String notBlank(@Nullable String value, String name) {
        String checked = notNull(value, name);
        if (checked.isBlank()) {
            throw refusal(name, "not be blank", "\"" + checked + "\"");
        }
        return checked;
    }

    /**
     * Refuses a negative duration.
     *
     * @param value the argument
     * @param name its name
     * @return the argument
     * @throws NullPointerException if it is null
     * @throws IllegalArgumentException if it is negative
     */
    public static Duration notNegative(@Nullable Duration value, String name) {
        Duration checked = notNull(value, name);
        if (checked.isNegative()) {
            throw refusal(name, "not be negative", checked);
        }
        return checked;
    }

    /**
     * Refuses a negative number.
     *
     * @param value the argument
     * @param name its name
     * @return the argument
     * @throws IllegalArgumentException if it is negative
     */
    public static long notNegative(long value, String name) {
        if (value < 0) {
            throw refusal(name, "not be negative", value);
        }
        return value;
    }

    /**
     * Refuses a duration of zero or less.
     *
     * @param value the argument
     * @param name its name
     * @return the argument
     * @throws NullPointerException if it is null
     * @throws IllegalArgumentException if it is zero or negative
     */
    public static Duration positive(@Nullable Duration value, String name) {
        Duration checked = notNull(value, name);
        if (!checked.isPositive()) {
            throw refusal(name, "be positive", checked);
        }
        return checked;
    }

    /**
     * Refuses a number below 1.
     *
     * @param value the argument
     * @param name its name
     * @return the argument
     * @throws IllegalArgumentException if it is below 1
     */
    public static long atLeastOne(long value, String name) {
        if (value < 1) {
            throw refusal(name, "be at least 1", value);
        }
        return value;
    }
}
