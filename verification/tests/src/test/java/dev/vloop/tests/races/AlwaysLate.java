package dev.vloop.tests.races;

import dev.vloop.LoopRuntime;
import dev.vloop.vthreads.VirtualLoops;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Starts loops that are always late as the first thing that its JVM does with virtual threads, and then one that is not. */
final class AlwaysLate {
    private static final int LATE = 8;
    private static final int OFTEN = 50;

    private AlwaysLate() {}

    public static void main(String[] arguments) throws InterruptedException {
        LoopRuntime runtime = VirtualLoops.create();
        for (int i = 0; i < LATE; i++) {
            runtime.loop("late-" + i).every(Duration.ofNanos(1)).start(iteration -> {});
        }
        CountDownLatch ran = new CountDownLatch(OFTEN);
        runtime.loop("other").every(Duration.ofMillis(10)).start(iteration -> ran.countDown());
        ran.await();
        System.out.println("they gave way");
        runtime.close();
        System.out.println("closed");
    }
}
