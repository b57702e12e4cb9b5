package dev.vloop.vthreads;

import static dev.vloop.internal.Arguments.atLeastOne;
import static dev.vloop.internal.Arguments.notBlank;
import static dev.vloop.internal.Arguments.notNegative;
import static dev.vloop.internal.Arguments.notNull;
import static dev.vloop.internal.Arguments.positive;

import dev.vloop.AfterLoop;
import dev.vloop.Backoff;
import dev.vloop.BeforeLoop;
import dev.vloop.CutSlots;
import dev.vloop.FailureHandler;
import dev.vloop.ForkContext;
import dev.vloop.Loop;
import dev.vloop.LoopBody;
import dev.vloop.LoopBuilder;
import dev.vloop.LoopChange;
import dev.vloop.LoopInterceptor;
import dev.vloop.MissedSlots;
import dev.vloop.Reaction;
import dev.vloop.Schedule;
import dev.vloop.internal.Arguments;
import dev.vloop.internal.SafeText;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Collects the options of a loop, or the defaults of a runtime. Used by one thread. */
final class OptionsBuilder implements LoopBuilder {
    /** Where the loop is to live; null while the defaults of a runtime are collected. */
    private final @Nullable VirtualLoopRuntime runtime;

    /** The loop's name. */
    private final String name;

    /** Null until it is set: a loop must have one. */
    private @Nullable Schedule schedule;

    /** Never changed, but replaced by a copy: others may share it. */
    private Options options;

    /** Collects the defaults of a runtime. */
    OptionsBuilder() {
        this("defaults", null, null, new Options());
    }

    private OptionsBuilder(
            String name, @Nullable VirtualLoopRuntime runtime, @Nullable Schedule schedule, Options options) {
        this.name = name;
        this.runtime = runtime;
        this.schedule = schedule;
        this.options = options;
    }

    /** {@return a builder for a loop that begins with these options} */
    OptionsBuilder forLoop(String loop, VirtualLoopRuntime target) {
        return new OptionsBuilder(loop, target, schedule, options);
    }

    /** {@return a builder with these options, which later calls of this one do not change} */
    OptionsBuilder snapshot() {
        return new OptionsBuilder(name, runtime, schedule, options);
    }

    /** {@return a new copy of the options, which replaces the old ones, to set one of them} */
    private Options change() {
        options = options.copy();
        return options;
    }

    private static <T> List<T> append(List<T> list, T last) {
        List<T> longer = new ArrayList<>(list);
        longer.add(last);
        return List.copyOf(longer);
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
        change().initialDelay = Nanos.of(notNegative(delay, "initialDelay"));
        return this;
    }

    @Override
    public LoopBuilder count(long iterations) {
        change().count = atLeastOne(iterations, "count");
        return this;
    }

    @Override
    public LoopBuilder missed(MissedSlots policy) {
        change().missed = notNull(policy, "missed");
        return this;
    }

    @Override
    public LoopBuilder maxLateness(Duration lateness) {
        change().maxLateness = Nanos.of(notNegative(lateness, "maxLateness"));
        return this;
    }

    @Override
    public LoopBuilder timeout(Duration perAttempt) {
        change().timeout = Nanos.of(positive(perAttempt, "timeout"));
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
        change().rules = options.rules.with(FailureRules.checked(type), notNull(decide, "decide"));
        return this;
    }

    private LoopBuilder on(Class<? extends Exception> type, Reaction reaction) {
        change().rules = options.rules.with(FailureRules.checked(type), reaction);
        return this;
    }

    @Override
    public LoopBuilder clearReactions() {
        change().rules = FailureRules.NONE;
        return this;
    }

    @Override
    public LoopBuilder maxAttempts(int attempts) {
        change().maxAttempts = (int) atLeastOne(attempts, "maxAttempts");
        return this;
    }

    @Override
    public LoopBuilder backoff(Backoff wait) {
        change().backoff = notNull(wait, "backoff");
        return this;
    }

