package dev.vloop.vthreads;

import static dev.vloop.internal.Arguments.notNegative;
import static dev.vloop.internal.Arguments.notNull;

import dev.vloop.ClusterStatus;
import dev.vloop.Loop;
import dev.vloop.LoopBody;
import dev.vloop.LoopChange;
import dev.vloop.LoopEnd;
import dev.vloop.LoopStatus;
import dev.vloop.LoopTotals;
import dev.vloop.Reactions;
import dev.vloop.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A loop: what its runs have in common, and requests to the run that is going on. */
final class VirtualLoop implements Loop {
    private static final AtomicReferenceFieldUpdater<VirtualLoop, Schedule> SCHEDULE =
            AtomicReferenceFieldUpdater.newUpdater(VirtualLoop.class, Schedule.class, "schedule");

    private static final AtomicReferenceFieldUpdater<VirtualLoop, FailureRules> RULES =
            AtomicReferenceFieldUpdater.newUpdater(VirtualLoop.class, FailureRules.class, "rules");

    private final VirtualLoopRuntime runtime;
    private final String name;
    private final Options options;
    private final LoopBody body;

    /** Of the thread that built the loop. All threads of its runs have it, so that they find the classes and services of the program. */
    private final @Nullable ClassLoader contextClassLoader =
            Thread.currentThread().getContextClassLoader();

    /** Written by any thread, which then sends a request to the run. */
    private volatile Schedule schedule;

    /** Written by any thread, which then sends a request to the run. */
    private volatile boolean paused;

    /** What follows which failure. Written by any thread, read by the loop's after each failure. */
    private volatile FailureRules rules;

    /** The run that is going on, or the last one; null before the first. Written under the registry's lock, read by any thread. */
    private volatile @Nullable Run current;

    /** The runs before {@link #current}; null if there were none. Written just before it. */
    private volatile @Nullable Past past;

    VirtualLoop(VirtualLoopRuntime runtime, String name, Options options, Schedule schedule, LoopBody body) {
        this.runtime = runtime;
        this.name = name;
        this.options = options;
        this.body = body;
        this.schedule = schedule;
        this.rules = options.rules;
    }

    @Nullable
    ClassLoader contextClassLoader() {
        return contextClassLoader;
    }

    Options options() {
        return options;
    }

    LoopBody body() {
        return body;
    }

    FailureRules rules() {
        return rules;
    }

    boolean isPaused() {
        return paused;
    }

    @Nullable
    Run current() {
        return current;
    }

    /** {@return the runs before {@link #current}; null if there were none} */
    @Nullable
    Past past() {
        return past;
    }

    /** The registry's lock is held. The run that was made last has not begun: restores what was before it. */
    void takeBack(@Nullable Run before, @Nullable Past pastBefore) {
        past = pastBefore;
        current = before;
    }

    /** The registry's lock is held. {@return a run that begins now} */
    Run newRun() {
        Run last = current;
        Run run = new Run(this);
        if (last != null) {
            past = Past.with(past, last);
        }
        current = run;
        return run;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public VirtualLoopRuntime runtime() {
        return runtime;
    }

    @Override
    public String kind() {
        return LoopView.kind(this);
    }

    /** The thread that has asked for the change, when it has taken effect. */
    void changed(LoopChange change) {
        runtime.events().changed(this, change);
    }

    @Override
    public Loop start() {
        StackRoom.require();
        runtime.registry().start(this);
        changed(LoopChange.STARTED);
        return this;
    }

    @Override
    public boolean startIfIdle() {
        StackRoom.require();
        boolean begins = runtime.registry().startIfIdle(this);
        if (begins) {
            changed(LoopChange.STARTED);
        }
        return begins;
    }

    /** Sends requests to the run that is going on; false if none is. */
    private boolean ask(int set, int clear) {
        return runtime.registry().ask(this, run -> run.request(set, clear));
    }

    @Override
    public void stop() {
        StackRoom.require();
        if (ask(Control.STOP, Control.RESTART)) {
            changed(LoopChange.STOPPED);
        }
    }

    @Override
    public void cancel() {
        StackRoom.require();
        if (ask(Control.CANCEL, Control.RESTART)) {
            changed(LoopChange.CANCELLED);
        }
    }

    @Override
    public void restart() {
        StackRoom.require();
        while (!ask(Control.CANCEL | Control.RESTART, 0)) {
            if (runtime.registry().startIfIdle(this)) {
                break;
            }
        }
        changed(LoopChange.RESTARTED);
    }

    @Override
    public void remove() {
        StackRoom.require();
        runtime.registry().remove(this);
        ask(Control.CANCEL, Control.RESTART);
        changed(LoopChange.REMOVED);
    }

    @Override
    public void pause() {
        StackRoom.require();
        boolean before = paused;
        paused = true;
        ask(Control.LOOK, 0);
        if (!before) {
            changed(LoopChange.PAUSED);
        }
    }

    @Override
    public void resume() {
        StackRoom.require();
        if (!paused) {
            return;
        }
        paused = false;
        ask(Control.RESUME, 0);
        changed(LoopChange.RESUMED);
    }

    @Override
    public void trigger() {
        StackRoom.require();
        if (!runtime.registry().ask(this, Run::trigger)) {
            throw LoopView.takesNoTrigger(this);
        }
        changed(LoopChange.TRIGGERED);
    }

    @Override
    public void changeSchedule(Schedule other) {
        StackRoom.require();
        OptionsBuilder.requireReproducible(options, notNull(other, "schedule"));
        Schedule before = SCHEDULE.getAndSet(this, other);
        if (!Timetable.isSame(before, other)) {
            runtime.registry().ask(this, Run::requestRearm);
            changed(LoopChange.RESCHEDULED);
        }
    }

    @Override
    public void changeInterval(Duration interval) {
        changeSchedule(Schedule.every(interval));
    }

    @Override
    public void changeReactions(Consumer<? super Reactions> change) {
        StackRoom.require();
        ReactionsEditor editor = ReactionsEditor.ask(notNull(change, "change"));
        RULES.updateAndGet(this, editor::applyTo);
        changed(LoopChange.REACTIONS_CHANGED);
    }

    @Override
    public LoopEnd join() throws InterruptedException {
        return LoopJoin.await(this);
    }

    @Override
    public @Nullable LoopEnd join(Duration timeout) throws InterruptedException {
        return LoopJoin.await(this, Nanos.plus(runtime.host().nanoTime(), Nanos.of(notNegative(timeout, "timeout"))));
    }

    @Override
    public boolean isRunning() {
        return LoopView.isRunning(this);
    }

    @Override
    public List<Thread> threads() {
        return LoopView.threads(this);
    }

    @Override
    public Map<String, String> describe() {
        return OptionsText.of(options, rules);
    }

    @Override
    public LoopStatus status() {
        return LoopView.status(this);
    }

    @Override
    public @Nullable ClusterStatus cluster() {
        return LoopView.cluster(this);
    }

    @Override
    public LoopTotals totals() {
        return LoopView.totals(this);
    }

    @Override
    public @Nullable Instant nextIteration() {
        return status().nextIteration();
    }

    @Override
    public List<Instant> nextIterations(int n) {
        return NextIterations.of(this, (int) notNegative(n, "n"));
    }

    @Override
    public Schedule schedule() {
        return schedule;
    }

    @Override
    public String toString() {
        return LoopView.text(this);
    }
}
