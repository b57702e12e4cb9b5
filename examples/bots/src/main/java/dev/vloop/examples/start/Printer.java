package dev.vloop.examples.start;

// region start-printer
import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import dev.vloop.vthreads.VirtualLoops;
import java.time.Duration;
import java.util.function.Consumer;

class Printer {
    static Loop start(LoopRuntime loops, Consumer<String> out) {
        return loops.loop("printer")
                .every(Duration.ofSeconds(1))
                .count(3) // without this line it goes on for ever
                .afterLoop(end -> out.accept("ended: " + end))
                .start(it -> out.accept("tick " + it.index()));
    }

    public static void main(String[] args) {
        start(VirtualLoops.create(), System.out::println);
    }
}
// end region
