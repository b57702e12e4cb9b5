package dev.vloop.micrometer;

import dev.vloop.IterationOutcome;
import dev.vloop.LoopEnd;
import dev.vloop.LoopFailure;
import dev.vloop.Reaction;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.LongTaskTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The meters of one kind of loops. Whoever uses them holds them, so no meter is made after all were removed. Any thread. */
final class KindMeters {
    private static final String KIND = "kind";

    private final MeterRegistry registry;
    private final String label;
    private final boolean timers;
    private final ExceptionNames exceptions = new ExceptionNames();

    /** How many hold this. Once it is 0, nobody can hold it any more. */
    private final AtomicInteger holders = new AtomicInteger(1);

    /** What was registered, to be removed. */
    private final Queue<Meter> registered = new ConcurrentLinkedQueue<>();

    private final Set<TrackedLoop> loops = ConcurrentHashMap.newKeySet();

    /** By outcome and exception. */
    private final ConcurrentMap<String, Timer> iterations = new ConcurrentHashMap<>();

    /** By reaction and exception. */
    private final ConcurrentMap<String, Counter> failures = new ConcurrentHashMap<>();

    /** By how the run ended. */
    private final ConcurrentMap<String, Counter> ends = new ConcurrentHashMap<>();

    private final Timer lateness;
    private final Counter missed;

    /** Null if the handlers of observations have one. */
    private final @Nullable LongTaskTimer active;

    /** Held by the caller. */
    KindMeters(MeterRegistry registry, String label, boolean timers) {
        this.registry = registry;
        this.label = label;
        this.timers = timers;
        lateness = keep(Timer.builder("vloop.iteration.lateness")
                .description("How long after its slot an iteration begins")
                .tag(KIND, label)
                .register(registry));
        missed = keep(Counter.builder("vloop.slots.missed")
                .description("Slots that were skipped")
                .tag(KIND, label)
                .register(registry));
        keep(TimeGauge.builder("vloop.last.success", this, TimeUnit.MILLISECONDS, KindMeters::lastSuccess)
                .description("When an iteration last succeeded, since 1970; the oldest of the kind's loops")
                .tag(KIND, label)
                .register(registry));
        keep(Gauge.builder("vloop.failures.in.a.row", this, KindMeters::failuresInARow)
                .description("Attempts that failed since the last success; the most of the kind's loops")
                .tag(KIND, label)
                .register(registry));
        active = timers
                ? keep(LongTaskTimer.builder("vloop.iteration.active")
                        .description("Iterations in progress")
                        .tag(KIND, label)
                        .register(registry))
                : null;
        beginWithZeros();
    }

    private void beginWithZeros() {
        for (IterationOutcome outcome : IterationOutcome.values()) {
            if (timers) {
                Timer unused = iterations(outcome, ExceptionNames.NONE);
            }
        }
        for (Reaction reaction : Reaction.values()) {
            Counter unused = failures(reaction, ExceptionNames.NONE);
        }
        for (String how : new String[] {"completed", "stopped", "cancelled", "failed"}) {
            Counter unused = ends(how);
        }
    }

    private <M extends Meter> M keep(M meter) {
        registered.add(meter);
        return meter;
    }

    String label() {
        return label;
    }

    // ---- who holds this

    /** {@return false if it is over} */
    boolean hold() {
        int before;
        do {
            before = holders.get();
            if (before == 0) {
                return false;
            }
        } while (!holders.compareAndSet(before, before + 1));
        return true;
    }

    /** {@return whether nobody holds it any more} */
    boolean release() {
        return holders.decrementAndGet() == 0;
    }

    /** Called when nobody holds it any more. A second call does nothing. */
    void removeAll() {
        for (Meter meter = registered.poll(); meter != null; meter = registered.poll()) {
            registry.remove(meter);
        }
        if (!timers) {
            ObservedIteration.metersOf(label, registry).forEach(registry::remove);
        }
    }

    // ---- its loops

    void add(TrackedLoop loop) {
        loops.add(loop);
    }

    void remove(TrackedLoop loop) {
        loops.remove(loop);
    }

    private double lastSuccess() {
        long oldest = Long.MAX_VALUE;
        for (TrackedLoop loop : loops) {
            oldest = Math.min(oldest, loop.succeededAt());
        }
        return oldest == Long.MAX_VALUE ? Double.NaN : oldest;
    }

    private double failuresInARow() {
        int most = 0;
        for (TrackedLoop loop : loops) {
            most = Math.max(most, loop.loop.status().failuresInARow());
        }
        return most;
    }

    // ---- events

    /** {@return a sample that is stopped at the end of the iteration} */
    LongTaskTimer.Sample iterationBegins() {
        if (active == null) {
            throw new AssertionError("observations time the iterations");
        }
        return active.start();
    }

    /** @param failure what it failed with at last; null if it was a success, or was cancelled */
    void iterationEnded(IterationOutcome outcome, Duration took, @Nullable LoopFailure failure) {
        iterations(outcome, exceptionOf(failure)).record(took);
    }

    /** @param lateness negative if the clock was set back */
    void late(Duration lateness) {
        this.lateness.record(lateness.isNegative() ? Duration.ZERO : lateness);
    }

    void failed(LoopFailure failure) {
        failures(failure.reaction(), exceptionOf(failure)).increment();
    }

    void missed(long slots) {
        missed.increment((double) slots);
    }

    void runEnded(LoopEnd end) {
        ends(lower(end.getClass().getSimpleName())).increment();
    }

    /** {@return the name of an exception, as a tag} */
    String exceptionOf(@Nullable LoopFailure failure) {
        return failure == null ? ExceptionNames.NONE : exceptions.of(failure.cause());
    }

    private Timer iterations(IterationOutcome outcome, String exception) {
        String name = lower(outcome.name());
        return iterations.computeIfAbsent(
                name + " " + exception,
                key -> keep(Timer.builder("vloop.iteration")
                        .description("How long iterations take, with their retries and backoffs")
                        .tags(KIND, label, "outcome", name, "exception", exception)
                        .register(registry)));
    }

    private Counter failures(Reaction reaction, String exception) {
        String name = lower(reaction.name());
        return failures.computeIfAbsent(
                name + " " + exception,
                key -> keep(Counter.builder("vloop.failures")
                        .description("Failures of attempts, of beforeLoop and of schedules, by what followed")
                        .tags(KIND, label, "reaction", name, "exception", exception)
                        .register(registry)));
    }

    private Counter ends(String how) {
        return ends.computeIfAbsent(
                how,
                key -> keep(Counter.builder("vloop.runs.ended")
                        .description("Runs that ended, by how")
                        .tags(KIND, label, "how", how)
                        .register(registry)));
    }

    static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