    @Override
    public LoopBuilder maxConcurrent(int iterations) {
        change().maxConcurrent = (int) atLeastOne(iterations, "maxConcurrent");
        return this;
    }

    @Override
    public LoopBuilder beforeLoop(BeforeLoop hook) {
        change().beforeLoop = append(options.beforeLoop, notNull(hook, "beforeLoop"));
        return this;
    }

    @Override
    public LoopBuilder afterLoop(AfterLoop hook) {
        change().afterLoop = append(options.afterLoop, notNull(hook, "afterLoop"));
        return this;
    }

    @Override
    public LoopBuilder onFailure(FailureHandler handler) {
        change().onFailure = append(options.onFailure, notNull(handler, "onFailure"));
        return this;
    }

    @Override
    public LoopBuilder intercept(LoopInterceptor interceptor) {
        change().interceptors = append(options.interceptors, notNull(interceptor, "interceptor"));
        return this;
    }

    @Override
    public LoopBuilder interceptAttempts(LoopInterceptor interceptor) {
        change().attemptInterceptors = append(options.attemptInterceptors, notNull(interceptor, "interceptor"));
        return this;
    }

    @Override
    public LoopBuilder forkContext(ForkContext context) {
        change().forkContexts = append(options.forkContexts, notNull(context, "context"));
        return this;
    }

    @Override
    public LoopBuilder kind(String label) {
        change().kind = notBlank(label, "kind");
        return this;
    }

    @Override
    public LoopBuilder oncePerCluster(CutSlots cutSlots) {
        change().cut = notNull(cutSlots, "cut");
        return this;
    }

    @Override
    public Loop build(LoopBody body) {
        VirtualLoop loop = loop(body);
        loop.runtime().registry().add(loop);
        loop.changed(LoopChange.BUILT);
        return loop;
    }

    @Override
    public Loop start(LoopBody body) {
        VirtualLoop loop = loop(body);
        loop.runtime().registry().start(loop);
        loop.changed(LoopChange.BUILT);
        loop.changed(LoopChange.STARTED);
        return loop;
    }

    @Override
    public Loop startIfIdle(LoopBody body) {
        VirtualLoop loop = loop(body);
        VirtualLoop running = loop.runtime().registry().startUnlessNameRuns(loop);
        if (running == loop) {
            loop.changed(LoopChange.BUILT);
            loop.changed(LoopChange.STARTED);
        }
        return running;
    }

    private VirtualLoop loop(LoopBody body) {
        if (runtime == null) {
            throw new IllegalStateException("default settings cannot build or start a loop");
        }
        notNull(body, "body");
        StackRoom.require();
        if (schedule == null) {
            throw new IllegalStateException("loop '" + name
                    + "' has no schedule: call every(..), fixedDelay(..), dailyAt(..) or schedule(..) first");
        }
        if (options.cut != null) {
            requireCluster(runtime, schedule);
        }
        return new VirtualLoop(runtime, name, options, schedule, body);
    }

    private void requireCluster(VirtualLoopRuntime target, Schedule slots) {
        if (target.cluster() == null) {
            throw new IllegalStateException(
                    "loop '" + name + "' is to run once per cluster, but " + target + " has no cluster");
        }
        if (options.maxConcurrent > 1) {
            throw new IllegalStateException("loop '" + name + "' is to run once per cluster, so its iterations cannot"
                    + " overlap: maxConcurrent must be 1, but is " + options.maxConcurrent);
        }
        if (!slots.isReproducible()) {
            throw new IllegalStateException(
                    "loop '" + name + "' is to run once per cluster, so all instances must compute"
                            + " the same slots: name the jitter of its schedule, " + SafeText.of(slots));
        }
    }

    /** Refuses what a loop of a cluster cannot be changed to. */
    static void requireReproducible(Options options, Schedule slots) {
        if (options.cut != null && !slots.isReproducible()) {
            throw Arguments.refusal(
                    "schedule",
                    "have the same slots on all instances of the cluster (name its jitter)",
                    SafeText.of(slots));
        }
    }
}
