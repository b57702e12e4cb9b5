package dev.vloop.bench.peers

import java.util.concurrent.TimeUnit.NANOSECONDS
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.Job
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking

/** A coroutine per loop on the default dispatcher. Delays are whole milliseconds; they are rounded up as `delay(Duration)` does. */
class CoroutineLoops : Contender {
    private val job = Job()
    private val scope = CoroutineScope(job + Dispatchers.Default)

    override fun start(index: Int, delay: Long, period: Long, body: Runnable) {
        scope.launch {
            var next = System.nanoTime() + delay
            while (true) {
                val left = next - System.nanoTime()
                if (left > 0) delay(NANOSECONDS.toMillis(left + 999_999))
                body.run()
                next += period
            }
        }
    }

    override fun cancelAll() = runBlocking { job.cancelAndJoin() }
}
