package dev.vloop.vthreads;

import static dev.vloop.vthreads.Arguments.atLeastOne;
import static dev.vloop.vthreads.Arguments.notNegative;
import static dev.vloop.vthreads.Arguments.notNull;
import static dev.vloop.vthreads.Arguments.positive;

import dev.vloop.AfterLoop;
import dev.vloop.Backoff;
import dev.vloop.BeforeLoop;
import dev.vloop.FailureHandler;
import dev.vloop.Loop;
import dev.vloop.LoopBody;
import dev.vloop.LoopBuilder;
import dev.vloop.MissedSlots;
import dev.vloop.Reaction;
import dev.vloop.Schedule;
import dev.vloop.spi.Host;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Collects the options of a loop. Used by one thread. */
final class OptionsBuilder implements LoopBuilder {
    /** Where the loop is to live; null while default settings are collected. */
    private final @Nullable VirtualLoopRuntime runtime;

    private final String name;
    final List<BeforeLoop> beforeLoop = new ArrayList<>(0);
    final List<AfterLoop> afterLoop = new ArrayList<>(0);
    final List<FailureHandler> onFailure = new ArrayList<>(0);
    private @Nullable Schedule schedule;
    long initialDelay;
    long count = Long.MAX_VALUE;
    MissedSlots missed = MissedSlots.RUN_ONCE;
    long maxLateness = Host.NEVER;
    long timeout = Host.NEVER;
    FailureRules rules = FailureRules.DEFAULT;
    int maxAttempts = Integer.MAX_VALUE;
    Backoff backoff = DEFAULT_BACKOFF;
    int maxConcurrent = 1;

    private static final Backoff DEFAULT_BACKOFF = Backoff.exponential();

    OptionsBuilder(String name, @Nullable VirtualLoopRuntime runtime) {
        this.name = name;
        this.runtime = runtime;
    }

    /** {@return a builder for a loop of another name that begins with these options} */
    OptionsBuilder copy(String otherName, @Nullable VirtualLoopRuntime target) {
        OptionsBuilder copy = new OptionsBuilder(otherName, target);
        copy.beforeLoop.addAll(beforeLoop);
        copy.afterLoop.addAll(afterLoop);
        copy.onFailure.addAll(onFailure);
        copy.schedule = schedule;
        copy.initialDelay = initialDelay;
        copy.count = count;
        copy.missed = missed;
        copy.maxLateness = maxLateness;
        copy.timeout = timeout;
        copy.rules = rules;
        copy.maxAttempts = maxAttempts;
        copy.backoff = backoff;
        copy.maxConcurrent = maxConcurrent;
        return copy;
    }

    @Override
    public LoopBuilder every(Duration interval) {
        return schedule(Schedule.every(interval));
    }

    @Override
    public LoopBuilder fixedDelay(Duration delay) {
        return schedule(Schedule.fixedDelay(delay));
    }

    @Override
    public LoopBuilder dailyAt(ZoneId zone, LocalTime... times) {
        return schedule(Schedule.dailyAt(zone, times));
    }

    @Override
    public LoopBuilder schedule(Schedule slots) {
        schedule = notNull(slots, "schedule");
        return this;
    }

    @Override
    public LoopBuilder initialDelay(Duration delay) {
        initialDelay = Nanos.of(notNegative(delay, "initialDelay"));
        return this;
    }

    @Override
    public LoopBuilder count(long iterations) {
        count = atLeastOne(iterations, "count");
        return this;
    }

    @Override
    public LoopBuilder missed(MissedSlots policy) {
        missed = notNull(policy, "missed");
        return this;
    }

    @Override
    public LoopBuilder maxLateness(Duration lateness) {
        maxLateness = Nanos.of(notNegative(lateness, "maxLateness"));
        return this;
    }

    @Override
    public LoopBuilder timeout(Duration perAttempt) {
        timeout = Nanos.of(positive(perAttempt, "timeout"));
        return this;
    }

    @Override
    public LoopBuilder retryOn(Class<? extends Exception> type) {
        return on(type, Reaction.RETRY);
    }

    @Override
    public LoopBuilder continueOn(Class<? extends Exception> type) {
        return on(type, Reaction.CONTINUE);
    }

    @Override
    public LoopBuilder failOn(Class<? extends Exception> type) {
        return on(type, Reaction.FAIL);
    }

    @Override
    public <E extends Exception> LoopBuilder on(Class<E> type, Function<? super E, Reaction> decide) {
        rules = rules.with(exceptionType(type), notNull(decide, "decide"));
        return this;
    }

    private LoopBuilder on(Class<? extends Exception> type, Reaction reaction) {
        rules = rules.with(exceptionType(type), reaction);
        return this;
    }

    private static <E extends Exception> Class<E> exceptionType(Class<E> type) {
        if (!Exception.class.isAssignableFrom(notNull(type, "type"))) { // possible from a raw call or reflection
            throw new IllegalArgumentException("type is no Exception: " + type.getName());
        }
        return type;
    }

    @Override
    public LoopBuilder clearReactions() {
        rules = FailureRules.NONE;
        return this;
    }

    @Override
    public LoopBuilder maxAttempts(int attempts) {
        maxAttempts = (int) atLeastOne(attempts, "maxAttempts");
        return this;
    }

    @Override
    public LoopBuilder backoff(Backoff wait) {
        backoff = notNull(wait, "backoff");
        return this;
    }

    @Override
    public LoopBuilder maxConcurrent(int iterations) {
        maxConcurrent = (int) atLeastOne(iterations, "maxConcurrent");
        return this;
    }

    @Override
    public LoopBuilder beforeLoop(BeforeLoop hook) {
        beforeLoop.add(notNull(hook, "beforeLoop"));
        return this;
    }

    @Override
    public LoopBuilder afterLoop(AfterLoop hook) {
        afterLoop.add(notNull(hook, "afterLoop"));
        return this;
    }

    @Override
    public LoopBuilder onFailure(FailureHandler handler) {
        onFailure.add(notNull(handler, "onFailure"));
        return this;
    }

    @Override
    public Loop build(LoopBody body) {
        return runtime().build(loop(body));
    }

    @Override
    public Loop start(LoopBody body) {
        return runtime().start(loop(body), true);
    }

    @Override
    public Loop startIfIdle(LoopBody body) {
        return runtime().start(loop(body), false);
    }

    private VirtualLoopRuntime runtime() {
        if (runtime == null) {
            throw new IllegalStateException("default settings cannot build or start a loop");
        }
        return runtime;
    }

    private VirtualLoop loop(LoopBody body) {
        notNull(body, "body");
        if (schedule == null) {
            throw new IllegalStateException("loop '" + name
                    + "' has no schedule: call every(..), fixedDelay(..), dailyAt(..) or schedule(..) first");
        }
        return new VirtualLoop(runtime(), name, this, schedule, body);
    }
}
