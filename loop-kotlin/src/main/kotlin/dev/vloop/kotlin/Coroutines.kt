/** What needs `kotlinx-coroutines-core`. */
package dev.vloop.kotlin

import java.util.concurrent.LinkedBlockingQueue
import kotlin.coroutines.CoroutineContext
import kotlin.coroutines.EmptyCoroutineContext
import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch

/**
 * Calls suspending functions from a body or a hook, as `runBlocking` does: `.start { runSuspending { channel.send("hello") } }`.
 *
 * An interrupt means that the run is cancelled or that the attempt has taken too long. It cancels the block. This call returns when
 * the block is over, with its `finally` blocks and its children; so the next iteration, and `afterLoop`, never meet the rest of it.
 * Code that computes on the calling thread hears of it when it suspends, for example in `yield()`. `isActive` alone does not tell it.
 *
 * The block runs on the calling thread, and comes back to it after each suspension. So thread-locals, such as a log's MDC, and
 * `LoopRuntime.current()` are there. `delay` and `withTimeout` take real time. `Iteration.sleep` takes the runtime's, which is virtual in
 * tests.
 *
 * @return what the block returns
 * @throws InterruptedException if the calling thread is interrupted; the block has been cancelled, and is over
 */
@Throws(InterruptedException::class)
public fun <T> runSuspending(block: suspend CoroutineScope.() -> T): T {
    val thread = CallingThread()
    var outcome: Result<T>? = null
    val job = CoroutineScope(thread).launch { outcome = runCatching { coroutineScope(block) } }
    val interrupt = thread.runUntilOver(job)
    if (interrupt != null) throw interrupt
    return checkNotNull(outcome).getOrThrow()
}

/** Runs what is dispatched on the thread that calls [runUntilOver]. Others may dispatch. */
private class CallingThread : CoroutineDispatcher() {
    private val tasks = LinkedBlockingQueue<Runnable>()

    @Volatile
    private var over = false

    override fun dispatch(context: CoroutineContext, block: Runnable) {
        tasks.add(block)
        if (over) handOn()
    }

    /** Returns the last interrupt, or null if there was none. */
    fun runUntilOver(job: Job): InterruptedException? {
        job.invokeOnCompletion { tasks.add(Runnable {}) } // so that this thread sees it
        var interrupt: InterruptedException? = null
        while (!job.isCompleted) {
            try {
                tasks.take().run()
            } catch (e: InterruptedException) {
                interrupt = e
                job.cancel()
            }
        }
        over = true
        handOn()
        return interrupt
    }

    /** Nobody waits for what comes now, such as a coroutine of another scope. It must not be forgotten all the same. */
    private fun handOn() {
        while (true) {
            val task = tasks.poll() ?: return
            Dispatchers.Default.dispatch(EmptyCoroutineContext, task)
        }
    }
}
