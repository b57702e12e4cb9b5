package dev.vloop.cron;

import static java.util.Objects.requireNonNull;

import dev.vloop.DailySchedule.Gap;
import dev.vloop.DailySchedule.Overlap;
import dev.vloop.spi.CalendarSchedule;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A cron expression in a time zone, as a schedule. Immutable.
 *
 * <pre>{@code
 * loops.loop("report").schedule(Cron.parse("0 9 * * MON-FRI", ZoneId.of("Europe/Berlin"))).start(it -> report());
 * }</pre>
 *
 * <p>Five fields: minute, hour, day of the month, month, day of the week; or six, with the second before them. Each takes {@code *},
 * numbers, names ({@code JAN}, {@code MON}; case does not matter), ranges {@code 9-17} (also backwards over the end: {@code FRI-MON}),
 * steps {@code *}{@code /15}, {@code 5/15} and {@code 9-17/2}, and lists of these. Sunday is 0 or 7. A day field may be
 * {@code ?}, which is {@code *}. The day of the month may be {@code L} (the last), {@code L-3}, {@code 15W} (the working day
 * nearest to it, in the same month) or {@code LW}; the day of the week {@code FRI#2} (the second Friday of the month) or
 * {@code FRIL}, {@code 5L} (the last). When both day fields are restricted, that is when neither is {@code *} or {@code ?},
 * a day that either names will do, as in crontab. {@code @yearly}, {@code @annually}, {@code @monthly}, {@code @weekly},
 * {@code @daily}, {@code @midnight} and {@code @hourly} stand for the expressions that they name.
 *
 * <p><b>Daylight saving</b> follows the rule of Vixie's cron. When the hour or the minute has a {@code *} or a step, the
 * expression means "every so often": in an hour that comes twice it runs in both, and in one that is skipped it does not run. All
 * others name fixed times, to which the policies of {@link dev.vloop.DailySchedule} apply: one that is skipped runs moved, one
 * that comes twice runs at the second, unless {@link #inGap} or {@link #inOverlap} says otherwise.
 *
 * <p>The first slot of a run is the next at or after its start. The search for a slot ends after a hundred years.
 */
public final class Cron implements CalendarSchedule {
    private final CronTable table;
    private final ZoneId zone;
    private final Gap gap;
    private final Overlap overlap;

    private Cron(CronTable table, ZoneId zone, Gap gap, Overlap overlap) {
        this.table = table;
        this.zone = zone;
        this.gap = gap;
        this.overlap = overlap;
    }

    /**
     * Reads a cron expression.
     *
     * @param expression five or six fields, or a name that begins with {@code @}
     * @param zone whose local times they are
     * @return the schedule
     * @throws IllegalArgumentException if the expression is wrong, or never due, as on 30 February; the message has
     *     the expression, and the field and its position if it is one field's fault
     * @throws NullPointerException if one is null
     */
    public static Cron parse(String expression, ZoneId zone) {
        requireNonNull(expression, "expression");
        requireNonNull(zone, "zone");
        return new Cron(CronParsing.parse(expression), zone, Gap.MOVED, Overlap.SECOND);
    }

    /**
     * Says what becomes of a fixed time that the clock skips.
     *
     * @param policy {@link Gap#MOVED} unless said
     * @return this schedule with that policy
     * @throws NullPointerException if it is null
     */
    public Cron inGap(Gap policy) {
        return new Cron(table, zone, requireNonNull(policy, "policy"), overlap);
    }

    /**
     * Says what becomes of a fixed time that comes twice.
     *
     * @param policy {@link Overlap#SECOND} unless said
     * @return this schedule with that policy
     * @throws NullPointerException if it is null
     */
    public Cron inOverlap(Overlap policy) {
        return new Cron(table, zone, gap, requireNonNull(policy, "policy"));
    }

    @Override
    public @Nullable Instant nextAfter(Instant instant) {
        return table.everySoOften()
                ? new CronSearch(table, zone.getRules(), Gap.SKIPPED, Overlap.BOTH).nextAfter(instant)
                : new CronSearch(table, zone.getRules(), gap, overlap).nextAfter(instant);
    }

    /** {@return the zone} */
    @Override
    public Set<ZoneId> zones() {
        return Set.of(zone);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Cron that
                && table.equals(that.table)
                && zone.equals(that.zone)
                && gap == that.gap
                && overlap == that.overlap;
    }

    @Override
    public int hashCode() {
        return Objects.hash(table, zone, gap, overlap);
    }

    /** {@return the expression, the zone, and the policies that were set} */
    @Override
    public String toString() {
        return "cron(" + table.expression() + ", " + zone + ")"
                + (gap == Gap.MOVED ? "" : ".inGap(" + gap + ")")
                + (overlap == Overlap.SECOND ? "" : ".inOverlap(" + overlap + ")");
    }
}
