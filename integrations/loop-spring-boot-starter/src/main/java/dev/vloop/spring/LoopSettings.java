package dev.vloop.spring;

import dev.vloop.Loop;
import dev.vloop.LoopChange;
import dev.vloop.LoopListener;
import dev.vloop.Schedule;
import dev.vloop.cron.Cron;
import java.lang.System.Logger.Level;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.core.env.Environment;

/**
 * The settings {@code vloop.loops.<name>}. As a listener it gives a loop its schedule as soon as the loop is built, however it is built.
 * All wrong values are refused when this is made. Any thread may use it.
 */
final class LoopSettings implements LoopListener {
    private static final System.Logger LOG = System.getLogger("dev.vloop.spring");

    private final VloopProperties properties;

    /** The zones that methods declare, by the names of their loops. A cron expression of the properties has the same zone. */
    private final Map<String, ZoneId> declaredZones = new ConcurrentHashMap<>();

    LoopSettings(VloopProperties properties) {
        this.properties = properties;
        properties.loops().forEach(LoopSettings::check);
    }

    private static void check(String name, VloopProperties.One loop) {
        String prefix = "vloop.loops." + name;
        Duration every = loop.every();
        String cron = loop.cron();
        if (every != null && cron != null) {
            throw new InvalidConfigurationPropertyValueException(
                    prefix + ".cron", cron, "the loop has an interval, too: " + prefix + ".every");
        }
        if (every != null && (every.isNegative() || every.isZero())) {
            throw new InvalidConfigurationPropertyValueException(prefix + ".every", every, "must be positive");
        }
        if (cron != null) {
            try {
                Cron.parse(cron, ZoneId.of("UTC"));
            } catch (IllegalArgumentException | DateTimeException e) {
                throw new InvalidConfigurationPropertyValueException(
                        prefix + ".cron", cron, String.valueOf(e.getMessage()));
            }
        }
    }

    /** {@return whether a loop of that name starts by itself} */
    boolean starts(String name) {
        VloopProperties.One loop = properties.loops().get(name);
        return properties.enabled() && (loop == null || loop.enabled());
    }

    /** {@return the zone of a loop's local times} The method's own is null if it names none. */
    ZoneId zone(String name, @Nullable ZoneId declared) {
        VloopProperties.One loop = properties.loops().get(name);
        if (loop != null && loop.zone() != null) {
            return loop.zone();
        }
        if (declared != null) {
            declaredZones.put(name, declared);
            return declared;
        }
        return properties.zone() == null ? ZoneId.systemDefault() : properties.zone();
    }

    /** {@return the schedule that the properties give a loop; null if they give none} */
    @Nullable
    Schedule schedule(String name) {
        VloopProperties.One loop = properties.loops().get(name);
        if (loop == null) {
            return null;
        }
        if (loop.every() != null) {
            return Schedule.every(loop.every());
        }
        return loop.cron() == null ? null : Cron.parse(loop.cron(), zone(name, declaredZones.get(name)));
    }

    @Override
    public void onChange(Loop loop, LoopChange change) {
        Schedule schedule = change == LoopChange.BUILT ? schedule(loop.name()) : null;
        if (schedule != null) {
            loop.changeSchedule(schedule);
        }
    }

    /** Tells of settings that no loop has: a name may be misspelt. */
    void warnOfUnknown(List<Loop> loops, Environment environment) {
        for (String name : MisspeltProperties.in(environment)) {
            LOG.log(
                    Level.WARNING,
                    () -> name
                            + ": no such property; a loop has enabled, every, cron and zone, and a name with other characters"
                            + " than letters, digits and dashes is written in brackets: vloop.loops[guild 42].every");
        }
        List<String> known = loops.stream().map(Loop::name).toList();
        for (String name : properties.loops().keySet()) {
            if (!known.contains(name)) {
                LOG.log(Level.WARNING, () -> "vloop.loops." + name + ": no loop has that name; there are " + known);
            }
        }
    }
}
