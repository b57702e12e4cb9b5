package dev.vloop.tests.races;

import dev.vloop.Loop;
import dev.vloop.Schedule;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongPredicate;

/** A thread that asks loops for anything, in any order. */
record HammerRequests(List<Loop> loops, List<HammerLoop> watches, LongPredicate goOn, AtomicLong count)
        implements Runnable {
    @Override
    public void run() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        for (long made = 0; goOn.test(made); made++) {
            int which = random.nextInt(loops.size());
            try {
                request(loops.get(which), watches.get(which), random);
            } catch (IllegalStateException e) {
                count.incrementAndGet(); // it runs, or it does not: a refusal is an answer
                continue;
            } catch (InterruptedException e) {
                watches.get(which).check(false, "an interrupt of a thread that asks");
            }
            count.incrementAndGet();
            if (random.nextInt(4) == 0) {
                LockSupport.parkNanos(random.nextInt(100_000));
            } else {
                Thread.yield();
            } // virtual threads that only ask would keep the loops from the carriers
        }
    }

    private static void request(Loop loop, HammerLoop watch, ThreadLocalRandom random) throws InterruptedException {
        switch (random.nextInt(32)) {
            case 0, 1 -> watch.cancels(loop, loop::cancel);
            case 2 ->
                watch.cancels(loop, () -> {
                    loop.cancel();
                    loop.cancel();
                });
            case 3, 4 -> watch.cancels(loop, loop::restart);
            case 5 ->
                watch.cancels(loop, () -> {
                    loop.cancel();
                    loop.stop();
                    loop.restart();
                });
            case 6 -> watch.cancels(loop, loop::remove);
            case 7, 8 -> loop.stop();
            case 9 -> loop.start();
            case 10, 11, 12, 13, 14 -> loop.startIfIdle();
            case 15 -> loop.pause();
            case 16, 17, 18 -> loop.resume();
            case 19, 20 -> loop.changeInterval(interval(random));
            case 21 -> loop.changeSchedule(Schedule.fixedDelay(interval(random)));
            case 22 -> loop.join(Duration.ofNanos(random.nextInt(200_000)));
            case 23, 24, 25 -> HammerStatus.check(watch, loop.status());
            default -> loop.trigger();
        }
    }

    private static Duration interval(ThreadLocalRandom random) {
        return random.nextInt(3) == 0 ? Duration.ofHours(1) : Duration.ofNanos(10_000 + random.nextInt(100_000));
    }
}
