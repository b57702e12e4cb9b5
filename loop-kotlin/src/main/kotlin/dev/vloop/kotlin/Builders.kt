package dev.vloop.kotlin

import dev.vloop.LoopBuilder
import dev.vloop.Reaction
import kotlin.time.Duration
import kotlin.time.toJavaDuration

/** An iteration at once, and at every interval after it. */
public fun LoopBuilder.every(interval: Duration): LoopBuilder = every(interval.toJavaDuration())

/** An iteration at once, and a delay after each end. */
public fun LoopBuilder.fixedDelay(delay: Duration): LoopBuilder = fixedDelay(delay.toJavaDuration())

/** Moves the first slot. */
public fun LoopBuilder.initialDelay(delay: Duration): LoopBuilder = initialDelay(delay.toJavaDuration())

/** Skips slots that are later than this. */
public fun LoopBuilder.maxLateness(lateness: Duration): LoopBuilder = maxLateness(lateness.toJavaDuration())

/** Interrupts an attempt that takes longer. */
public fun LoopBuilder.timeout(perAttempt: Duration): LoopBuilder = timeout(perAttempt.toJavaDuration())

/** Exceptions of this type: the same iteration again, after the backoff. */
public inline fun <reified E : Exception> LoopBuilder.retryOn(): LoopBuilder = retryOn(E::class.java)

/** Exceptions of this type: logged, and on with the next slot. */
public inline fun <reified E : Exception> LoopBuilder.continueOn(): LoopBuilder = continueOn(E::class.java)

/** Exceptions of this type: the run ends as failed. */
public inline fun <reified E : Exception> LoopBuilder.failOn(): LoopBuilder = failOn(E::class.java)

/** Exceptions of this type: as the function says. */
public inline fun <reified E : Exception> LoopBuilder.on(noinline decide: (E) -> Reaction): LoopBuilder =
    on(E::class.java, decide)
