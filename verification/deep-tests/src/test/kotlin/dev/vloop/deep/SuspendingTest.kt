package dev.vloop.deep

import dev.vloop.kotlin.advance
import dev.vloop.kotlin.elapsed
import dev.vloop.kotlin.every
import dev.vloop.kotlin.initialDelay
import dev.vloop.kotlin.runSuspending
import dev.vloop.testkit.LoopTest
import dev.vloop.testkit.TestLoops
import java.util.concurrent.CopyOnWriteArrayList
import kotlin.time.Duration
import kotlin.time.Duration.Companion.minutes
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.channels.Channel
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeoutOrNull
import org.assertj.core.api.Assertions.assertThat

/** In the exact engine a test's time stands still while suspending functions in a body wait for threads that are not the test's. */
class SuspendingTest {
    private val seen = CopyOnWriteArrayList<Duration>()

    /** Each ends when a thread of Kotlin's has done its part. */
    private val waits = listOf<suspend CoroutineScope.() -> Unit>(
        { delay(2) },
        { withTimeoutOrNull(2) { awaitCancellation() } },
        { withContext(Dispatchers.IO) { } },
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

    private fun run(loops: TestLoops, wait: (suspend CoroutineScope.() -> Unit) -> Unit) {
        loops.loop("bot").every(1.minutes).count(waits.size.toLong()).start {
            wait(waits[it.index().toInt()])
            seen += loops.elapsed
        }
        loops.advance(10.minutes)
        assertThat(seen).containsExactly(*Array(waits.size) { it.minutes })
    }

    @LoopTest
    fun `a block of loop-kotlin holds time`(loops: TestLoops) = run(loops) { runSuspending(it) }

    @LoopTest
    fun `a block of kotlinx-coroutines holds time`(loops: TestLoops) = run(loops) { runBlocking(block = it) }

    @LoopTest(deep = false)
    fun `it does so without deep time`(loops: TestLoops) = run(loops) { runSuspending(it) }

    /** Nobody can see what the block waits for. The second time is not waited for. */
    @LoopTest
    fun `a block that waits for another loop goes on when that loop wakes it`(loops: TestLoops) {
        val messages = Channel<String>()
        loops.loop("sender").every(1.minutes).initialDelay(1.minutes).start { runSuspending { messages.send("hello") } }
        loops.loop("receiver").every(1.seconds).start {
            runSuspending { messages.receive() }
            seen += loops.elapsed
        }
        loops.advance(100.minutes)
        assertThat(seen).hasSize(100).startsWith(1.minutes, 2.minutes)
    }
}
