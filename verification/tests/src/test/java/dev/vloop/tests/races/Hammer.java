package dev.vloop.tests.races;

import dev.vloop.Iteration;
import dev.vloop.IterationOutcome;
import dev.vloop.Loop;
import dev.vloop.LoopBuilder;
import dev.vloop.LoopEnd;
import dev.vloop.LoopListener;
import dev.vloop.LoopRuntime;
import dev.vloop.vthreads.VirtualLoops;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;

/** Requests from six threads against loops of all kinds, in real time; collects what should not have happened. */
final class Hammer implements LoopListener {
    private static final int THREADS = 6;
    private static final long HANG_SECONDS = 30;

    final Queue<String> violations = new ConcurrentLinkedQueue<>();
    final List<HammerLoop> watches = List.of(
            new HammerLoop("far", true, 0, 1, violations),
            new HammerLoop("near", true, 0, 1, violations),
            new HammerLoop("limited", true, 200_000, 1, violations),
            new HammerLoop("stopped", false, 0, 1, violations),
            new HammerLoop("overlapping", true, 0, 3, violations),
            new HammerLoop("delayed", true, 0, 1, violations));
    private final Map<String, HammerLoop> byName =
            watches.stream().collect(Collectors.toMap(watch -> watch.name, watch -> watch));
    private final Balance balance = new Balance(violations);
    private final AtomicLong requests = new AtomicLong();
    private long answered;

    /** Goes on as long as the number of requests made so far, by one thread, says so. */
    void run(LongPredicate goOn) throws InterruptedException {
        String name = "hammer-" + ProcessHandle.current().pid() + "-" + System.identityHashCode(this);
        LoopRuntime runtime = VirtualLoops.builder()
                .name(name)
                .listener(this)
                .listener(balance)
                .create();
        List<Loop> loops = new ArrayList<>();
        for (HammerLoop watch : watches) {
            loops.add(build(runtime, watch));
        }
        for (Loop loop : loops) {
            loop.start();
        }
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Runnable asks = new HammerRequests(loops, watches, goOn, requests);
            threads.add(
                    i % 2 == 0
                            ? Thread.ofPlatform().start(asks)
                            : Thread.ofVirtual().start(asks));
        }
        triggerUntouched(runtime, threads);
        for (Thread thread : threads) {
            thread.join();
        }
        close(runtime);
        for (HammerLoop watch : watches) {
            watch.check(watch.starts.get() == watch.ends.get(), watch.starts + " runs, " + watch.ends + " ends");
            watch.check(watch.afters.get() == watch.ends.get(), watch.afters + " afterLoop, " + watch.ends + " ends");
            watch.check(watch.forksBegun.get() == watch.forksOver.get(), "forks have survived");
        }
        balance.check();
        if (!ThreadDump.awaitNone(name, TimeUnit.SECONDS.toNanos(HANG_SECONDS))) {
            violations.add("threads are left");
        }
    }

    private static Loop build(LoopRuntime runtime, HammerLoop watch) {
        LoopBuilder builder = runtime.loop(watch.name);
        switch (watch.name) {
            case "far" -> builder.every(Duration.ofHours(1));
            case "delayed" -> builder.fixedDelay(Duration.ofNanos(20_000));
            default -> builder.every(Duration.ofNanos(20_000));
        }
        if (watch.timeoutNanos > 0) {
            builder.timeout(Duration.ofNanos(watch.timeoutNanos));
        }
        return builder.maxConcurrent(watch.maxConcurrent)
                .retryOn(IOException.class)
                .continueOn(IllegalStateException.class)
                .backoff((failure, random) -> Duration.ofNanos(random.nextInt(50_000)))
                .beforeLoop(() -> watch.checkFlag("in beforeLoop"))
                .afterLoop(end -> after(watch))
                .build(new HammerBody(watch));
    }

    private static void after(HammerLoop watch) {
        watch.beginAfterLoop();
        boolean interrupted = false;
        try {
            if (ThreadLocalRandom.current().nextBoolean()) {
                Thread.sleep(Duration.ofNanos(50_000));
            }
        } catch (InterruptedException e) {
            interrupted = true;
        }
        watch.endAfterLoop(interrupted);
    }

    /** Each trigger of a loop of which nothing else is asked is answered. */
    private void triggerUntouched(LoopRuntime runtime, List<Thread> threads) throws InterruptedException {
        Semaphore bodies = new Semaphore(0);
        HammerLoop watch = new HammerLoop("untouched", false, 0, 1, violations);
        Loop untouched = runtime.loop("untouched").every(Duration.ofHours(1)).start(iteration -> {
            watch.checkFlag("in a body");
            bodies.release();
        });
        bodies.acquire();
        while (threads.stream().anyMatch(Thread::isAlive)) {
            untouched.trigger();
            if (!bodies.tryAcquire(HANG_SECONDS, TimeUnit.SECONDS)) {
                watch.check(false, "a trigger was not answered: " + untouched.status());
                return;
            }
            answered++;
        }
    }

    private void close(LoopRuntime runtime) throws InterruptedException {
        for (HammerLoop watch : watches) {
            watch.cancelsBegun.incrementAndGet();
        } // a close cancels
        Thread closing = Thread.ofPlatform().daemon().start(runtime::close);
        if (closing.join(Duration.ofSeconds(HANG_SECONDS))) {
            return;
        }
        violations.add(
                "close hangs: " + runtime.loops().stream().map(Loop::status).toList());
    }

    private HammerLoop of(Loop loop) {
        HammerLoop watch = byName.get(loop.name());
        return watch == null ? new HammerLoop(loop.name(), true, 0, 1, new ConcurrentLinkedQueue<>()) : watch;
    }

    @Override
    public void onStart(Loop loop) {
        of(loop).onStart();
    }

    @Override
    public void onIteration(Iteration iteration) {
        of(iteration.loop()).onIteration(iteration);
    }

    @Override
    public void onIterationEnd(Iteration last, IterationOutcome outcome, Duration took) {
        of(last.loop()).onIterationEnd(last);
    }

    @Override
    public void onEnd(Loop loop, LoopEnd end) {
        of(loop).onEnd(end);
    }

    @Override
    public String toString() {
        return "java %s, %s: %,d requests, %,d runs, %,d bodies, %,d forks, %,d interrupted, %,d triggers answered; %d violations"
                .formatted(
                        Runtime.version(),
                        VirtualLoops.scopes(),
                        requests.get(),
                        sum(watch -> watch.ends),
                        sum(watch -> watch.bodies),
                        sum(watch -> watch.forksBegun),
                        sum(watch -> watch.interrupted),
                        answered,
                        violations.size());
    }

    private long sum(java.util.function.Function<HammerLoop, AtomicLong> counter) {
        return watches.stream().mapToLong(watch -> counter.apply(watch).get()).sum();
    }
}
