package dev.vloop.kotlin

import dev.vloop.HookFailure
import dev.vloop.Iteration
import dev.vloop.Loop
import dev.vloop.LoopClock
import dev.vloop.LoopEnd
import dev.vloop.LoopHealth
import dev.vloop.LoopRuntime
import dev.vloop.LoopStatus
import dev.vloop.LoopTotals
import dev.vloop.Schedule
import java.time.Instant
import kotlin.time.Duration
import kotlin.time.toJavaDuration

/** The number of iterations before this one in the run; `index.mod(list.size)` picks from a list. */
public val Iteration.index: Long get() = index()

/** 1 for the first attempt, 2 for its first retry, and so on. */
public val Iteration.attempt: Int get() = attempt()

/** The slot, which retries do not change; for a triggered iteration, the time of the call of `trigger`. */
public val Iteration.scheduledAt: Instant get() = scheduledAt()

/** The loop. */
public val Iteration.loop: Loop get() = loop()

/** Waits on the runtime's clock, which is virtual in tests. */
public fun Iteration.sleep(duration: Duration): Unit = sleep(duration.toJavaDuration())

/** The name, unique among the loops that its runtime knows. */
public val Loop.name: String get() = name()

/** The kind that the loop was given, or else its name. */
public val Loop.kind: String get() = kind()

/** The loop at this instant; all parts of the status belong to the same instant. */
public val Loop.status: LoopStatus get() = status()

/** The next slot; null if there is none, and while the loop is idle, starting, ending or paused. */
public val Loop.nextIteration: Instant? get() = nextIteration()

/** The schedule, as it was set last. */
public val Loop.schedule: Schedule get() = schedule()

/** The runtime that made it. */
public val Loop.runtime: LoopRuntime get() = runtime()

/** What all runs of this loop add up to. */
public val Loop.totals: LoopTotals get() = totals()

/** Replaces the schedule by an interval, for this run and later ones. */
public fun Loop.changeInterval(interval: Duration): Unit = changeInterval(interval.toJavaDuration())

/** Waits for the end of the run; null if the timeout is over first. */
public fun Loop.join(timeout: Duration): LoopEnd? = join(timeout.toJavaDuration())

/** This rule with a smallest grace. */
public fun LoopHealth.minGrace(grace: Duration): LoopHealth = minGrace(grace.toJavaDuration())

/** How many iterations the run finished. */
public val LoopEnd.iterations: Long get() = iterations()

/** What hooks of the run have thrown: `onFailure` and `afterLoop`. */
public val LoopEnd.hookFailures: List<HookFailure> get() = hookFailures()

/** The known loops, running or not, oldest first; a snapshot. */
public val LoopRuntime.loops: List<Loop> get() = loops()

/** The name that it was given when it was made. */
public val LoopRuntime.name: String get() = name()

/** The last status of loops that have completed, oldest first. */
public val LoopRuntime.completed: List<LoopStatus> get() = completed()

/** This runtime's clock. */
public val LoopRuntime.clock: LoopClock get() = clock()

/** Stops all loops, cancels those that still run after the grace, and closes. Returns the loops that it cancelled. */
public fun LoopRuntime.shutdown(grace: Duration): List<Loop> = shutdown(grace.toJavaDuration())

/** Stops all loops, and cancels those that outlast the grace; returns the cancelled. The runtime stays open. */
public fun LoopRuntime.stopAll(grace: Duration): List<Loop> = stopAll(grace.toJavaDuration())

/** Waits until no loop runs; false when the time is over first. */
public fun LoopRuntime.join(timeout: Duration): Boolean = join(timeout.toJavaDuration())

/** Calls `shutdown(grace)` and then `then` when the JVM is asked to end. */
public fun LoopRuntime.shutdownOnExit(grace: Duration, then: Runnable): Unit =
    shutdownOnExit(grace.toJavaDuration(), then)

/** Waits on this clock. */
public fun LoopClock.sleep(duration: Duration): Unit = sleep(duration.toJavaDuration())

/** Makes each slot later by a random time. The same slot is always moved by the same time. */
public fun Schedule.jitter(max: Duration): Schedule = jitter(max.toJavaDuration())

/** Makes every slot later by the same delay. */
public fun Schedule.shiftedBy(delay: Duration): Schedule = shiftedBy(delay.toJavaDuration())

/** Runs at once, and then at every interval: the schedule of [dev.vloop.LoopBuilder.every], to build others from. */
public fun every(interval: Duration): Schedule = Schedule.every(interval.toJavaDuration())

/** Runs at once, and then a delay after the end of each iteration: a schedule to build others from. */
public fun fixedDelay(delay: Duration): Schedule = Schedule.fixedDelay(delay.toJavaDuration())
