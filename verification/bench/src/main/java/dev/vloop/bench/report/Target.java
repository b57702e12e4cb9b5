package dev.vloop.bench.report;

import org.jspecify.annotations.Nullable;

/**
 * A limit for one of our values.
 *
 * @param what what it is about, in words
 * @param measure the name of the measure
 * @param metric the name of the value
 * @param unit the unit of the value
 * @param subject the subject of ours whose value it is
 * @param base the subject that it is compared to; null if the limit is for the value itself
 * @param inverse false if the ratio says how many times more it costs than the base; true if it says how many times faster it is
 * @param limit the limit for the ratio or the value: the largest allowed, or the least if inverse
 */
record Target(
        String what,
        String measure,
        String metric,
        String unit,
        String subject,
        @Nullable String base,
        boolean inverse,
        double limit) {

    private static Target atMost(
            String what, String measure, String metric, String unit, @Nullable String base, double limit) {
        return new Target(what, measure, metric, unit, "vloop", base, false, limit);
    }

    private static Target faster(String what, String measure, String subject, double limit) {
        return new Target(what, measure, "warm", "ms", subject, "coroutines-test", true, limit);
    }

    static final Target[] ALL = {
        atMost("Heap per waiting loop, 100,000 loops", "waiting", "heap", "B", "hand-written", 1.15),
        atMost("The same after ticking for a while", "ticking", "heap", "B", "hand-written", 1.15),
        atMost("CPU per tick, 100,000 loops each second", "ticking", "cpu", "µs", "hand-written", 1.10),
        atMost("Lateness, p99", "ticking", "p99", "ms", "hand-written", 1.2),
        atMost("Lateness, p99.9", "ticking", "p99.9", "ms", "hand-written", 1.2),
        new Target("A timeout on every tick", "timeouts", "cpu", "µs", "vloop+timeout", "vloop", false, 1.10),
        atMost("Iteration of a loop that never waits", "iteration", "time", "ns", null, 120),
        atMost("Allocated by such an iteration", "iteration", "allocated", "B", null, 64),
        atMost("Start 100,000 loops until all ran once", "waiting", "start", "ms", "hand-written", 1.3),
        atMost("Cancel 100,000 waiting loops and join them", "waiting", "cancel", "ms", "hand-written", 1.0),
        atMost("The same, as ours waits by parking", "waiting", "cancel", "ms", "hand-written", 0.4),
        atMost("The same beside a hand-written wait that parks", "waiting", "cancel", "ms", "hand-written, parks", 1),
        atMost("A million loops in 4 GB: heap of each", "million", "heap", "B", null, 4000),
        atMost("First iteration in a new JVM, after main", "first", "first", "ms", null, 25),
        faster("A virtual day of a loop, cooperative", "virtual-day", "vloop, cooperative", 1),
        faster("A virtual day of a loop, exact", "virtual-day", "vloop, exact", 1),
        faster("1,000 virtual loops x 1,000, cooperative", "virtual-1000", "vloop, cooperative", 2),
        faster("1,000 virtual loops x 1,000, exact", "virtual-1000", "vloop, exact", 2),
    };

    boolean isMet(double value) {
        return inverse ? value >= limit : value <= limit;
    }
}
