package dev.vloop;

import java.time.Instant;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Some of the slots of a schedule, by their local time in a zone. */
interface LocalFilter extends Derived {
    /** {@return whose local time decides} */
    ZoneId zone();

    /**
     * Finds the first slot that is kept.
     *
     * @param first the schedule's slot at which the search begins; null if there is none
     * @return that slot or a later one; null if there is none
     */
    @Nullable
    Instant firstKept(SlotContext at, @Nullable Instant first);

    @Override
    default boolean isBoundToWallClock() {
        return true;
    }

    @Override
    default Set<ZoneId> zones() {
        Set<ZoneId> zones = new HashSet<>(schedule().zones());
        zones.add(zone());
        return zones;
    }

    @Override
    default @Nullable Instant next(SlotContext at) {
        return firstKept(at, schedule().next(at));
    }

    @Override
    default @Nullable Instant nextAfter(SlotContext at, Instant bound) {
        return firstKept(at, Seekable.seek(schedule(), at, bound));
    }
}
