package dev.vloop.bench.run;

import dev.vloop.bench.peers.Contender;
import dev.vloop.bench.peers.Contenders;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Measures how long it takes in a new JVM from the start of main until the first loop runs its body. Argument: contender. */
final class FirstTick implements Runnable {
    private static volatile long ranAt;
    private final Thread waiter = Thread.currentThread();

    private FirstTick() {}

    @Override
    public void run() {
        if (ranAt == 0) {
            ranAt = System.nanoTime();
        }
        LockSupport.unpark(waiter);
    }

    public static void main(String[] args) {
        long start = System.nanoTime();
        Contender contender = Contenders.of(args[0], 1);
        contender.start(0, 0, TimeUnit.HOURS.toNanos(1), new FirstTick());
        while (ranAt == 0) {
            LockSupport.park();
        }
        Result.tell("first", (ranAt - start) / 1e6);
        System.exit(0);
    }
}
