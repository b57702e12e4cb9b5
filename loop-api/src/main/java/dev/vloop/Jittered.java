package dev.vloop;

import dev.vloop.internal.Arguments;
import dev.vloop.spi.IntervalSchedule;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Every slot later by a part of {@code max}. A hash of the slot and a seed decides how large a part.
 *
 * <p>The next slot is the earliest shifted slot after the last one. So slots strictly increase, none is lost and none comes twice,
 * and no state is needed. The search for it begins {@code max} before the last slot, because a slot from there may be shifted past it.
 */
record Jittered(Schedule schedule, Duration max, long seed, boolean named) implements Derived {
    // The increment and the multipliers of SplittableRandom. Its outputs for neighbouring inputs are unrelated.
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;
    private static final long MIX_1 = 0xbf58476d1ce4e5b9L;
    private static final long MIX_2 = 0x94d049bb133111ebL;

    /** The longest duration whose nanoseconds fit into a long. */
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    Jittered {
        Arguments.positive(max, "max");
        if (max.compareTo(LONGEST) > 0) {
            throw Arguments.refusal("max", "not be longer than 292 years", max);
        }
        if (schedule instanceof IntervalSchedule every && max.compareTo(every.interval()) > 0) {
            throw Arguments.refusal("max", "not be longer than the interval (" + every.interval() + ")", max);
        }
    }

    /** {@return a seed that is the same on every machine and in every version; shards rely on that} */
    static long seedOf(String name) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return mix(hash);
    }

    @Override
    public boolean isReproducible() {
        return named && schedule.isReproducible();
    }

    @Override
    public @Nullable Instant next(SlotContext at) {
        Instant last = at.lastSlot();
        if (last != null) {
            return nextAfter(at, last);
        }
        SlotContext early = early(at);
        Instant first = schedule.next(early);
        if (first != null && first.isBefore(early.runStart())) {
            return shifted(first);
        }
        return nextAfter(at, InstantMath.justBefore(at.runStart()));
    }

    @Override
    public @Nullable Instant nextAfter(SlotContext at, Instant bound) {
        return cursor(at, bound).next();
    }

    @Override
    public SlotCursor cursor(SlotContext at, Instant bound) {
        SlotContext early = early(at);
        Instant from = InstantMath.later(InstantMath.minus(bound, max), InstantMath.justBefore(early.runStart()));
        return new JitterCursor(this, Seekable.cursor(schedule, early, from), bound);
    }

    /** A slot shortly before the start, for instance a time of day, may be shifted past the start. */
    private SlotContext early(SlotContext at) {
        return isMonotonic() ? at : at.withRunStart(InstantMath.minus(at.runStart(), max));
    }

    /** {@return a slot of the schedule as it is shifted; null if that is beyond {@link Instant#MAX}} */
    @Nullable
    Instant shifted(Instant slot) {
        long hash = mix(mix(seed + GOLDEN * slot.getEpochSecond()) + GOLDEN * slot.getNano());
        return InstantMath.shift(slot, Duration.ofNanos(Math.unsignedMultiplyHigh(hash, max.toNanos())));
    }

    private static long mix(long value) {
        long z = value + GOLDEN;
        z = (z ^ (z >>> 30)) * MIX_1;
        z = (z ^ (z >>> 27)) * MIX_2;
        return z ^ (z >>> 31);
    }

    @Override
    public String toString() {
        return schedule + ".jitter(" + max + ", seed " + Long.toHexString(seed) + ")";
    }
}
