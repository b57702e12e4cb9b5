package dev.vloop.vthreads;

import dev.vloop.spi.Host;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesException;
import java.time.zone.ZoneRulesProvider;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Notices for a runtime what moves the slots of its wall-clock loops while they wait: a jump of the clock, and new rules of a time zone.
 *
 * <p>There is no event for new rules, so it asks now and then; but only for zones whose provider may change them, each once, however
 * many loops keep to it. The zones of the JDK are none of these.
 */
final class WallWatch {
    private final VirtualLoopRuntime runtime;
    private final Host.Alarm clock;

    /** Written by those who add a zone, and by the alarms' thread. */
    private final Map<ZoneId, ZoneRules> seen = new ConcurrentHashMap<>();

    /** Guarded by the monitor; null until there is a zone to look at. */
    private @Nullable Recurring zones;

    WallWatch(VirtualLoopRuntime runtime) {
        this.runtime = runtime;
        this.clock = runtime.host().onClockJump(runtime::clockJumped);
    }

    /** A loop's thread, before it asks a schedule of these zones; {@return whether the rules of one may change} */
    boolean add(Set<ZoneId> more) {
        boolean changing = false;
        for (ZoneId zone : more) {
            if (!mayChange(zone)) {
                continue;
            }
            seen.putIfAbsent(zone, zone.getRules());
            changing = true;
        }
        if (changing) {
            begin();
        }
        return changing;
    }

    private static boolean mayChange(ZoneId zone) {
        try {
            return !(zone instanceof ZoneOffset) && ZoneRulesProvider.getRules(zone.getId(), true) == null;
        } catch (ZoneRulesException e) {
            return false; // an offset with a name before it
        }
    }

    private synchronized void begin() {
        // what new rules make due is then no later than what still counts as on time
        if (zones == null) {
            zones = new Recurring(runtime.host(), Timetable.TOLERANCE, this::look);
        }
    }

    private long look() {
        boolean changed = false;
        for (Map.Entry<ZoneId, ZoneRules> zone : seen.entrySet()) {
            try {
                ZoneRules now = zone.getKey().getRules();
                changed |= !now.equals(zone.setValue(now));
            } catch (RuntimeException e) {
                // the provider is broken: a loop will say so when its schedule asks
            }
        }
        if (changed) {
            runtime.zonesChanged();
        }
        return Timetable.TOLERANCE;
    }

    synchronized void end() {
        clock.cancel();
        if (zones != null) {
            zones.cancel();
        }
    }
}
