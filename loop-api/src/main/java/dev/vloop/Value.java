package dev.vloop;

import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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

    /** As {@link Schedule#zones()}: those it was made of, and those of the schedules that it was made of. */
    public final Set<ZoneId> zones() {
        Set<ZoneId> zones = new HashSet<>();
        collect(parts, zones);
        return zones;
    }

    private static void collect(Object part, Set<ZoneId> zones) {
        if (part instanceof ZoneId zone) {
            zones.add(zone);
        } else if (part instanceof Schedule schedule) {
            zones.addAll(schedule.zones());
        } else if (part instanceof List<?> parts) {
            for (Object each : parts) {
                collect(each, zones);
            }
        }
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
