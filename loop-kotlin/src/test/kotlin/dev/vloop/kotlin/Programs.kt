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
import java.time.DayOfWeek
import java.time.LocalTime
import java.time.ZoneId
import java.util.concurrent.TimeoutException
import java.util.concurrent.atomic.AtomicInteger
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
            .schedule(every(10.minutes).jitter(1.minutes)) // not all at once
            .continueOn<IOException>()
            .startIfIdle { bot.print("good morning, $guild") }
    }

    fun left(guild: String) {
        loops.find("guild $guild")?.remove()
    }
}
// end region

/** What a client that suspends looks like. */
internal interface Chat {
    suspend fun send(text: String)
}

/** What a bot's owner types: which loops there are, and when one of them comes. */
internal class Jobs(private val loops: LoopRuntime) {
    // region jobs
    /** The answer to /jobs: the loops that are known, and those that have completed. */
    fun list(): String {
        val known = loops.loops().map {
            val now = it.status
            "${it.name}, ${it.schedule}: ${now.state}, next ${now.nextIteration}, " +
                "${it.totals.iterations} iterations in ${it.totals.runs} runs"
        }
        val done = loops.completed.map { "${it.name}: ${it.lastEnd}, last at ${it.iterationEndedAt}" }
        return (known + done).joinToString("\n")
    }
    // end region

    // region postpone
    /** The answer to /postpone: the next iteration comes later, by so much. */
    fun postpone(name: String, by: Duration): String {
        val loop = loops.find(name)
        val later = loop?.nextIteration?.plus(by.toJavaDuration()) ?: return "$name has nothing to postpone"
        val from = loop.schedule.startingAt(later) // an interval is counted from there
        val staysInPlace = !loop.schedule.isMonotonic // as a time of day does: it comes once at another time
        loop.changeSchedule(if (staysInPlace) Schedule.anyOf(Schedule.once(later), from) else from)
        return "$name comes at ${loop.nextIteration}" // the new time, at once
    }
    // end region
}

/** A loop that lives as long as a connection, which comes and goes. */
internal class Feed(loops: LoopRuntime, bot: Bot, batch: Batch) {
    // region reconnect-handler
    private val feed = loops.loop("feed")
        .every(30.seconds)
        .afterLoop { batch.flush() } // may take its time
        .build { bot.print(bot.fetch("/feed")) }
    // end region

    // region reconnect-handler-events
    fun onDisconnect() = feed.cancel()

    /** Comes more than once, and perhaps while the old run still flushes. */
    fun onReady() {
        if (!feed.startIfIdle()) { // begins a run now, or as soon as the old one is over
            feed.trigger() // one is going on: it need not wait for its slot, or for the end of its backoff
        }
    }
    // end region
}

// region restarts
/** Begins the loop again after it failed: a second later, then two, four and so on, up to an hour. A success ends the row. */
internal fun LoopBuilder.restarting(loops: LoopRuntime): LoopBuilder {
    val row = AtomicInteger()
    return afterLoop { end ->
        val loop = LoopRuntime.current()
        if (end.isFailed) {
            if (loop.status.lastSuccess != null) row.set(0) // this run was well for a while
            val wait = minOf(1.seconds * (1 shl minOf(row.getAndIncrement(), 12)), 1.hours)
            loops.loop("restart of ${loop.name}")
                .initialDelay(wait)
                .every(wait)
                .startIfIdle {
                    it.loop.stop() // it ends now: a run that fails at once can ask for the next one
                    loop.startIfIdle()
                }
        }
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

    fun changeHour(digest: Loop, zone: ZoneId, hour: LocalTime): String {
        // region digest-hour
        // /digest at 07:00
        digest.changeSchedule(Schedule.dailyAt(zone, hour))
        return "your next digest comes at ${digest.nextIteration}"
        // end region
    }

    fun composed(berlin: ZoneId): List<Schedule> = listOf(
        // region composed
        // every five minutes at night
        every(5.minutes).between(berlin, LocalTime.of(20, 0), LocalTime.of(7, 0)),
        // at noon on Fridays that are the 13th
        Schedule.dailyAt(berlin, LocalTime.NOON).onlyOn(berlin) {
            it.dayOfMonth == 13 && it.dayOfWeek == DayOfWeek.FRIDAY
        },
        // only when it is triggered
        Schedule.never(),
        // end region
    )

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

    fun greeter(chat: Chat): Loop {
        // region suspending
        val greeter = loops.loop("greeter")
            .every(10.minutes)
            .timeout(30.seconds) // cancels the block
            .start { runSuspending { chat.send("hello ${it.index}") } }
        // end region
        return greeter
    }

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
