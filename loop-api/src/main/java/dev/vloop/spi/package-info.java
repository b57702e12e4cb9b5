/**
 * The interfaces between the API and the engine that runs loops: for those who write an engine, a kind of schedule, a cluster, or a host
 * for tests. Programs with loops do not need them.
 *
 * <ul>
 *   <li>{@link dev.vloop.spi.Host}: the machine as an engine sees it. Time, waits, threads, interrupts and random numbers are replaced here
 *       together, as virtual time does it. Begin here.
 *   <li>{@link dev.vloop.spi.IntervalSchedule}: a schedule with a fixed distance between slots. An engine that knows the distance can
 *       jump to any slot.
 *   <li>{@link dev.vloop.spi.CalendarSchedule}: a schedule whose slots are fixed instants of the wall clock. Its method {@code next}
 *       decides which slot is the first of a run, for times of day and for cron expressions alike.
 *   <li>{@link dev.vloop.spi.Cluster}: several instances that share loops. It lends a {@link dev.vloop.spi.ClusterTurn} with a
 *       {@link dev.vloop.spi.ClusterPosition} to one instance at a time.
 * </ul>
 */
@NullMarked
package dev.vloop.spi;

import org.jspecify.annotations.NullMarked;
