package dev.vloop;

import java.util.Arrays;

/** What is equal to another of its class that was made of the same. No record: each of those carries its own comparison. */
abstract class Value {
    private final Object parts;

    /** Those who extend this check the parts. */
    Value(Object... parts) {
        this.parts = Arrays.asList(parts);
    }

    /** What is made of one thing alone needs no list for it, which each loop would keep. */
    Value(Object part) {
        this.parts = part;
    }

    @Override
    public final boolean equals(Object other) {
        return other instanceof Value value && value.getClass() == getClass() && value.parts.equals(parts);
    }

    @Override
    public final int hashCode() {
        return parts.hashCode();
    }
}
