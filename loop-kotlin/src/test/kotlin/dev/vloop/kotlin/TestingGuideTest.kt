package dev.vloop.kotlin

import dev.vloop.testkit.LoopAssertions.assertThat
import dev.vloop.testkit.LoopTest
import dev.vloop.testkit.TestLoops
import java.nio.file.Files
import java.nio.file.Path
import java.sql.SQLTransientConnectionException
import java.sql.SQLTransientException
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds
import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

/** The code of `docs/testing.md`: each of its Kotlin blocks is somewhere in here, or in deep-tests, and runs. */
class TestingGuideTest {
    private val said = mutableListOf<Any>()

    private fun print(what: Any) {
        said += what
    }

    @LoopTest
    fun `prints at once and every five seconds`(loops: TestLoops) {
        val printer = loops.loop("printer").every(5.seconds).start { print(it.index) }
        loops.advance(10.seconds) // its end included
        assertThat(said).containsExactly(0L, 1L, 2L)
        assertThat(printer).isWaiting().hasIterations(3).nextIn(5.seconds)
    }

    @LoopTest
    fun `outlives a lost database`(loops: TestLoops) {
        val update = loops.loop("batch-update")
            .every(5.minutes)
            .retryOn<SQLTransientException>()
            .start {
                if (it.attempt < 3) throw SQLTransientConnectionException("database is away")
                print("updated")
            }
        loops.advance(1.minutes) // backoffs take virtual time
        assertThat(update).isWaiting().hasIterations(1).hasRetries(2)
        assertThat(said).containsExactly("updated")
    }

    @LoopTest
    fun `says when it is done`(loops: TestLoops) {
        val counter = loops.loop("slow-count")
            .every(5.seconds)
            .count(5)
            .afterLoop { print("done") }
            .start { print(it.index) }
        assertThat(loops.awaitEnd(counter)).isCompleted().hasIterations(5)
        assertThat(loops.elapsed).isEqualTo(20.seconds)
        assertThat(said).endsWith("done")
    }

    @LoopTest
    fun `waits until the bot is ready`(loops: TestLoops) {
        val greeter = loops.loop("greeter")
            .every(1.minutes)
            .beforeLoop { loops.clock.sleep(3.seconds) } // a slow login
            .start { print("hello") }
        loops.advance(2.seconds)
        assertThat(said).isEmpty()
        loops.advance(1.seconds)
        assertThat(said).containsExactly("hello")
        assertThat(greeter).nextIn(1.minutes)
    }

    @LoopTest
    fun `flushes when it is cancelled`(loops: TestLoops) {
        val bulker = loops.loop("bulker")
            .every(10.seconds)
            .afterLoop { print("last flush") }
            .start { print("flush") }
        loops.advance(10.seconds)
        bulker.cancel()
        assertThat(loops.awaitEnd(bulker)).isCancelled()
        assertThat(said).containsExactly("flush", "flush", "last flush")
    }

    @Test
    fun `each block of the page is code of this class, and each recipe is on the page`() {
        val page = Files.readString(Path.of("..", "docs", "testing.md"))
        val deep = Path.of("../verification/deep-tests/src/test/kotlin/dev/vloop/deep/KotlinDeepGuideTest.kt")
        val code = squeezed(Files.readString(Path.of("src/test/kotlin/dev/vloop/kotlin/TestingGuideTest.kt"))) +
            "\n" + squeezed(Files.readString(deep))
        val blocks = Regex("```kotlin\n(.*?)```", RegexOption.DOT_MATCHES_ALL)
            .findAll(page)
            .map { squeezed(it.groupValues[1]) }
            .toList()
        assertThat(blocks.filter { "@LoopTest" in it }).hasSize(Regex("^@LoopTest$", RegexOption.MULTILINE).findAll(code).count())
        assertThat(blocks).allSatisfy { assertThat(code).contains(it) }
    }

    private fun squeezed(code: String) = code.lines().map(String::trim).filter(String::isNotEmpty).joinToString("\n")
}
