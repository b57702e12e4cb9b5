package dev.vloop.kotlin

import dev.vloop.LoopBuilder
import dev.vloop.Reaction
import dev.vloop.Reactions
import kotlin.time.Duration
import kotlin.time.toJavaDuration

/** Runs at once, and then at every interval. */
public fun LoopBuilder.every(interval: Duration): LoopBuilder = every(interval.toJavaDuration())

/** Runs at once, and then a delay after the end of each iteration. */
public fun LoopBuilder.fixedDelay(delay: Duration): LoopBuilder = fixedDelay(delay.toJavaDuration())

/** Delays the first slot: the schedule begins this long after the end of `beforeLoop`. */
public fun LoopBuilder.initialDelay(delay: Duration): LoopBuilder = initialDelay(delay.toJavaDuration())

/** Skips a slot if the loop is later for it than this. */
public fun LoopBuilder.maxLateness(lateness: Duration): LoopBuilder = maxLateness(lateness.toJavaDuration())

/** Interrupts an attempt that takes longer, and all that it has forked. */
public fun LoopBuilder.timeout(perAttempt: Duration): LoopBuilder = timeout(perAttempt.toJavaDuration())

/** Retries the iteration on exceptions of a type, after the backoff. */
public inline fun <reified E : Exception> LoopBuilder.retryOn(): LoopBuilder = retryOn(E::class.java)

/** Goes on with the next slot on exceptions of a type. They are logged. */
public inline fun <reified E : Exception> LoopBuilder.continueOn(): LoopBuilder = continueOn(E::class.java)

/** Ends the run as failed on exceptions of a type. */
public inline fun <reified E : Exception> LoopBuilder.failOn(): LoopBuilder = failOn(E::class.java)

/** Lets a function decide on exceptions of a type. */
public inline fun <reified E : Exception> LoopBuilder.on(noinline decide: (E) -> Reaction): LoopBuilder =
    on(E::class.java, decide)

/** Retries the iteration on exceptions of a type, after the backoff. */
public inline fun <reified E : Exception> Reactions.retryOn(): Reactions = retryOn(E::class.java)

/** Goes on with the next slot on exceptions of a type. They are logged. */
public inline fun <reified E : Exception> Reactions.continueOn(): Reactions = continueOn(E::class.java)

/** Ends the run as failed on exceptions of a type. */
public inline fun <reified E : Exception> Reactions.failOn(): Reactions = failOn(E::class.java)

/** Lets a function decide on exceptions of a type. */
public inline fun <reified E : Exception> Reactions.on(noinline decide: (E) -> Reaction): Reactions =
    on(E::class.java, decide)

/** Forgets what was named for exactly this type, by default too. */
public inline fun <reified E : Exception> Reactions.remove(): Reactions = remove(E::class.java)
