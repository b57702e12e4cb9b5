package dev.vloop.kotlin

import dev.vloop.Iteration
import dev.vloop.Loop
import dev.vloop.LoopBuilder
import dev.vloop.LoopRuntime
import dev.vloop.Schedule
import java.io.IOException
import java.sql.SQLTransientException
import java.time.LocalTime
import java.time.ZoneId
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds

/** The counterparts of the members of discord.py's `Loop`, in Kotlin. Each is in a row of a table in docs/moving.md, as it is here. */
internal class MovingMembers(private val bot: Bot, private val batch: Batch, private val zone: ZoneId) {
    fun whenItIsBuilt(builder: LoopBuilder) {
        builder.every(5.minutes)
        builder.dailyAt(zone, LocalTime.of(9, 0), LocalTime.of(18, 0))
        builder.count(5)
        builder.clearReactions()
        builder.beforeLoop(bot::awaitReady)
        builder.afterLoop { batch.flush() }
        builder.onFailure { failure -> bot.print(failure.cause) }
    }

    fun inItsBody(it: Iteration) {
        bot.print(it.index)
    }

    fun started(loops: LoopRuntime, guild: String) {
        loops.loop("greet").every(1.hours).start { bot.print("hello $guild") }
        bot.print("hello $guild")
    }

    fun whileItRuns(loop: Loop) {
        bot.print(loop.name)
        bot.print("next: ${loop.nextIteration}")
        bot.print(loop.isRunning)
        loop.changeInterval(30.seconds)
        loop.changeSchedule(Schedule.dailyAt(zone, LocalTime.of(7, 0)))
        loop.changeReactions { it.retryOn<SQLTransientException>() }
        loop.changeReactions { it.remove<IOException>() }
        loop.changeReactions { it.clear() }
    }

    fun atItsEnd(loop: Loop) {
        loop.restart()
        loop.stop()
        loop.cancel()
        val end = loop.join()
        bot.print(end.isCancelled)
        bot.print(end.isFailed)
    }
}
