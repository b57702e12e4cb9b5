package dev.vloop.testkit.engine;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The choices of a scheduler: none without a seed, and the same ones each time with the same seed. Not safe for
 * threads.
 */
final class Chance {
    private final @Nullable SplittableRandom random;

    Chance(@Nullable Long seed) {
        random = seed == null ? null : new SplittableRandom(seed);
    }

    boolean isSeeded() {
        return random != null;
    }

    /** {@return which of so many comes next; the first without a seed} */
    int pick(int of) {
        return random == null || of < 2 ? 0 : random.nextInt(of);
    }

    /** {@return whether to do the other of two things that are due} */
    boolean flip() {
        return random != null && random.nextBoolean();
    }

    /** {@return the rank of the n-th among equals} */
    long order(long n) {
        return random == null ? n : random.nextLong();
    }
}
