package dev.vloop.tests.races;

import dev.vloop.Forked;
import dev.vloop.Iteration;
import dev.vloop.LoopBody;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** A body that sleeps, parks, yields, computes, forks, fails, and now and then swallows an interrupt. */
record HammerBody(HammerLoop watch) implements LoopBody {
    @Override
    public void run(Iteration iteration) throws Exception {
        watch.beginBody();
        try {
            act(iteration);
        } catch (InterruptedException e) {
            watch.checkInterrupt("in a body");
            if (ThreadLocalRandom.current().nextBoolean()) {
                throw e;
            }
        } finally {
            watch.endBody();
        }
    }

    private void act(Iteration iteration) throws Exception {
        int dice = ThreadLocalRandom.current().nextInt(100);
        if (dice < 3) {
            Thread.sleep(watch.mayBeCancelled ? 3_600_000 : 1);
        } else if (dice < 10) {
            Thread.sleep(Duration.ofNanos(30_000));
        } else if (dice < 20) {
            LockSupport.parkNanos(1);
        } else if (dice < 30) {
            Thread.yield();
        } else if (dice < 33) {
            iteration.sleep(Duration.ofNanos(50_000));
        } else if (dice < 36) {
            throw new IOException("to be retried");
        } else if (dice < 38) {
            throw new IllegalStateException("to be continued");
        } else if (dice < 44) {
            compute();
        } else if (dice < 50) {
            fork(iteration);
        } else if (dice < 53) {
            iteration.forkEach(List.of(1, 2, 3), item -> task());
        } else if (dice < 55) {
            nested(iteration);
        }
        // else nothing: most requests are to meet a loop that waits
    }

    private void compute() {
        long until = System.nanoTime() + 50_000;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    private void fork(Iteration iteration) throws Exception {
        Forked<Integer> one = iteration.fork(this::task);
        iteration.fork(this::task); // awaited by the end of the iteration
        one.get();
    }

    private void nested(Iteration iteration) throws Exception {
        Forked<Integer> outer = iteration.fork(() -> {
            Forked<Integer> inner = iteration.fork(this::task);
            return inner.get() + task();
        });
        outer.get();
    }

    private int task() throws Exception {
        watch.forksBegun.incrementAndGet();
        try {
            int dice = ThreadLocalRandom.current().nextInt(20);
            if (dice == 0) {
                Thread.sleep(watch.mayBeCancelled ? 3_600_000 : 1);
            } else if (dice < 5) {
                Thread.sleep(Duration.ofNanos(20_000));
            } else if (dice < 8) {
                Thread.yield();
            }
            watch.checkFlag("in a fork");
            return 1;
        } catch (InterruptedException e) {
            watch.checkInterrupt("in a fork");
            throw e;
        } finally {
            watch.forksOver.incrementAndGet();
        }
    }
}
