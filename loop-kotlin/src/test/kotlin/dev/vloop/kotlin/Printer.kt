package dev.vloop.kotlin

// region start-printer
import dev.vloop.LoopRuntime
import dev.vloop.kotlin.*
import dev.vloop.vthreads.VirtualLoops
import kotlin.time.Duration.Companion.seconds

fun startPrinter(loops: LoopRuntime, out: (String) -> Unit) = loops.loop("printer")
    .every(1.seconds)
    .count(3) // without this line it goes on for ever
    .afterLoop { out("ended: $it") }
    .start { out("tick ${it.index}") }

fun main() {
    startPrinter(VirtualLoops.create(), ::println)
}
// end region
