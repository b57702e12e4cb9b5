package dev.vloop.bench.run;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs one method of {@link EmptyLoop} under JMH, in a JVM of its own. Arguments: method, milliseconds of an iteration of JMH,
 * number of such iterations.
 */
final class Iterating {
    private Iterating() {}

    public static void main(String[] args) throws RunnerException {
        TimeValue time = TimeValue.milliseconds(Long.parseLong(args[1]));
        int iterations = Integer.parseInt(args[2]);
        RunResult result = new Runner(new OptionsBuilder()
                        .include(EmptyLoop.class.getName() + "\\." + args[0] + "$")
                        .forks(1)
                        .warmupIterations(iterations)
                        .warmupTime(time)
                        .measurementIterations(iterations)
                        .measurementTime(time)
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true)
                        .build())
                .runSingle();
        Result.tell("time", result.getPrimaryResult().getScore());
        result.getSecondaryResults().forEach((name, value) -> {
            if (name.endsWith("gc.alloc.rate.norm")) {
                Result.tell("allocated", value.getScore());
            }
        });
    }
}
