package dev.vloop.kotlin

import dev.vloop.LoopBuilder
import dev.vloop.LoopEnd
import dev.vloop.LoopHealth
import dev.vloop.LoopRuntime
import dev.vloop.LoopState
import dev.vloop.Reaction
import dev.vloop.Schedule
import dev.vloop.testkit.Finding
import dev.vloop.testkit.LoopAssertions.assertThat
import dev.vloop.testkit.TestLoops
import dev.vloop.vthreads.VirtualLoops
import java.io.FileNotFoundException
import java.io.IOException
import java.lang.reflect.Proxy
import java.time.Instant
import java.util.concurrent.TimeoutException
import kotlin.time.Duration
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds
import kotlin.time.toJavaDuration
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test

class ExtensionsTest {
    private val start: Instant = Instant.parse("2026-01-01T00:00:00Z")
    private val loops: TestLoops = TestLoops.startingAt(start)
    private val seen = mutableListOf<Any>()

    private fun advance(by: Duration) = loops.advance(by)

    private fun loop(): LoopBuilder = loops.loop("loop").backoff { _, _ -> 1.seconds.toJavaDuration() }

    @AfterEach
    fun close() = loops.close()

    @Test
    fun `an interval and an initial delay are Kotlin durations`() {
        loop().every(5.seconds).initialDelay(2.seconds).start { seen += it.index }
        advance(12.seconds)
        assertThat(seen).containsExactly(0L, 1L, 2L)
    }

    @Test
    fun `a fixed delay and a sleep are Kotlin durations`() {
        loop().fixedDelay(5.seconds).start {
            it.sleep(2.seconds)
            seen += it.scheduledAt
        }
        advance(9.seconds)
        assertThat(seen).containsExactly(start, start.plusSeconds(7))
    }

    @Test
    fun `a timeout is a Kotlin duration`() {
        loop().every(5.seconds).timeout(1.seconds).onFailure { seen += it.cause }.start { it.sleep(2.seconds) }
        advance(1.seconds)
        assertThat(seen).singleElement().isInstanceOf(TimeoutException::class.java)
    }

    @Test
    fun `slots later than a Kotlin duration are skipped`() {
        loop().every(5.seconds).maxLateness(1.seconds).start {
            seen += it.index
            if (it.index == 0L) it.sleep(8.seconds)
        }
        advance(9.seconds)
        assertThat(seen).containsExactly(0L)
        assertThat(loops.get("loop").status.missedSlots).isEqualTo(1)
    }

    @Test
    fun `the most specific type decides, whichever way it was named`() {
        val thrown = ArrayDeque(
            listOf(IllegalStateException(), IllegalArgumentException(), IOException(), FileNotFoundException()),
        )
        loop().every(1.minutes)
            .retryOn<IllegalStateException>()
            .continueOn<IllegalArgumentException>()
            .on<IOException> { if (it is FileNotFoundException) Reaction.RETRY else Reaction.CONTINUE }
            .failOn<FileNotFoundException>()
            .onFailure { seen += it.reaction }
            .start { throw thrown.removeFirst() }
        advance(3.minutes)
        assertThat(seen).containsExactly(Reaction.RETRY, Reaction.CONTINUE, Reaction.CONTINUE, Reaction.FAIL)
        assertThat(loops.awaitEnd(loops.get("loop")).isFailed).isTrue()
    }

    @Test
    fun `what an iteration tells reads as properties`() {
        loop().every(5.seconds).start {
            seen += it.loop.name
            seen += it.attempt
            if (it.attempt == 1) throw IOException()
        }
        advance(1.seconds)
        assertThat(seen).containsExactly("loop", 1, "loop", 2)
    }

    @Test
    fun `a loop's kind, schedule and runtime read as properties`() {
        val loop = loop().kind("digest").every(5.seconds).start {}
        assertThat(loop.kind).isEqualTo("digest")
        assertThat(loop.schedule).isEqualTo(Schedule.every(5.seconds.toJavaDuration()))
        assertThat(loop.runtime.find("loop")).isSameAs(loop)
        assertThat(loops.loop("named").every(5.seconds).build {}.kind).isEqualTo("named")
    }

