package dev.vloop.bench.report;

import java.math.BigDecimal;
import java.math.MathContext;
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
 * @param limit the limit for the ratio or the value on JDK 25 and later: the largest allowed, or the least if inverse
 * @param limitBefore the same on older JDKs
 */
record Target(
        String what,
        String measure,
        String metric,
        String unit,
        String subject,
        @Nullable String base,
        boolean inverse,
        double limit,
        double limitBefore) {

    private static final int NEW_JDK = 25;

    private static Target atMost(
            String what, String measure, String metric, String unit, @Nullable String base, double limit) {
        return atMost(what, measure, metric, unit, base, limit, limit);
    }

    private static Target atMost(
            String what,
            String measure,
            String metric,
            String unit,
            @Nullable String base,
            double limit,
            double limitBefore) {
        return new Target(what, measure, metric, unit, "vloop", base, false, limit, limitBefore);
    }

    private static Target faster(String what, String measure, String subject, double limit) {
        return new Target(what, measure, "warm", "ms", subject, "coroutines-test", true, limit, limit);
    }

    static final Target[] ALL = {
        atMost("CPU per tick, 100,000 loops each second", "ticking", "cpu", "µs", "hand-written", 0.75, 0.95),
        atMost("CPU per tick, 100,000 loops each second", "ticking", "cpu", "µs", "pool+virtual", 1.05, 1.2),
        atMost("Cancel 100,000 waiting loops and join them", "waiting", "cancel", "ms", "hand-written", 0.35),
        atMost("Heap per waiting loop, 100,000 loops", "waiting", "heap", "B", "hand-written", 1.2, 1.25),
        atMost("The same after ticking for a while", "ticking", "heap", "B", "hand-written", 1.2, 1.25),
        atMost("Start 100,000 loops until all ran once", "waiting", "start", "ms", "hand-written", 1.4, 1.3),
        atMost("First iteration in a new JVM, after main", "first", "first", "ms", "hand-written", 1.5),
        atMost("Lateness, p99", "ticking", "p99", "ms", "hand-written", 1.0),
        atMost("Lateness, p99.9", "ticking", "p99.9", "ms", "hand-written", 1.0),
        new Target("A timeout on every tick", "timeouts", "cpu", "µs", "vloop+timeout", "vloop", false, 1.1, 1.1),
        faster("1,000 virtual loops x 1,000, cooperative", "virtual-1000", "vloop, cooperative", 1.5),
        faster("1,000 virtual loops x 1,000, exact", "virtual-1000", "vloop, exact", 1.5),
        faster("A virtual day of a loop, cooperative", "virtual-day", "vloop, cooperative", 1),
        faster("A virtual day of a loop, exact", "virtual-day", "vloop, exact", 1),
        atMost("Iteration of a loop that never waits", "iteration", "time", "ns", null, 63),
        atMost("Allocated by such an iteration", "iteration", "allocated", "B", null, 48),
        atMost("A million loops in 4 GB: heap of each", "million", "heap", "B", null, 4000),
    };

    /** {@return the limit on a JDK} */
    double limitOn(int jdk) {
        return jdk >= NEW_JDK ? limit : limitBefore;
    }

    boolean isMet(double value, int jdk) {
        // A value is shown with three digits, and judged as it is shown.
        double shown = new BigDecimal(value).round(new MathContext(3)).doubleValue();
        return inverse ? shown >= limitOn(jdk) : shown <= limitOn(jdk);
    }
}
