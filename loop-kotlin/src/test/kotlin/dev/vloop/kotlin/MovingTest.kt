package dev.vloop.kotlin

import dev.vloop.LoopEnd
import dev.vloop.testkit.TestLoops
import java.time.ZoneId
import kotlin.time.Duration.Companion.days
import kotlin.time.Duration.Companion.minutes
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test

class MovingTest {
    private val loops: TestLoops = TestLoops.create()
    private var updates = 0
    private var flushes = 0
    private val said = mutableListOf<Any>()
    private var failure: Exception? = null

    private val bot = object : Bot {
        override fun awaitReady() = Unit

        override fun print(text: Any) {
            said += text
        }

        override fun fetch(path: String) = path
    }

    private val batch = object : Batch {
        override fun update() {
            failure?.let {
                failure = null
                throw it
            }
            updates++
        }

        override fun flush() {
            flushes++
        }

        override fun isEmpty() = false
    }

    private val moving = Moving(loops, bot, batch)

    @AfterEach
    fun close() = loops.close()

    @Test
    fun `the loop of discord counts and completes`() {
        assertThat(loops.awaitEnd(moving.fromDiscord())).isEqualTo(LoopEnd.Completed(12))
        assertThat(updates).isEqualTo(12)
        assertThat(flushes).isZero()
    }

    @Test
    fun `the counterparts of the members of discord run`() {
        val members = MovingMembers(bot, batch, ZoneId.of("Europe/Berlin"))
        val builder = loops.loop("members")
        members.whenItIsBuilt(builder)
        val loop = builder.start { members.inItsBody(it) }
        loops.advance(1.days)
        assertThat(said).containsExactly(0L, 1L)
        members.whileItRuns(loop)
        members.started(loops, "guild")
        loops.settle()
        members.atItsEnd(loop)
        assertThat(said).contains("members", "hello guild").endsWith(true, false)
    }

    @Test
    fun `the coroutine outlives a failure and flushes when it is cancelled`() {
        failure = IllegalStateException("no luck")
        val loop = moving.fromCoroutines()
        loops.advance(11.minutes)
        assertThat(updates).isEqualTo(2)
        loop.cancel()
        loops.settle()
        assertThat(flushes).isEqualTo(1)
    }
}
