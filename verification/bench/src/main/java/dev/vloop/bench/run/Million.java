package dev.vloop.bench.run;

import dev.vloop.bench.peers.Contender;
import dev.vloop.bench.peers.Contenders;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Starts very many loops, lets each one run twice, and closes them. Arguments: contender, loops, seconds of the period. */
final class Million {
    private Million() {}

    /** A body that reports its first run and its second one. */
    private static final class Twice implements Runnable {
        private final CountDownLatch first;
        private final CountDownLatch second;
        private int ran;

        Twice(CountDownLatch first, CountDownLatch second) {
            this.first = first;
            this.second = second;
        }

        @Override
        public void run() {
            ran++;
            if (ran == 1) {
                first.countDown();
            } else if (ran == 2) {
                second.countDown();
            }
        }
    }

    public static void main(String[] args) throws Exception {
        int loops = Integer.parseInt(args[1]);
        long period = TimeUnit.SECONDS.toNanos(Long.parseLong(args[2]));
        CountDownLatch first = new CountDownLatch(loops);
        CountDownLatch second = new CountDownLatch(loops);
        Contender contender = Contenders.of(args[0], loops);
        Random random = new Random(42);

        long start = System.nanoTime();
        for (int i = 0; i < loops; i++) {
            contender.start(i, random.nextLong(period), period, new Twice(first, second));
        }
        Result.tell("start", (System.nanoTime() - start) / 1e9);
        first.await();
        second.await();
        Result.tell("ticked", (System.nanoTime() - start) / 1e9);
        Result.tell("heap", (double) Heap.live() / loops);
        start = System.nanoTime();
        contender.cancelAll();
        Result.tell("close", (System.nanoTime() - start) / 1e9);
        System.exit(0);
    }
}
