package dev.vloop.kotlin

import dev.vloop.Loop
import dev.vloop.LoopBuilder
import dev.vloop.LoopRuntime
import dev.vloop.testkit.Engine
import dev.vloop.testkit.TestLoops
import dev.vloop.vthreads.VirtualLoops
import java.io.IOException
import java.util.concurrent.CopyOnWriteArrayList
import java.util.concurrent.TimeoutException
import kotlin.time.Duration
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds
import kotlin.time.toJavaDuration
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeoutOrNull
import kotlinx.coroutines.yield
import org.assertj.core.api.Assertions.assertThat
import org.assertj.core.api.Assertions.assertThatThrownBy
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout

/** Bodies that suspend: `runSuspending`. Most loops here are real ones, since other threads are what it is about; none of them waits for time. */
@Timeout(60) // a block whose interrupt is lost never ends
class CoroutinesTest {
    private val live: LoopRuntime = VirtualLoops.create()
    private val seen = CopyOnWriteArrayList<Any?>()

    @AfterEach
    fun close() = live.close()

    private fun once(): LoopBuilder =
        live.loop("bot").every(1.minutes).count(1).backoff { _, _ -> Duration.ZERO.toJavaDuration() }

    /** Suspends, and goes on when a thread outside has done the work. */
    private suspend fun elsewhere(what: String): String = withContext(Dispatchers.Default) { what }

    private fun ended(loop: Loop) = checkNotNull(loop.join())

    @Test
    fun `a block suspends, comes back to the loop's thread, and returns a value`() {
        ended(
            once().start {
                val before = Thread.currentThread()
                seen += runSuspending { elsewhere("hello").also { seen += Thread.currentThread() === before } }
                seen += LoopRuntime.current().name
            },
        )
        assertThat(seen).containsExactly(true, "hello", "bot")
    }

    @Test
    fun `a failure of the block is the body's, and is retried`() {
        val loop = once().build {
            seen += it.attempt
            runSuspending {
                elsewhere("asked")
                if (it.attempt == 1) throw IOException("no network")
            }
        }
        loop.start()
        assertThat(ended(loop).iterations).isEqualTo(1)
        assertThat(seen).containsExactly(1, 2)
    }

    @Test
    fun `a failure of a child fails the block`() {
        assertThatThrownBy { runSuspending { launch { throw IOException("child") } } }
            .isInstanceOf(IOException::class.java)
            .hasMessage("child")
    }

    @Test
    fun `a cancel cancels the block, and afterLoop comes when its finally is over`() {
        ended(
            once().afterLoop { seen += "afterLoop, cancelled: ${it.isCancelled}" }.start {
                runSuspending {
                    try {
                        it.loop.cancel()
                        awaitCancellation()
                    } finally {
                        withContext(NonCancellable) { seen += elsewhere("cleaned up") }
                    }
                }
            },
        )
        assertThat(seen).containsExactly("cleaned up", "afterLoop, cancelled: true")
    }

    @Test
    fun `a timeout ends a block that sleeps on the runtime's clock, in virtual time`() {
        TestLoops.create().use { loops ->
            loops.loop("bot").every(1.minutes).timeout(5.seconds).continueOn<TimeoutException>().start {
                runSuspending {
                    yield()
                    seen += "begins"
                    it.sleep(30.seconds)
                    seen += "goes on"
                }
            }
            loops.advance(30.seconds)
            assertThat(seen).containsExactly("begins")
            assertThat(loops.get("bot").status.failuresInARow).isEqualTo(1)
        }
    }

    @Test
    fun `an interrupt that was there before the block begins is thrown, and the block never runs`() {
        Thread.currentThread().interrupt()
        assertThatThrownBy { runSuspending { seen += "begins" } }.isInstanceOf(InterruptedException::class.java)
        assertThat(Thread.interrupted()).isFalse()
        assertThat(seen).isEmpty()
    }

    @Test
    fun `a coroutine of another scope that uses the block's thread is not forgotten`() {
        val gate = CompletableDeferred<Unit>()
        val said = CompletableDeferred<String>()
        runSuspending {
            CoroutineScope(currentCoroutineContext().minusKey(Job)).launch {
                gate.await()
                said.complete("late")
            }
            yield()
        }
        gate.complete(Unit)
        assertThat(runSuspending { said.await() }).isEqualTo("late")
    }

    @Test
    fun `hooks may suspend as well`() {
        ended(
            once().beforeLoop { runSuspending { seen += elsewhere("ready") } }
                .afterLoop { runSuspending { seen += elsewhere("bye") } }
                .start { seen += it.index },
        )
        assertThat(seen).containsExactly("ready", 0L, "bye")
    }

    @Test
    fun `a test's time stands still while a block waits for others, in the cooperative engine`() {
        val waits = listOf<suspend CoroutineScope.() -> Unit>(
            { delay(2) },
            { withTimeoutOrNull(2) { awaitCancellation() } },
            { elsewhere("work") },
            {
                val messages = Channel<String>()
                launch(Dispatchers.Default) { messages.send("hello") }
                messages.receive()
            },
            {
                val lock = Mutex(locked = true)
                launch(Dispatchers.Default) { lock.unlock() }
                lock.lock()
            },
        )
        TestLoops.builder().engine(Engine.COOPERATIVE).create().use { loops ->
            loops.loop("bot").every(1.minutes).count(waits.size.toLong()).start {
                runSuspending(waits[it.index.toInt()])
                seen += loops.elapsed
            }
            loops.advance(10.minutes)
        }
        assertThat(seen).containsExactly(*Array(waits.size) { it.minutes })
    }
}
