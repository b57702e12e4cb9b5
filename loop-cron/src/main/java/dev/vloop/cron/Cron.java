package dev.vloop.cron;

import static dev.vloop.internal.Arguments.notNull;

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
 * {@snippet file="dev/vloop/cron/JavadocExamplesTest.java" region="working-days" :
 * Schedule workingDaysAtNine = Cron.parse("0 9 * * MON-FRI", ZoneId.of("Europe/Berlin"));
 * }
 *
 * <p>An expression has five fields: minute, hour, day of the month, month, day of the week. A sixth field before them is the second.
 * <ul>
 *   <li>Each field takes {@code *}, numbers, names ({@code JAN}, {@code MON}; case does not matter), ranges ({@code 9-17}), steps
 *       ({@code *}{@code /15}, {@code 5/15}, {@code 9-17/2}), and lists of these. A range may go over the end: {@code FRI-MON}. Sunday
 *       is 0 or 7.
 *   <li>The day of the month also takes {@code L} (the last), {@code L-3} (three days before the last), {@code 15W} (the working day
 *       of the same month that is nearest to the 15th) and {@code LW} (the working day nearest to the last).
 *   <li>The day of the week also takes {@code FRI#2} (the second Friday of the month), and {@code FRIL} or {@code 5L} (the last
 *       Friday).
 *   <li>In the two day fields, {@code ?} means the same as {@code *}. If both are restricted, that is if neither is {@code *} or
 *       {@code ?}, a day matches if it matches one of them, as in crontab.
 *   <li>{@code @yearly}, {@code @annually}, {@code @monthly}, {@code @weekly}, {@code @daily}, {@code @midnight} and {@code @hourly}
 *       stand for whole expressions.
 * </ul>
 *
 * <p><b>Daylight saving</b> follows the rule of Vixie's cron. If the hour or the minute has a {@code *} or a step, the expression means
 * "every so often": it runs in both of two hours that have the same name, and not in an hour that the clock skips. Any other expression
 * names fixed times. They follow the policies of {@link dev.vloop.DailySchedule}: a time that the clock skips runs later by the length
 * of the gap, and a time that comes twice runs at the second, unless {@link #inGap} or {@link #inOverlap} says otherwise.
 *
 * <p>The first slot of a run is the next one at or after its start. The search for a slot ends after a hundred years.
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
     * @throws IllegalArgumentException if the expression is wrong, or never due, as on 30 February; the message has the expression, and
     *     the field and its position if one field is wrong
     * @throws NullPointerException if one is null
     */
    public static Cron parse(String expression, ZoneId zone) {
        notNull(expression, "expression");
        notNull(zone, "zone");
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
        return new Cron(table, zone, notNull(policy, "policy"), overlap);
    }

    /**
     * Says what becomes of a fixed time that comes twice.
     *
     * @param policy {@link Overlap#SECOND} unless said
     * @return this schedule with that policy
     * @throws NullPointerException if it is null
     */
    public Cron inOverlap(Overlap policy) {
        return new Cron(table, zone, gap, notNull(policy, "policy"));
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
