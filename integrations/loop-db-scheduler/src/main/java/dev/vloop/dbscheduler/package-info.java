/**
 * Loops that run once per cluster, by db-scheduler on the program's own database: {@link dev.vloop.dbscheduler.DbSchedulerCluster}.
 */
@NullMarked
package dev.vloop.dbscheduler;

import org.jspecify.annotations.NullMarked;

/*
 * A map for those who change it.
 *
 * DbSchedulerCluster   what users make; joins runs, and ends all
 * LoopMember           a run of this instance: what it was lent, what was asked of it, what is known of its row
 * LoopTask             what db-scheduler calls when it has picked a row, or has found one whose holder is dead
 * LoopRow              what is stored of a loop, as JSON (LoopRows)
 * Keeper               a thread that reads the rows from time to time, and looks at slots when they come
 * Changes              does what was asked of rows: triggers, other schedules
 * LeaseWatch           a thread that judges leases without the database, and the listener that hears of heartbeats that failed
 * AcceptedLoops        lets db-scheduler pick only what the loops of this instance would take
 * Trouble              logs what the database has refused
 * DatabaseClock        the clock of the database; Dialect knows how each database tells it, and the tables
 */
