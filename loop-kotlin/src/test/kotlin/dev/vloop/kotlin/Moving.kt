package dev.vloop.kotlin

import dev.vloop.Loop
import dev.vloop.LoopRuntime
import java.sql.SQLTransientException
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

/** The code after the moves that docs/moving.md describes, in Kotlin. */
internal class Moving(private val loops: LoopRuntime, private val bot: Bot, private val batch: Batch) {
    fun fromDiscord(): Loop {
        // region from-discord
        val updates = loops.loop("updates")
            .every(5.minutes)
            .count(12)
            .retryOn<SQLTransientException>()
            .beforeLoop(bot::awaitReady)
            .afterLoop { end -> if (end.isCancelled) batch.flush() }
            .onFailure { failure -> bot.print("update failed: ${failure.cause}") }
            .build { batch.update() }

        updates.start()
        // end region
        return updates
    }

    fun fromCoroutines(): Loop {
        // region from-coroutines
        val updates = loops.loop("updates")
            .fixedDelay(5.minutes)
            .timeout(30.seconds)
            .continueOn<Exception>()
            .afterLoop { batch.flush() } // may block: it is not cancelled again
            .start { batch.update() }
        // end region
        return updates
    }
}
