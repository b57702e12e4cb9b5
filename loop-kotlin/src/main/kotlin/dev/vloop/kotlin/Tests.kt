/** What needs `loop-testkit`. */
package dev.vloop.kotlin

import dev.vloop.testkit.LoopAssert
import dev.vloop.testkit.TestLoops
import dev.vloop.testkit.Timeline
import java.util.function.BooleanSupplier
import kotlin.time.Duration
import kotlin.time.toJavaDuration
import kotlin.time.toKotlinDuration

/** Moves time, and runs what is due up to and including the end of the duration; not negative. */
public fun TestLoops.advance(duration: Duration): Unit = advance(duration.toJavaDuration())

/** Moves time from wake-up to wake-up until a condition holds; fails if it does not within `atMost`. */
public fun TestLoops.runUntil(atMost: Duration, condition: BooleanSupplier): Unit =
    runUntil(condition, atMost.toJavaDuration())

/** Plays a machine that sleeps: the wall clock goes on, and intervals do not. */
public fun TestLoops.suspend(duration: Duration): Unit = suspend(duration.toJavaDuration())

/** Moves the wall clock alone, forward or, with a negative duration, back. */
public fun TestLoops.moveWallClock(by: Duration): Unit = moveWallClock(by.toJavaDuration())

/** The virtual time since the start, on the monotonic clock. */
public val TestLoops.elapsed: Duration get() = elapsed().toKotlinDuration()

/** What each loop did when. */
public val TestLoops.timeline: Timeline get() = timeline()

/** Sets for how long a thread may be blocked where virtual time does not see it, in real time; positive. */
public fun TestLoops.Builder.patience(patience: Duration): TestLoops.Builder = patience(patience.toJavaDuration())

/** Asserts how far away the next slot is, in the virtual time of the loop's test. */
public fun LoopAssert.nextIn(duration: Duration): LoopAssert = nextIn(duration.toJavaDuration())
