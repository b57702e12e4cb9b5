package dev.vloop.kotlin

// region start-test
import dev.vloop.kotlin.*
import dev.vloop.testkit.LoopTest
import dev.vloop.testkit.TestLoops
import kotlin.time.Duration.Companion.hours
import kotlin.time.Duration.Companion.seconds
import org.assertj.core.api.Assertions.assertThat

class PrinterTest {
    @LoopTest
    fun `ticks three times`(loops: TestLoops) {
        val said = mutableListOf<String>()
        startPrinter(loops) { said += it }
        loops.advance(1.seconds)
        assertThat(said).containsExactly("tick 0", "tick 1")
        loops.advance(1.hours) // takes no time
        assertThat(said).hasSize(4).endsWith("tick 2", "ended: Completed[iterations=3]")
    }
}
// end region
