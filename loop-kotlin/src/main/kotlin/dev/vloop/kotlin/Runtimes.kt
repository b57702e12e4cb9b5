package dev.vloop.kotlin

import dev.vloop.LoopBuilder
import dev.vloop.vthreads.VirtualLoops
import kotlin.time.Duration
import kotlin.time.toJavaDuration

/**
 * Adds settings that every loop begins with, as `defaults` does: `eachLoop { retryOn<SQLException>() }`. It has a name of its own because
 * the compiler prefers a member to an extension of the same name.
 *
 * @param settings is called once, during this call
 */
public fun VirtualLoops.Builder.eachLoop(settings: LoopBuilder.() -> Unit): VirtualLoops.Builder =
    defaults { it.settings() }

/** Sets for how long `close()` lets iterations go on; not negative. */
public fun VirtualLoops.Builder.closeGrace(grace: Duration): VirtualLoops.Builder = closeGrace(grace.toJavaDuration())
