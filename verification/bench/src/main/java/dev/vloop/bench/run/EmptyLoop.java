package dev.vloop.bench.run;

import dev.vloop.Loop;
import dev.vloop.LoopListener;
import dev.vloop.LoopRuntime;
import dev.vloop.MissedSlots;
import dev.vloop.vthreads.VirtualLoops;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** Measures what an iteration costs if its loop never waits and its body does nothing. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class EmptyLoop {
    private static final int ITERATIONS = 1_000_000;
    private static final int FORKS = 20_000;
    /** A runtime without a listener. */
    private LoopRuntime loops = VirtualLoops.create();
    /** A runtime with a listener. */
    private LoopRuntime heard = loops;

    /** Makes the runtimes. */
    @Setup(Level.Trial)
    public void open() {
        heard = VirtualLoops.builder().listener(new LoopListener() {}).create();
    }

    /** Closes the runtimes. */
    @TearDown(Level.Trial)
    public void close() {
        loops.close();
        heard.close();
    }

    /**
     * Runs all missed slots: each slot has passed, so the next iteration begins at once.
     *
     * @param hole takes what the body sees
     * @throws InterruptedException never
     */
    @Benchmark
    @OperationsPerInvocation(ITERATIONS)
    public void vloop(Blackhole hole) throws InterruptedException {
        run(loops, MissedSlots.RUN_ALL, hole);
    }

    /**
     * Runs once for all missed slots, which is the default: each iteration finds that others were missed.
     *
     * @param hole takes what the body sees
     * @throws InterruptedException never
     */
    @Benchmark
    @OperationsPerInvocation(ITERATIONS)
    public void vloopMisses(Blackhole hole) throws InterruptedException {
        run(loops, MissedSlots.RUN_ONCE, hole);
    }

    /**
     * Runs all missed slots, with a listener that does nothing.
     *
     * @param hole takes what the body sees
     * @throws InterruptedException never
     */
    @Benchmark
    @OperationsPerInvocation(ITERATIONS)
    public void vloopListener(Blackhole hole) throws InterruptedException {
        run(heard, MissedSlots.RUN_ALL, hole);
    }

    private static void run(LoopRuntime runtime, MissedSlots missed, Blackhole hole) throws InterruptedException {
        Loop loop = runtime.loop("empty")
                .every(Duration.ofNanos(1))
                .missed(missed)
                .count(ITERATIONS)
                .start(hole::consume);
        loop.join();
    }

    /**
     * Forks a task that does nothing in each iteration, and takes its result.
     *
     * @param hole takes what the body sees
     * @throws InterruptedException never
     */
    @Benchmark
    @OperationsPerInvocation(FORKS)
    public void vloopForks(Blackhole hole) throws InterruptedException {
        Loop loop = loops.loop("forks")
                .every(Duration.ofNanos(1))
                .missed(MissedSlots.RUN_ALL)
                .count(FORKS)
                .start(it -> hole.consume(it.fork(() -> it).get()));
        loop.join();
    }

    /**
     * Starts a virtual thread in each iteration of a hand-written loop, and waits for its end.
     *
     * @param hole takes what the body sees
     * @throws InterruptedException never
     */
    @Benchmark
    @OperationsPerInvocation(FORKS)
    public void handWrittenForks(Blackhole hole) throws InterruptedException {
        Thread thread = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < FORKS && !Thread.interrupted(); i++) {
                int round = i;
                FutureTask<Integer> task = new FutureTask<>(() -> round);
                Thread.startVirtualThread(task);
                try {
                    hole.consume(task.get());
                } catch (InterruptedException | ExecutionException e) {
                    throw new AssertionError(e);
                }
            }
        });
        thread.join();
    }

    /**
     * Runs a hand-written loop on a virtual thread. It checks the clock and its interrupt flag.
     *
     * @param hole takes what the body sees
     * @throws InterruptedException never
     */
    @Benchmark
    @OperationsPerInvocation(ITERATIONS)
    public void handWritten(Blackhole hole) throws InterruptedException {
        Thread thread = Thread.ofVirtual().start(() -> {
            long next = System.nanoTime();
            for (int i = 0; i < ITERATIONS && !Thread.interrupted(); i++) {
                long left = next - System.nanoTime();
                if (left > 0) {
                    hole.consume(left);
                }
                hole.consume(i);
                next++;
            }
        });
        thread.join();
    }
}
