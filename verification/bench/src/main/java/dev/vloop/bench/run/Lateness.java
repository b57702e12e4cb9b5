package dev.vloop.bench.run;

import java.util.concurrent.atomic.AtomicLongArray;

/** A histogram of times. Its buckets are an eighth of an octave wide, and it counts between begin and end only. Thread-safe. */
final class Lateness {
    /** Each octave has {@code 2^FINE} buckets. */
    private static final int FINE = 3;

    private final AtomicLongArray buckets = new AtomicLongArray(64 << FINE);
    private volatile boolean counting;

    void begin() {
        counting = true;
    }

    void end() {
        counting = false;
    }

    void add(long nanos) {
        if (counting) {
            buckets.incrementAndGet(bucket(nanos));
        }
    }

    private static int bucket(long nanos) {
        if (nanos < 1 << FINE) {
            return (int) nanos;
        }
        int octave = 63 - Long.numberOfLeadingZeros(nanos);
        return octave - FINE + 1 << FINE | (int) (nanos >> octave - FINE) & (1 << FINE) - 1;
    }

    private static double middle(int bucket) {
        if (bucket < 1 << FINE) {
            return bucket;
        }
        long step = 1L << (bucket >> FINE) - 1;
        return (((1 << FINE) | bucket & (1 << FINE) - 1) + 0.5) * step;
    }

    long count() {
        long count = 0;
        for (int i = 0; i < buckets.length(); i++) {
            count += buckets.get(i);
        }
        return count;
    }

    /** {@return the quantile in milliseconds; {@code part} is from 0 to 1} */
    double quantile(double part) {
        long rank = (long) Math.ceil(part * count());
        for (int i = 0; i < buckets.length(); i++) {
            rank -= buckets.get(i);
            if (rank <= 0) {
                return middle(i) / 1e6;
            }
        }
        throw new IllegalStateException("nothing was counted");
    }
}