    @Test
    fun `the smallest grace of a health check is a Kotlin duration`() {
        val loop = loops.loop("loop").every(1.seconds).start { it.sleep(100.seconds) }
        advance(31.seconds)
        assertThat(LoopHealth.standard().check(loop, loops.clock.instant()).isUp()).isTrue()
        assertThat(LoopHealth.standard().minGrace(30.seconds).check(loop, loops.clock.instant()).isUp()).isFalse()
    }

    @Test
    fun `a loop's status and next slot read as properties, and its interval is changed by a Kotlin duration`() {
        val loop = loop().every(5.seconds).start { }
        loops.settle()
        loop.changeInterval(7.seconds)
        loops.settle()
        assertThat(loop.nextIteration).isEqualTo(start.plusSeconds(7))
        assertThat(loop.status.state).isEqualTo(LoopState.WAITING)
    }

    @Test
    fun `every end is known to a when without else`() {
        val end = loops.awaitEnd(loop().every(5.seconds).count(2).start { })
        val text = when (end) {
            is LoopEnd.Completed -> "completed ${end.iterations}"
            is LoopEnd.Stopped -> "stopped"
            is LoopEnd.Cancelled -> "cancelled"
            is LoopEnd.Failed -> "failed: ${end.cause}"
        }
        assertThat(text).isEqualTo("completed 2")
        assertThat((end as LoopEnd).iterations).isEqualTo(2)
    }

    @Test
    fun `a join that is out of time returns null`() {
        val loop = loop().every(5.seconds).start { }
        loops.settle()
        loops.loop("joiner").every(1.minutes).count(1).start { seen += listOf(loop.join(3.seconds), loops.elapsed().seconds) }
        advance(3.seconds)
        assertThat(seen).containsExactly(listOf(null, 3L))
    }

    @Test
    fun `a shutdown returns what outlasted its grace, and closes the runtime`() {
        val deaf = loop().every(5.seconds).start { loops.clock.sleep(1.minutes) }
        loops.settle()
        assertThat(loops.shutdown(10.seconds)).containsExactly(deaf)
        assertThatThrownBy { deaf.start() }.isInstanceOf(IllegalStateException::class.java) // unlike after stopAll
    }

    @Test
    fun `the reactions of a loop are changed by type parameters`() {
        val thrown = ArrayDeque(
            listOf(
                IllegalStateException(),
                IllegalArgumentException(),
                FileNotFoundException(),
                IOException(),
                ArithmeticException(),
            ),
        )
        val loop = loop().every(1.minutes)
            .failOn<FileNotFoundException>()
            .onFailure { seen += it.reaction }
            .build { throw thrown.removeFirst() }
        loop.changeReactions {
            it.retryOn<IllegalStateException>()
            it.continueOn<IllegalArgumentException>()
            it.on<IOException> { Reaction.CONTINUE }
            it.remove<FileNotFoundException>() // what is said of an IOException holds for it again
            it.failOn<ArithmeticException>()
        }
        loop.start()
        advance(5.minutes)
        assertThat(seen).containsExactly(
            Reaction.RETRY,
            Reaction.CONTINUE,
            Reaction.CONTINUE,
            Reaction.CONTINUE,
            Reaction.FAIL,
        )
        assertThat(loops.awaitEnd(loop).isFailed).isTrue()
    }

    @Test
    fun `a runtime whose loops are all stopped stays open`() {
        val deaf = loop().every(5.seconds).start { loops.clock.sleep(1.minutes) }
        val other = loops.loop("other").every(5.seconds).start { }
        loops.settle()
        assertThat(loops.stopAll(10.seconds)).containsExactly(deaf)
        assertThat(loops.elapsed).isEqualTo(10.seconds)
        assertThat(loops.join(1.seconds)).isTrue()
        other.start()
        loops.settle()
        assertThat(other.isRunning).isTrue()
        assertThat(loops.join(1.seconds)).isFalse()
    }

