package dev.vloop.kotlin

import com.sun.net.httpserver.HttpServer
import dev.vloop.Schedule
import dev.vloop.testkit.Finding
import dev.vloop.testkit.TestLoops
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.net.http.HttpResponse.BodyHandlers
import java.sql.SQLException
import java.time.Instant
import java.time.LocalTime
import java.time.ZoneId
import java.time.ZoneOffset
import java.util.concurrent.ConcurrentLinkedQueue
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds
import kotlin.time.toJavaDuration
import kotlinx.coroutines.yield
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test
import org.slf4j.MDC

/** The programs of docs/recipes.md, in virtual time. */
class ProgramsTest {
    private val loops: TestLoops = TestLoops.startingAt(Instant.parse("2026-03-28T07:00:00Z"))
    private val said = ConcurrentLinkedQueue<String>()
    private var slow = 0.seconds

    private val bot = object : Bot {
        override fun awaitReady() = Unit

        override fun print(text: Any) {
            said += "${loops.elapsed().seconds} $text"
        }

        override fun fetch(path: String): String {
            if (path == "/slow") loops.clock.sleep(slow)
            return "$path is fine"
        }
    }

    private val programs = Programs(loops, bot)

    @AfterEach
    fun close() = loops.close()

    @Test
    fun `a cog prints while it is loaded`() {
        PrinterCog(loops, bot).use {
            it.load()
            loops.advance(5.seconds)
        }
        loops.advance(1.minutes)
        assertThat(said).containsExactly("0 0", "5 1")
        assertThat(loops.find("printer")).isNull()
    }

    @Test
    fun `a lost connection is retried, and other errors of a database are not`() {
        val errors = ArrayDeque(listOf(SQLException("lost", "08006"), SQLException("no such table", "42P01")))
        programs.reconnectByState(object : Batch {
            override fun update() = throw errors.removeFirst()

            override fun flush() = Unit

            override fun isEmpty() = true
        })
        val update = loops.get("batch-update")
        assertThat(loops.awaitEnd(update).isFailed).isTrue()
        assertThat(update.status.retries).isEqualTo(1)
        assertThat(errors).isEmpty()
    }

    @Test
    fun `a slow shop costs one minute and not the loop`() {
        slow = 15.seconds
        programs.prices(listOf("/slow", "/b"))
        loops.advance(59.seconds)
        assertThat(said).isEmpty()
        slow = 4.seconds
        loops.advance(5.seconds)
        assertThat(said).containsExactly("64 /slow is fine", "64 /b is fine")
    }

    @Test
    fun `the digest comes at nine where its user is`() {
        val digest = programs.digest("ada", ZoneId.of("Europe/Berlin"))
        loops.advanceTo(Instant.parse("2026-03-28T08:00:00Z"))
        assertThat(said).containsExactly("3600 digest for ada")
        programs.move(digest, ZoneId.of("Asia/Tokyo"))
        loops.settle()
        assertThat(digest.nextIteration).isEqualTo("2026-03-29T00:00:00Z")
    }

    @Test
    fun `hundreds of guilds come and go while the bot runs`() {
        val all = GuildLoops(loops, bot)
        val guilds = (0..<300).map { "g$it" }
        guilds.forEach(all::joined)
        guilds.forEach(all::joined)
        loops.advance(1.minutes)
        assertThat(said).hasSize(300)
        guilds.take(100).forEach(all::left)
        loops.advance(10.minutes)
        assertThat(said).hasSize(500)
        assertThat(loops.loops()).hasSize(200)
    }

    @Test
    fun `the fifth failure in a row alerts and the loop goes on`() {
        TestLoops.builder().settings { Programs.alerts(it, bot) }.create().use { watched ->
            watched.loop("broken").every(1.minutes).start { error("no luck") }
            watched.advance(9.minutes.toJavaDuration())
            assertThat(said).containsExactly("0 ALERT: broken fails: java.lang.IllegalStateException: no luck")
            assertThat(watched.get("broken").isRunning).isTrue()
        }
    }

    @Test
    fun `an operator sees who is well and when it last was`() {
        loops.loop("good").every(1.minutes).start { bot.print("good") }
        loops.awaitEnd(loops.loop("bad").every(1.minutes).start { error("for good") })
        loops.advance(1.minutes)
        assertThat(report(loops)).isEqualTo(
            """
            OK  good: WAITING, next run 2026-03-28T07:02:00Z, last success 2026-03-28T07:01:00Z
            BAD bad: IDLE, next run null, its run has failed: java.lang.IllegalStateException
            """.trimIndent(),
        )
    }

    @Test
    fun `each line that a body or a fork logs names its loop`() {
        val lines = ConcurrentLinkedQueue<String>()
        TestLoops.builder().settings { it.defaults(::nameLoops) }.create().use { named ->
            named.loop("digest").every(1.minutes).count(1).start {
                lines += "body of ${MDC.get("loop")}"
                it.fork { lines.add("fork of ${MDC.get("loop")}") }
            }
            named.loop("news").every(1.minutes).count(1).afterLoop { lines += "after it: ${MDC.get("loop")}" }.start {}
            named.settle()
        }
        assertThat(lines).containsExactlyInAnyOrder("body of digest", "fork of digest", "after it: null")
    }

