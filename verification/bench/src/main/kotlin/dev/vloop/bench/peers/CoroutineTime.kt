package dev.vloop.bench.peers

import kotlin.time.Duration.Companion.hours
import kotlinx.coroutines.delay
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.runTest

/** The virtual time of kotlinx-coroutines-test. `runTest` advances by itself until all coroutines are over. */
object CoroutineTime {
    @JvmStatic
    fun run(loops: Int, iterations: Int, body: Runnable) = runTest(timeout = 1.hours) {
        repeat(loops) {
            launch {
                repeat(iterations) {
                    body.run()
                    delay(1000)
                }
            }
        }
    }
}
