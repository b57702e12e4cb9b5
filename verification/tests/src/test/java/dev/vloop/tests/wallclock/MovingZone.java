package dev.vloop.tests.wallclock;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;
import java.time.zone.ZoneRulesException;
import java.time.zone.ZoneRulesProvider;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A time zone whose rules a test changes while loops keep to it, as a provider does that reads new tables at run time. A provider stays
 * registered until the JVM ends, so each has an id of its own.
 */
final class MovingZone extends ZoneRulesProvider {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String id = "Vloop/Moving-" + COUNT.incrementAndGet();
    private volatile @Nullable ZoneRules rules;

    private MovingZone(ZoneRules rules) {
        this.rules = rules;
    }

    static MovingZone at(String offset) {
        MovingZone zone = new MovingZone(ZoneOffset.of(offset).getRules());
        ZoneRulesProvider.registerProvider(zone);
        return zone;
    }

    ZoneId id() {
        return ZoneId.of(id);
    }

    void moveTo(String offset) {
        rules = ZoneOffset.of(offset).getRules();
    }

    /** From now on, whoever asks for the rules gets an exception. */
    void lose() {
        rules = null;
    }

    @Override
    protected Set<String> provideZoneIds() {
        return Set.of(id);
    }

    /** Null to whoever would cache them: this is what makes the rules of a zone change. */
    @Override
    protected @Nullable ZoneRules provideRules(String zone, boolean forCaching) {
        ZoneRules known = rules;
        if (known == null) {
            throw new ZoneRulesException("the table of " + zone + " cannot be read");
        }
        return forCaching ? null : known;
    }

    @Override
    protected NavigableMap<String, ZoneRules> provideVersions(String zone) {
        return new TreeMap<>();
    }
}
