package dev.vloop.vthreads.timer;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Many threads that wait, wake each other, set alarms, call them off and set them again, all at one timer. */
final class TimerHammer {
    /** Later than this is lost: a machine with much else to do may be late by seconds. */
    private static final long LOST = 20_000_000_000L;

    final Queue<String> violations = new ConcurrentLinkedQueue<>();
    final LongAdder waits = new LongAdder();
    final LongAdder rings = new LongAdder();
    final LongAdder cancels = new LongAdder();

    private final SystemTimer timer = new SystemTimer(failure -> violations.add("failed: " + failure));
    private final List<Thread> sleepers = new ArrayList<>();
    private final BooleanSupplier goOn;

    TimerHammer(BooleanSupplier goOn) {
        this.goOn = goOn;
    }

    void run() throws InterruptedException {
        List<Thread> all = new ArrayList<>();
        SplittableRandom seeds = new SplittableRandom(14);
        for (int i = 0; i < 50; i++) {
            SplittableRandom random = seeds.split();
            sleepers.add(Thread.ofVirtual().unstarted(() -> sleep(random)));
        }
        sleepers.add(Thread.ofPlatform().unstarted(() -> sleep(new SplittableRandom(1))));
        all.addAll(sleepers);
        for (int i = 0; i < 20; i++) {
            SplittableRandom random = seeds.split();
            all.add(Thread.ofVirtual().unstarted(() -> alarms(random)));
        }
        all.add(Thread.ofPlatform().unstarted(() -> alarms(new SplittableRandom(2))));
        all.add(Thread.ofPlatform().unstarted(this::wake));
        for (Thread thread : all) {
            thread.start();
        }
        for (Thread thread : all) {
            thread.join();
        }
    }

    /** Mostly soon, now and then far enough for others to come between, at times passed already. */
    private static long distance(SplittableRandom random) {
        return switch (random.nextInt(8)) {
            case 0 -> -random.nextLong(1_000_000);
            case 1 -> random.nextLong(10_000);
            case 2 -> random.nextLong(50_000_000);
            default -> random.nextLong(3_000_000);
        };
    }

    /** Waits again and again with one node, and now and then for the whole life of a node. */
    private void sleep(SplittableRandom random) {
        TimedPark park = timer.newPark();
        while (goOn.getAsBoolean()) {
            long deadline = timer.nanoTime() + distance(random);
            if (random.nextInt(10) == 0) {
                park.park(deadline + 3_600_000_000_000L); // an hour: somebody wakes it, or
                if (random.nextBoolean()) {
                    park.release();
                    park = timer.newPark();
                }
            }
            long now = timer.nanoTime();
            while (now < deadline) {
                park.park(deadline);
                now = timer.nanoTime();
            }
            if (now - deadline > LOST && deadline > 0) {
                violations.add("a wait was over " + (now - deadline) / 1_000_000 + " ms late");
            }
            waits.increment();
        }
        park.release();
    }

    private void wake() {
        while (sleepers.stream().anyMatch(Thread::isAlive)) {
            LockSupport.unpark(sleepers.get(ThreadLocalRandom.current().nextInt(sleepers.size())));
            if (goOn.getAsBoolean()) {
                LockSupport.parkNanos(50_000);
            }
        }
    }

    /** One alarm: each setting of it comes once, at its time, or is called off and does not come. */
    private void alarms(SplittableRandom random) {
        Thread owner = Thread.currentThread();
        AtomicInteger rung = new AtomicInteger();
        long[] earliest = {0};
        TimedAction alarm = timer.newAction(() -> {
            if (timer.nanoTime() < earliest[0]) {
                violations.add("an alarm came early");
            }
            rung.incrementAndGet();
            LockSupport.unpark(owner);
        });
        int seen = 0;
        while (goOn.getAsBoolean()) {
            long due = timer.nanoTime() + distance(random);
            earliest[0] = due;
            alarm.set(due);
            if (random.nextInt(3) == 0) { // earlier or later; it may have come meanwhile, and comes again then
                long other = timer.nanoTime() + distance(random);
                alarm.cancel();
                seen = check(rung.get(), seen, 1);
                earliest[0] = other;
                alarm.set(other);
            }
            if (random.nextInt(3) == 0) {
                pass(random);
                alarm.cancel();
                cancels.increment();
                int after = rung.get();
                seen = check(after, seen, 1);
                pass(random);
                if (rung.get() != after) {
                    violations.add("an alarm came after it was called off");
                }
            } else {
                awaitRing(rung, seen);
                seen = check(rung.get(), seen, 1);
                rings.increment();
            }
        }
        alarm.release();
    }

    private int check(int now, int before, int most) {
        if (now - before > most) {
            violations.add("an alarm came " + (now - before) + " times");
        }
        return now;
    }

    private void awaitRing(AtomicInteger rung, int seen) {
        long begin = System.nanoTime();
        while (rung.get() == seen) {
            if (System.nanoTime() - begin > LOST) {
                violations.add("an alarm was lost");
                return;
            }
            LockSupport.parkNanos(1_000_000_000L);
        }
    }

    private static void pass(SplittableRandom random) {
        for (int i = random.nextInt(300); i > 0; i--) {
            Thread.onSpinWait();
        }
        if (random.nextInt(4) == 0) {
            LockSupport.parkNanos(random.nextInt(500_000));
        }
    }

    @Override
    public String toString() {
        return waits + " waits, " + rings + " alarms that came, " + cancels + " that were called off";
    }
}
