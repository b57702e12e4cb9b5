package dev.vloop.kotlin

import dev.vloop.Loop
import dev.vloop.LoopRuntime
import java.sql.SQLTransientException
import java.time.LocalTime
import java.time.ZoneId
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

/** What the recipes need from a bot. */
internal interface Bot {
    fun awaitReady()

    fun print(text: Any)

    fun fetch(path: String): String
}

/** Rows on their way to a database. */
internal interface Batch {
    fun update()

    fun flush()

    fun isEmpty(): Boolean
}

/** The recipes of the README, in Kotlin. */
internal class Recipes(private val loops: LoopRuntime, private val bot: Bot, private val batch: Batch) {
    fun simple() {
        // region simple
        loops.loop("printer").every(5.seconds).start { bot.print(it.index) }
        // end region
    }

    fun reconnect() {
        // region reconnect
        loops.loop("batch-update")
            .every(5.minutes)
            .retryOn<SQLTransientException>()
            .start { batch.update() }
        // end region
    }

    fun counted() {
        // region counted
        loops.loop("slow-count")
            .every(5.seconds)
            .count(5)
            .afterLoop { bot.print("done!") }
            .start { bot.print(it.index) }
        // end region
    }

    fun ready() {
        // region ready
        loops.loop("greeter")
            .every(1.minutes)
            .beforeLoop(bot::awaitReady)
            .start { bot.print("hello") }
        // end region
    }

    fun bulk(): Loop {
        // region bulk
        val bulker = loops.loop("bulker")
            .every(10.seconds)
            .afterLoop { if (!batch.isEmpty()) batch.flush() }
            .start { batch.flush() }
        // end region
        return bulker
    }

    fun daily() {
        // region daily
        loops.loop("morning")
            .dailyAt(ZoneId.of("Europe/Berlin"), LocalTime.of(9, 0))
            .start { bot.print("good morning") }
        // end region
    }

    fun together() {
        // region together
        loops.loop("news").every(10.minutes).start {
            val weather = it.fork { bot.fetch("/weather") }
            val traffic = it.fork { bot.fetch("/traffic") }
            bot.print("${weather.get()}, ${traffic.get()}")
        }
        // end region
    }
}
