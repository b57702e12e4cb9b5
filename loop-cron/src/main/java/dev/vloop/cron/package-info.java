/**
 * Cron expressions as schedules. The only public class is {@link dev.vloop.cron.Cron}; begin reading there.
 *
 * <p>From an expression to a slot, in the order of the calls:
 * <ol>
 *   <li>{@code CronParsing} cuts an expression into its fields, lets cron-utils parse each, and makes a table of them. The names of the
 *       fields and their order are here, and all refusals of wrong expressions begin here.
 *   <li>{@code CronField} turns one field of cron-utils' model into bits and rules for days.
 *   <li>{@code CronDays} knows which days of a month the two day fields name: {@code L}, {@code W}, {@code #} and weekdays.
 *   <li>{@code CronTable} has the six fields, and finds the next local date and time that matches. It knows nothing of zones.
 *   <li>{@code CronSearch} finds the next instant in a zone: gaps and overlaps of daylight saving are here.
 *   <li>{@code Cron} holds a table, a zone and the policies. It is a {@link dev.vloop.spi.CalendarSchedule}: the first slot of a run is
 *       decided there, for cron expressions and times of day alike.
 * </ol>
 *
 * <p>cron-utils is used by {@code CronParsing} and {@code CronField} alone, and none of its types is visible outside.
 */
@NullMarked
package dev.vloop.cron;

import org.jspecify.annotations.NullMarked;
