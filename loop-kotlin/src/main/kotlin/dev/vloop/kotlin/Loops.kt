package dev.vloop.kotlin

import dev.vloop.Iteration
import dev.vloop.Loop
import dev.vloop.LoopClock
import dev.vloop.LoopEnd
import dev.vloop.LoopRuntime
import dev.vloop.LoopStatus
import dev.vloop.Schedule
import java.time.Instant
import kotlin.time.Duration
import kotlin.time.toJavaDuration

/** How many iterations the run had before; `index.mod(list.size)` picks from a list. */
public val Iteration.index: Long get() = index()

/** 1 for the first attempt, 2 for its first retry, and so on. */
public val Iteration.attempt: Int get() = attempt()

/** The slot, which retries do not move. */
public val Iteration.scheduledAt: Instant get() = scheduledAt()

/** The loop. */
public val Iteration.loop: Loop get() = loop()

/** Waits on the runtime's clock. */
public fun Iteration.sleep(duration: Duration): Unit = sleep(duration.toJavaDuration())

/** The name, unique among the loops that its runtime knows. */
public val Loop.name: String get() = name()

/** A consistent snapshot. */
public val Loop.status: LoopStatus get() = status()

/** The next slot; null while idle, ending or paused. */
public val Loop.nextIteration: Instant? get() = nextIteration()

/** Replaces the schedule by an interval, for this run and later ones. */
public fun Loop.changeInterval(interval: Duration): Unit = changeInterval(interval.toJavaDuration())

/** Waits for the end of the run; null when the time is over first. */
public fun Loop.join(timeout: Duration): LoopEnd? = join(timeout.toJavaDuration())

/** The iterations that are over. */
public val LoopEnd.iterations: Long get() = iterations()

/** This runtime's time. */
public val LoopRuntime.clock: LoopClock get() = clock()

/** Stops all loops, cancels those that outlast the grace, and closes; returns the cancelled. */
public fun LoopRuntime.shutdown(grace: Duration): List<Loop> = shutdown(grace.toJavaDuration())

/** Does that when the JVM is asked to end, and then what is given. */
public fun LoopRuntime.shutdownOnExit(grace: Duration, then: Runnable): Unit =
    shutdownOnExit(grace.toJavaDuration(), then)

/** Waits that long. */
public fun LoopClock.sleep(duration: Duration): Unit = sleep(duration.toJavaDuration())

/** Each slot later by a time that is drawn for it, the same for the same slot. */
public fun Schedule.jitter(max: Duration): Schedule = jitter(max.toJavaDuration())

/** Each slot that much later. */
public fun Schedule.shiftedBy(delay: Duration): Schedule = shiftedBy(delay.toJavaDuration())
