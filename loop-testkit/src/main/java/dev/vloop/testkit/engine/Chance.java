package dev.vloop.testkit.engine;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The random choices of a scheduler. The same seed makes the same choices each time; without a seed nothing is shuffled. Not safe for
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

    /** {@return which of so many things comes next; without a seed the first} */
    int pick(int of) {
        return random == null || of < 2 ? 0 : random.nextInt(of);
    }

    /** {@return whether the second of two things comes first; without a seed never} */
    boolean flip() {
        return random != null && random.nextBoolean();
    }

    /** {@return the rank of the n-th of several equals; without a seed n} */
    long order(long n) {
        return random == null ? n : random.nextLong();
    }
}
