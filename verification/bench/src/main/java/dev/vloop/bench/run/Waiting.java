package dev.vloop.bench.run;

import dev.vloop.bench.peers.Contender;
import dev.vloop.bench.peers.Contenders;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Starts loops that run once and then wait for an hour, measures their heap, and cancels them. Arguments: contender, loops. */
final class Waiting {
    private Waiting() {}

    public static void main(String[] args) throws Exception {
        int loops = Integer.parseInt(args[1]);
        CountDownLatch ran = new CountDownLatch(loops);
        Runnable body = ran::countDown;
        Contender contender = Contenders.of(args[0], loops);
        long before = Heap.live();

        long start = System.nanoTime();
        for (int i = 0; i < loops; i++) {
            contender.start(i, 0, TimeUnit.HOURS.toNanos(1), body);
        }
        ran.await();
        Result.tell("start", (System.nanoTime() - start) / 1e6);

        Thread.sleep(Math.min(1000, loops / 10)); // all have run, but the last ones may not wait yet
        Result.tell("heap", (double) (Heap.live() - before) / loops);
        if (args.length > 2) {
            Thread.sleep(Long.parseLong(args[2])); // time to inspect the JVM with jcmd
        }

        start = System.nanoTime();
        contender.cancelAll();
        Result.tell("cancel", (System.nanoTime() - start) / 1e6);
        System.exit(0);
    }
}
