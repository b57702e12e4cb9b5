package dev.vloop.tests.races;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopRuntime;
import dev.vloop.tests.support.Items;
import dev.vloop.vthreads.VirtualLoops;
import java.time.Duration;
import java.util.stream.IntStream;

/** Forks for more items than anybody needs. The task of an early item fails with an error. */
final class EndlessItems {
    private static final int TOO_MANY = 20_000;

    private EndlessItems() {}

    public static void main(String[] arguments) throws InterruptedException {
        try (LoopRuntime runtime = VirtualLoops.create()) {
            Loop loop = runtime.loop("each")
                    .every(Duration.ofHours(1))
                    .start(it -> it.forkEach(items(), EndlessItems::task));
            LoopEnd end = loop.join();
            System.out.println(end instanceof LoopEnd.Failed failed ? failed.cause() : end);
        }
    }

    private static void task(int item) {
        if (item == 3) {
            throw new Error("enough");
        }
    }

    private static Items<Integer> items() {
        return new Items<>(
                () -> IntStream.range(0, TOO_MANY).peek(EndlessItems::asked).iterator());
    }

    private static void asked(int item) {
        if (item == TOO_MANY - 1) {
            System.out.println("it has asked for all items");
        }
    }
}
