package dev.vloop.vthreads;

import dev.vloop.spi.Host;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesException;
import java.time.zone.ZoneRulesProvider;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Watches, for a runtime, what moves the slots of its wall-clock loops while they wait: jumps of the clock, and new rules of a time zone.
 * It costs nothing until a loop needs it, and then the same for any number of loops.
 *
 * <p>There is no event for new rules, so it looks every second; but only at zones whose provider may change them, and at each once. The
 * zones of the JDK never change.
 *
 * <p>Its lock guards the alarms. It is held while they are set, and never while an alarm's action runs.
 */
final class WallClockWatch {
    private final VirtualLoopRuntime runtime;
    private final ReentrantLock lock = new ReentrantLock();

    /** The rules that each zone had when last looked at. Written by loops' threads, which add zones, and by the alarms' thread. */
    private final Map<ZoneId, ZoneRules> seen = new ConcurrentHashMap<>();

    /** Guarded by the lock; null until somebody wants to know of jumps. */
    private Host.@Nullable Alarm jumps;

    /** Guarded by the lock; null until there is a zone to look at. */
    private Host.@Nullable Alarm zones;

    WallClockWatch(VirtualLoopRuntime runtime) {
        this.runtime = runtime;
    }

    /** A loop's thread. From now on, jumps of the wall clock are told to listeners and to the loops that follow it. */
    void start() {
        lock.lock();
        try {
            if (jumps == null) {
                jumps = runtime.host().onClockJump(this::clockJumped);
            }
        } finally {
            lock.unlock();
        }
    }

    /** A loop's thread, before it asks a schedule of these zones. {@return whether the rules of one may change} */
    boolean add(Set<ZoneId> more) {
        start();
        boolean changing = false;
        for (ZoneId zone : more) {
            if (mayChange(zone)) {
                seen.putIfAbsent(zone, zone.getRules());
                changing = true;
            }
        }
        if (changing) {
            startLookingAtZones();
        }
        return changing;
    }

    private static boolean mayChange(ZoneId zone) {
        try {
            return !(zone instanceof ZoneOffset) && ZoneRulesProvider.getRules(zone.getId(), true) == null;
        } catch (ZoneRulesException e) {
            return false; // an offset with a prefix, such as UTC+1
        }
    }

    private void startLookingAtZones() {
        lock.lock();
        try {
            if (zones == null) {
                // often enough: a slot that new rules make due is then found while it still counts as on time
                zones = new RecurringAlarm(runtime.host(), MissedPolicy.TOLERANCE, this::lookAtZones);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The alarms' thread. {@return how long to wait for the next look} */
    private long lookAtZones() {
        boolean changed = false;
        for (Map.Entry<ZoneId, ZoneRules> zone : seen.entrySet()) {
            try {
                ZoneRules now = zone.getKey().getRules();
                changed |= !now.equals(zone.setValue(now));
            } catch (RuntimeException e) {
                // the provider is broken: a loop reports that when its schedule asks
            }
        }
        if (changed) {
            for (Run run : runtime.registry().runs()) {
                if (run.zoned) {
                    run.request(Control.ZONES, 0);
                }
            }
        }
        return MissedPolicy.TOLERANCE;
    }

    /** The alarms' thread, at a jump. */
    private void clockJumped(Duration jump) {
        runtime.events().clockJumped(jump);
        for (Run run : runtime.registry().runs()) {
            if (run.followsWallClock) {
                run.request(Control.LOOK, 0);
            }
        }
    }

    /** The thread that closes. Ends the watch; a run that is left may start it again. */
    void end() {
        Host.Alarm endedJumps;
        Host.Alarm endedZones;
        lock.lock();
        try {
            endedJumps = jumps;
            endedZones = zones;
            jumps = null;
            zones = null;
        } finally {
            lock.unlock();
        }
        cancel(endedJumps); // without the lock: it waits for an action that is under way, which may be a listener
        cancel(endedZones);
        seen.clear();
    }

    private static void cancel(Host.@Nullable Alarm alarm) {
        if (alarm != null) {
            alarm.cancel();
        }
    }
}
