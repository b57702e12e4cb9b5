package dev.vloop.vthreads;

import dev.vloop.spi.Host;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesException;
import java.time.zone.ZoneRulesProvider;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Watches, for a runtime, what moves the slots of its wall-clock loops while they wait: jumps of the clock, and new rules of a time zone.
 * It costs nothing until a loop needs it, and then the same for any number of loops.
 *
 * <p>There is no event for new rules, so it looks every second; but only at zones whose provider may change them, and at each once. The
 * zones of the JDK never change.
 *
 * <p>It has no lock. What a thread has set up is put in its place by compare-and-set; the thread that comes second takes its own back.
 */
final class WallClockWatch {
    private final VirtualLoopRuntime runtime;

    /** The rules that each zone had when last looked at. Loops' threads add zones, the one that looks changes rules, each in a copy. */
    private final AtomicReference<Map<ZoneId, ZoneRules>> seen = new AtomicReference<>(Map.of());

    /** Null until somebody wants to know of jumps. */
    private final AtomicReference<Host.@Nullable Alarm> jumps = new AtomicReference<>();

    /** Null until there is a zone to look at. */
    private final AtomicReference<Host.@Nullable Alarm> zones = new AtomicReference<>();

    WallClockWatch(VirtualLoopRuntime runtime) {
        this.runtime = runtime;
    }

    /** A loop's thread. From now on, jumps of the wall clock are told to listeners and to the loops that follow it. */
    void start() {
        if (jumps.get() == null) {
            put(jumps, runtime.host().onClockJump(this::clockJumped));
        }
    }

    private static void put(AtomicReference<Host.@Nullable Alarm> place, Host.Alarm alarm) {
        if (!place.compareAndSet(null, alarm)) {
            alarm.cancel(); // another thread was faster
        }
    }

    /** A loop's thread, before it asks a schedule of these zones. {@return whether the rules of one may change} */
    boolean add(Set<ZoneId> more) {
        start();
        boolean changing = false;
        for (ZoneId zone : more) {
            if (mayChange(zone)) {
                see(zone, zone.getRules(), false);
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
        if (zones.get() == null) {
            // often enough: a slot that new rules make due is then found while it still counts as on time
            put(zones, new RecurringAlarm(runtime.host(), MissedPolicy.TOLERANCE, this::lookAtZones));
        }
    }

    /** Notes the rules of a zone, unless it has some and they are not to be replaced. {@return whether they were changed} */
    private boolean see(ZoneId zone, ZoneRules rules, boolean replace) {
        for (; ; ) {
            Map<ZoneId, ZoneRules> before = seen.get();
            ZoneRules known = before.get(zone);
            if (known != null && (!replace || known.equals(rules))) {
                return false;
            }
            Map<ZoneId, ZoneRules> after = new HashMap<>(before);
            after.put(zone, rules);
            if (seen.compareAndSet(before, after)) {
                return known != null;
            }
        }
    }

    /** A thread of the host's for alarms. {@return how long to wait for the next look} */
    private long lookAtZones() {
        boolean changed = false;
        for (ZoneId zone : seen.get().keySet()) {
            try {
                changed |= see(zone, zone.getRules(), true);
            } catch (RuntimeException e) {
                // the provider is broken: a loop reports that when its schedule asks
            }
        }
        if (changed) {
            for (Run run : runtime.registry().runs().toList()) {
                if (run.zoned) {
                    run.request(Control.ZONES, 0);
                }
            }
        }
        return MissedPolicy.TOLERANCE;
    }

    /** A thread of the host's for alarms, at a jump. Listeners come last, on a thread of their own: one that blocks holds up no loop. */
    private void clockJumped(Duration jump) {
        for (Run run : runtime.registry().runs().toList()) {
            if (run.followsWallClock) {
                run.request(Control.LOOK, 0);
            }
        }
        Runnable tell = () -> runtime.events().clockJumped(jump);
        if (!(runtime.host() instanceof SystemHost) || !SystemHost.runAside(tell)) {
            tell.run();
        }
    }

    /** The thread that closes. Ends the watch; a run that is left may start it again. */
    void end() {
        cancel(jumps.getAndSet(null));
        cancel(zones.getAndSet(null));
        seen.set(Map.of());
    }

    private static void cancel(Host.@Nullable Alarm alarm) {
        if (alarm != null) {
            alarm.cancel();
        }
    }
}
