package dev.vloop.kotlin

import dev.vloop.ForkContext
import dev.vloop.Iteration
import dev.vloop.Loop
import dev.vloop.LoopBuilder
import dev.vloop.LoopHealth
import dev.vloop.LoopRuntime
import dev.vloop.Reaction
import dev.vloop.Schedule
import dev.vloop.vthreads.VirtualLoops
import java.io.IOException
import java.net.http.HttpResponse
import java.sql.SQLException
import java.time.LocalTime
import java.time.ZoneId
import java.util.concurrent.TimeoutException
import kotlin.time.Duration
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds
import kotlin.time.toJavaDuration
import org.slf4j.MDC

// region cog
/** A part of a bot that can be loaded and unloaded while the bot runs; its loop lives as long. */
internal class PrinterCog(loops: LoopRuntime, private val bot: Bot) : AutoCloseable {
    private val printer = loops.loop("printer").every(5.seconds).build { print(it) } // does not start it

    fun load() {
        printer.start()
    }

    override fun close() = printer.remove() // cancels it, and frees its name for the next one

    private fun print(it: Iteration) = bot.print(it.index)
}
// end region

// region guild-loops
/** A loop for each guild that the bot is in. Each is a virtual thread that waits. */
internal class GuildLoops(private val loops: LoopRuntime, private val bot: Bot) {
    /** Also after a reconnect, when all guilds are announced again. */
    fun joined(guild: String) {
        loops.loop("guild $guild")
            .schedule(Schedule.every(10.minutes.toJavaDuration()).jitter(1.minutes)) // not all at once
            .continueOn<IOException>()
            .startIfIdle { bot.print("good morning, $guild") }
    }

    fun left(guild: String) {
        loops.find("guild $guild")?.remove()
    }
}
// end region

/** The programs of docs/recipes.md, in Kotlin. */
internal class Programs(private val loops: LoopRuntime, private val bot: Bot) {
    private val usual = 30.seconds
    private val nine = LocalTime.of(9, 0)

    fun reconnectByState(batch: Batch) {
        // region reconnect-by-state
        loops.loop("batch-update")
            .every(5.minutes)
            .on<SQLException> { if (it.sqlState?.startsWith("08") == true) Reaction.RETRY else Reaction.FAIL }
            .start { batch.update() }
        // end region
    }

    fun prices(shops: List<String>) {
        // region prices
        loops.loop("prices")
            .every(1.minutes)
            .timeout(10.seconds) // for all of them together; then they are interrupted
            .continueOn<TimeoutException>() // no retry: in a minute there are newer prices
            .start {
                val answers = shops.map { shop -> it.fork { bot.fetch(shop) } }
                answers.forEach { answer -> bot.print(answer.get()) }
            }
        // end region
    }

    fun digest(user: String, zone: ZoneId): Loop {
        // region digest
        val digest = loops.loop("digest of $user")
            .dailyAt(zone, nine)
            .maxLateness(2.hours) // if the machine slept until noon: none rather than a late one
            .start { bot.print("digest for $user") }
        // end region
        return digest
    }

    fun move(digest: Loop, zone: ZoneId) {
        // region digest-moves
        // the user has moved
        digest.changeSchedule(Schedule.dailyAt(zone, nine))
        // end region
    }

    fun poller(request: () -> HttpResponse<String>): Loop {
        // region poller
        val poller = loops.loop("news").every(usual).start {
            val answer = request() // client.send(request, BodyHandlers.ofString())
            when (answer.statusCode()) {
                200 -> {
                    it.loop.changeInterval(usual) // the same again changes nothing
                    bot.print(answer.body())
                }
                429, 503 -> it.loop.changeInterval(patience(answer))
                else -> error("the server says ${answer.statusCode()}") // ends the loop
            }
        }
        // end region
        return poller
    }

    // region patience
    /** What the server asks for in seconds, but no less than usual; a minute if it does not say. */
    fun patience(answer: HttpResponse<*>): Duration =
        maxOf(usual, answer.headers().firstValueAsLong("Retry-After").orElse(60).seconds)
    // end region

    companion object {
        fun alerts(builder: VirtualLoops.Builder, bot: Bot): VirtualLoops.Builder {
            // region alerts
            builder.defaults { all ->
                all.continueOn<Exception>() // a loop may say otherwise for itself; I/O is retried
                    .onFailure { if (it.inARow == 5) bot.print("ALERT: ${it.loop.name} fails: ${it.cause}") }
            }
            // end region
            return builder
        }
    }
}

// region health
internal fun report(loops: LoopRuntime): String = LoopHealth.standard().check(loops).loops()
    .joinToString("\n") {
        val mark = if (it.isUp()) "OK " else "BAD"
        val status = it.status() // one consistent snapshot
        "$mark ${status.name}: ${status.state}, next run ${status.nextIteration}, ${it.reason()}"
    }
// end region

// region mdc
/** For all loops of a runtime: `VirtualLoops.builder().defaults(::nameLoops)`. */
internal fun nameLoops(loop: LoopBuilder) {
    loop.intercept { iteration, chain ->
        MDC.put("loop", iteration.loop.name)
        try {
            chain.proceed()
        } finally {
            MDC.remove("loop") // the thread goes on to the next iteration
        }
    }.forkContext {
        val mdc = MDC.getCopyOfContextMap() // on the thread that forks
        ForkContext.Captured { task ->
            if (mdc != null) MDC.setContextMap(mdc) // on the fork's own
            task.proceed()
        }
    }
}
// end region