    @Test
    fun `a server says how long to wait, and the usual interval comes back`() {
        val statuses = ArrayDeque(listOf(200, 429, 200, 200))
        val server = HttpServer.create(InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0)
        server.createContext("/") { exchange ->
            exchange.responseHeaders.add("Retry-After", "120")
            exchange.sendResponseHeaders(statuses.removeFirst(), 4)
            exchange.responseBody.use { it.write("news".toByteArray()) }
        }
        server.start()
        try {
            val request = HttpRequest.newBuilder(URI("http://127.0.0.1:${server.address.port}/")).build()
            val client = HttpClient.newHttpClient()
            programs.poller {
                loops.external<HttpResponse<String>>("a request") { client.send(request, BodyHandlers.ofString()) }
            }
            loops.advance(180.seconds)
            assertThat(said).containsExactly("0 news", "150 news", "180 news")
        } finally {
            server.stop(0)
        }
    }

    @Test
    fun `jobs shows the loops that are known and those that have completed`() {
        loops.loop("poll").every(5.minutes).start { }
        loops.loop("import").every(1.minutes).count(2).start { }
        loops.advance(6.minutes.toJavaDuration())
        assertThat(Jobs(loops).list()).isEqualTo(
            """
            poll, every(PT5M): WAITING, next 2026-03-28T07:10:00Z, 2 iterations in 1 runs
            import: Completed[iterations=2], last at 2026-03-28T07:01:00Z
            """.trimIndent(),
        )
    }

    @Test
    fun `what is postponed comes later, and a time of day only once`() {
        loops.loop("poll").every(5.minutes).start { }
        loops.loop("digest").dailyAt(ZoneOffset.UTC, LocalTime.of(9, 0)).start { bot.print("digest") }
        loops.settle()
        val jobs = Jobs(loops)
        assertThat(jobs.postpone("poll", 2.minutes)).isEqualTo("poll comes at 2026-03-28T07:07:00Z")
        assertThat(jobs.postpone("digest", 2.hours)).isEqualTo("digest comes at 2026-03-28T11:00:00Z")
        assertThat(jobs.postpone("nobody", 2.hours)).isEqualTo("nobody has nothing to postpone")
        loops.advance(26.hours.toJavaDuration())
        assertThat(said).containsExactly("14400 digest", "93600 digest")
    }

    @Test
    fun `an earlier hour for the digest holds from tomorrow on`() {
        val digest = programs.digest("ada", ZoneOffset.UTC)
        loops.advanceTo(Instant.parse("2026-03-28T12:00:00Z"))
        assertThat(programs.changeHour(digest, ZoneOffset.UTC, LocalTime.of(7, 0)))
            .isEqualTo("your next digest comes at 2026-03-29T07:00:00Z")
        loops.advance(18.hours.toJavaDuration())
        assertThat(said).hasSize(1)
    }

    @Test
    fun `a feed begins again when the connection is back before the old run has flushed`() {
        val feed = Feed(loops, bot, object : Batch {
            override fun update() = Unit

            override fun flush() = loops.clock.sleep(5.seconds)

            override fun isEmpty() = true
        })
        feed.onReady()
        loops.settle()
        feed.onDisconnect()
        loops.advance(1.seconds.toJavaDuration())
        feed.onReady()
        loops.advance(40.seconds.toJavaDuration())
        assertThat(said).containsExactly("0 /feed is fine", "5 /feed is fine", "35 /feed is fine")
        feed.onReady()
        loops.settle()
        assertThat(said).endsWith("41 /feed is fine")
    }

    @Test
    fun `a loop that fails begins again later each time`() {
        TestLoops.builder().tolerate(Finding.UNSEEN_FAILURE).create().use { own ->
            val seconds = mutableListOf<Long>()
            own.loop("feed").every(10.seconds).restarting(own).start {
                seconds += own.elapsed().seconds
                error("broken")
            }
            own.advance(20.seconds.toJavaDuration())
            assertThat(seconds).containsExactly(0, 1, 3, 7, 15)
        }
    }

    /** The run that begins fails before the loop that began it is over: it must get its next one all the same. */
    @Test
    fun `a loop that fails faster than its restart ends begins again`() {
        TestLoops.builder()
            .settings { settings ->
                settings.defaults { defaults ->
                    defaults.intercept { iteration, chain ->
                        chain.proceed()
                        if (iteration.loop.name.startsWith("restart of ")) iteration.loop.runtime.clock.sleep(1.milliseconds)
                    }
                }
            }
            .tolerate(Finding.UNSEEN_FAILURE)
            .create().use { own ->
                val loop = own.loop("feed").every(10.seconds).restarting(own).start { error("broken") }
                own.advance(20.seconds.toJavaDuration())
                assertThat(loop.totals.runs).isEqualTo(5) // at 0, 1, 3, 7 and 15 s
            }
    }

    @Test
    fun `a timeout cancels what a body that suspends waits for, and the next attempt sends`() {
        val answers = ArrayDeque(listOf(40.seconds, 1.seconds))
        programs.greeter(object : Chat {
            override suspend fun send(text: String) {
                yield()
                loops.clock.sleep(answers.removeFirst())
                bot.print(text)
            }
        })
        loops.advance(5.minutes)
        assertThat(said).singleElement().asString().endsWith(" hello 0")
        assertThat(loops.get("greeter").status.retries).isEqualTo(1)
    }

    @Test
    fun `composed schedules have the slots that the page names`() {
        val (night, friday, never) = programs.composed(ZoneId.of("Europe/Berlin"))
        val noon = Instant.parse("2026-03-28T11:00:00Z")
        assertThat(night.nextRuns(noon, 1)).containsExactly(Instant.parse("2026-03-28T19:00:00Z"))
        assertThat(friday.nextRuns(noon, 1)).containsExactly(Instant.parse("2026-11-13T11:00:00Z"))
        assertThat(never.nextRuns(noon, 1)).isEmpty()
        assertThat(fixedDelay(5.seconds)).isEqualTo(Schedule.fixedDelay(5.seconds.toJavaDuration()))
        assertThat(loops.name).isEqualTo(loops.runtime().name())
    }
}
