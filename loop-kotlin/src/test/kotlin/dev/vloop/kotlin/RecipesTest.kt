package dev.vloop.kotlin

import dev.vloop.testkit.TestLoops
import java.sql.SQLTransientConnectionException
import java.time.Instant
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test

class RecipesTest {
    private val loops: TestLoops = TestLoops.startingAt(Instant.parse("2026-01-01T07:00:00Z"))
    private val said = mutableListOf<String>()
    private var failures = 0
    private var rows = 0
    private var written = 0

    private val bot = object : Bot {
        override fun awaitReady() = loops.clock.sleep(3.seconds)

        override fun print(text: Any) {
            said += "${loops.elapsed().seconds} $text"
        }

        override fun fetch(path: String) = "$path is fine"
    }

    private val batch = object : Batch {
        override fun update() {
            if (failures-- > 0) throw SQLTransientConnectionException("no database")
            rows++
        }

        override fun flush() {
            written += rows
            rows = 0
        }

        override fun isEmpty() = rows == 0
    }

    private val recipes = Recipes(loops, bot, batch)

    @AfterEach
    fun close() = loops.close()

    @Test
    fun `the printer prints at once and every five seconds`() {
        recipes.simple()
        loops.advance(10.seconds)
        assertThat(said).containsExactly("0 0", "5 1", "10 2")
    }

    @Test
    fun `the batch update outlives a lost database`() {
        failures = 2
        recipes.reconnect()
        loops.advance(1.minutes)
        assertThat(loops.get("batch-update").status.retries).isEqualTo(2)
        assertThat(rows).isEqualTo(1)
    }

    @Test
    fun `the counted loop says that it is done`() {
        recipes.counted()
        loops.advance(1.minutes)
        assertThat(said).containsExactly("0 0", "5 1", "10 2", "15 3", "20 4", "20 done!")
    }

    @Test
    fun `the greeter waits until the bot is ready`() {
        recipes.ready()
        loops.advance(2.minutes)
        assertThat(said).containsExactly("3 hello", "63 hello")
    }

    @Test
    fun `the bulk writer flushes when it is cancelled`() {
        val bulker = recipes.bulk()
        loops.advance(25.seconds)
        rows = 3
        bulker.cancel()
        loops.settle()
        assertThat(written).isEqualTo(3)
    }

    @Test
    fun `the morning comes at nine in Berlin`() {
        recipes.daily()
        loops.advanceTo(Instant.parse("2026-01-01T08:00:00Z"))
        assertThat(said).containsExactly("3600 good morning")
    }

    @Test
    fun `two fetches run side by side`() {
        recipes.together()
        loops.settle()
        assertThat(said).containsExactly("0 /weather is fine, /traffic is fine")
    }
}