    @Test
    fun `what a runtime and an end know reads as properties`() {
        TestLoops.builder().tolerate(Finding.HOOK_FAILURE).create().use { test ->
            val broken = test.loop("broken").every(5.seconds).count(1).afterLoop { error("in the hook") }.start { }
            val hookFailures = test.awaitEnd(broken).hookFailures
            assertThat(hookFailures).singleElement().matches { it.thrown() is IllegalStateException }
        }
        loops.awaitEnd(loop().every(5.seconds).count(1).start { })
        assertThat(loops.completed.map { it.name() }).containsExactly("loop")
        assertThat(loops.name).isEqualTo(loops.name())
        val again = loops.loop("again").every(5.seconds).start { }
        advance(10.seconds)
        assertThat(again.totals).isEqualTo(again.totals())
        assertThat(again.totals.iterations()).isEqualTo(3)
    }

    @Test
    fun `schedules to build others from are made of Kotlin durations`() {
        assertThat(every(5.seconds)).isEqualTo(Schedule.every(5.seconds.toJavaDuration()))
        assertThat(fixedDelay(5.seconds)).isEqualTo(Schedule.fixedDelay(5.seconds.toJavaDuration()))
    }

    @Test
    fun `slots are moved by Kotlin durations`() {
        val every = Schedule.every(1.minutes.toJavaDuration())
        assertThat(every.shiftedBy(5.seconds).nextRuns(start, 1)).containsExactly(start.plusSeconds(5))
        assertThat(every.jitter(5.seconds).nextRuns(start, 1).single()).isBetween(start, start.plusSeconds(5))
    }

    @Test
    fun `what a runtime and a test tell reads as properties`() {
        val loop = loop().every(5.seconds).start { }
        advance(5.seconds)
        assertThat(loops.loops).containsExactly(loop)
        assertThat(loops.elapsed).isEqualTo(5.seconds)
        assertThat(loops.timeline.entries()).isNotEmpty()
        assertThat(loop).nextIn(5.seconds)
    }

    @Test
    fun `a test's clocks are moved by Kotlin durations`() {
        loop().every(5.seconds).start { seen += it.index }
        loops.runUntil(1.minutes) { seen.size == 3 }
        loops.suspend(2.minutes)
        assertThat(loops.timeline.toString()).contains("machine suspended for 2m")
        loops.moveWallClock((-1).minutes)
        assertThat(loops.elapsed).isEqualTo(10.seconds)
        assertThat(loops.clock.instant()).isEqualTo(start.plusSeconds(10 + 60))
        TestLoops.builder().patience(1.seconds).create().close()
        assertThatThrownBy { TestLoops.builder().patience((-1).seconds) }.hasMessageContaining("patience")
    }

    /** What a call is handed on to, and with which arguments. */
    private inline fun <reified T> recording(): T =
        Proxy.newProxyInstance(T::class.java.classLoader, arrayOf(T::class.java)) { proxy, method, arguments ->
            seen += method.name
            seen.addAll(arguments)
            if (method.returnType.isInstance(proxy)) proxy else null
        } as T

    @Test
    fun `a grace, what comes after it, and a test's patience are handed on as they are`() {
        val then = Runnable {}
        recording<LoopRuntime>().shutdownOnExit(90.seconds, then)
        recording<VirtualLoops.Builder>().closeGrace(90.seconds)
        recording<TestLoops.Builder>().patience(90.seconds)
        val grace = 90.seconds.toJavaDuration()
        assertThat(seen).containsExactly("shutdownOnExit", grace, then, "closeGrace", grace, "patience", grace)
    }

    @Test
    fun `what every loop begins with has the builder as its receiver`() {
        val settings = TestLoops.builder().settings { it.eachLoop { retryOn<IllegalStateException>() }.closeGrace(1.minutes) }
        settings.create().use { test ->
            test.loop("loop").every(1.minutes).start { if (it.attempt == 1) error("once") else seen += it.attempt }
            test.advance(1.minutes)
        }
        assertThat(seen).first().isEqualTo(2)
    }
}
