package dev.vloop.bench.peers;

import dev.vloop.testkit.Engine;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jmock.lib.concurrent.DeterministicScheduler;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.test.scheduler.VirtualTimeScheduler;

/** Makes, by name, ways to run loops in virtual time. Each loop has an interval of a second. */
public final class VirtualTimes {
    private VirtualTimes() {}

    /** One way to run loops in virtual time. */
    public interface VirtualTime {
        /**
         * Runs all iterations of all loops.
         *
         * @param loops how many loops
         * @param iterations how many iterations each loop has, one per second
         * @param body the body of all loops
         */
        void run(int loops, int iterations, Runnable body);
    }

    /**
     * {@return a way to run loops in virtual time}
     *
     * @param name its name
     */
    public static VirtualTime of(String name) {
        return switch (name) {
            case "vloop, cooperative" ->
                (loops, iterations, body) -> vloop(in(Engine.COOPERATIVE), loops, iterations, body);
            case "vloop, exact" -> (loops, iterations, body) -> vloop(in(Engine.EXACT), loops, iterations, body);
            case "coroutines-test" -> CoroutineTime::run;
            case "Reactor" -> VirtualTimes::reactor;
            case "jMock" -> VirtualTimes::jmock;
            default -> throw new IllegalArgumentException("no virtual time '" + name + "'");
        };
    }

    private static TestLoops in(Engine engine) {
        return TestLoops.builder().engine(engine).create();
    }

    private static void vloop(TestLoops created, int loops, int iterations, Runnable body) {
        try (TestLoops runtime = created) {
            for (int i = 0; i < loops; i++) {
                runtime.loop("loop-" + i)
                        .every(Duration.ofSeconds(1))
                        .count(iterations)
                        .start(iteration -> body.run());
            }
            runtime.advance(Duration.ofSeconds(iterations));
        }
    }

    private static void reactor(int loops, int iterations, Runnable body) {
        VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();
        Disposable.Composite all = Disposables.composite();
        for (int i = 0; i < loops; i++) {
            all.add(scheduler.schedulePeriodically(body, 0, 1, TimeUnit.SECONDS));
        }
        scheduler.advanceTimeBy(Duration.ofSeconds(iterations - 1));
        all.dispose();
        scheduler.dispose();
    }

    private static void jmock(int loops, int iterations, Runnable body) {
        DeterministicScheduler scheduler = new DeterministicScheduler();
        for (int i = 0; i < loops; i++) {
            Future<?> unused = scheduler.scheduleAtFixedRate(body, 0, 1, TimeUnit.SECONDS);
        }
        scheduler.tick(iterations - 1, TimeUnit.SECONDS);
    }
}
