package dev.vloop.testkit;

import static java.util.Objects.requireNonNull;

import dev.vloop.Loop;
import dev.vloop.LoopBuilder;
import dev.vloop.LoopClock;
import dev.vloop.LoopEnd;
import dev.vloop.LoopRuntime;
import dev.vloop.LoopStatus;
import dev.vloop.internal.Arguments;
import dev.vloop.internal.DurationText;
import dev.vloop.testkit.engine.Misuse;
import dev.vloop.testkit.engine.VirtualHost;
import dev.vloop.testkit.engine.VirtualTimeError;
import dev.vloop.testkit.engine.VirtualTimeError.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A runtime on a virtual host. {@link TimeVerbs} moves its time. */
final class VirtualTestLoops implements TestLoops {
    private final VirtualHost host;
    private final LoopRuntime runtime;
    private final Recorder recorder;
    private final EngineChoice choice;
    private final EndCheck check;
    private final TestThread thread;
    private final TimeVerbs time;

    /** What {@link #shutdownOnExit} was asked to do. */
    private final List<Runnable> exits = new ArrayList<>();

    private final OpenLoops open;

    private boolean closed;

    VirtualTestLoops(
            VirtualHost host,
            LoopRuntime runtime,
            Recorder recorder,
            EngineChoice choice,
            EndCheck check,
            TestThread thread) {
        this.thread = thread;
        this.host = host;
        this.runtime = runtime;
        this.recorder = recorder;
        this.choice = choice;
        this.check = check;
        time = new TimeVerbs(host, runtime, recorder);
        open = OpenLoops.add(this);
    }

    VirtualHost host() {
        return host;
    }

    Recorder recorder() {
        return recorder;
    }

    /** Another runtime on the same host ends with this one. */
    void add(LoopRuntime other) {
        check.add(other);
    }

    /** {@return what may explain a failure of the test, empty if nothing does} */
    String notes(Throwable thrown) {
        return FailureNotes.of(host, runtime.loops().stream().anyMatch(Loop::isRunning), thrown);
    }

    /** Runs a part of the test on the calling thread, which is the test's thread meanwhile. */
    <T extends @Nullable Object, X extends Throwable> T here(TestThread.Part<T, X> part)
            throws X, InterruptedException {
        return thread.run(part, false);
    }

    /** Runs a dynamic test, which shares this runtime with the others of its factory. */
    <X extends Throwable> void hereBesideOthers(TestThread.Part<@Nullable Void, X> test)
            throws X, InterruptedException {
        thread.run(test, true);
    }

    @Override
    public Loop get(String name) {
        Loop loop = runtime.find(name);
        if (loop == null) {
            throw time.failure(recorder.missed(name, runtime.loops()), null);
        }
        return loop;
    }

    @Override
    public void settle() {
        time.settle();
    }

    @Override
    public void advance(Duration duration) {
        time.advance(duration);
    }

    @Override
    public void advanceTo(Instant instant) {
        time.advanceTo(instant);
    }

    @Override
    public void advanceToNext() {
        time.advanceToNext();
    }

    @Override
    public void runUntil(BooleanSupplier condition, Duration atMost) {
        time.runUntil(condition, atMost);
    }

    @Override
    public LoopEnd awaitEnd(Loop loop) {
        return time.awaitEnd(loop);
    }

    @Override
    public <T extends @Nullable Object> T external(String what, Callable<T> work) throws Exception {
        return host.external(requireNonNull(what, "what"), requireNonNull(work, "work"));
    }

    @Override
    public void moveWallClock(Duration by) {
        recorder.clockMoved("wall clock moved by " + by);
        host.moveWallClock(by);
    }

    @Override
    public void suspend(Duration duration) {
        time.after(duration, "duration");
        recorder.clockMoved("machine suspended for " + DurationText.inShort(duration));
        host.moveWallClock(duration);
    }

    @Override
    public void setWallClock(Instant instant) {
        recorder.clockMoved("wall clock set to " + requireNonNull(instant, "instant"));
        host.moveWallClock(Duration.between(host.instant(), instant));
    }

    @Override
    public LoopRuntime runtime() {
        return runtime;
    }

    @Override
    public Duration elapsed() {
        return Duration.ofNanos(host.nanoTime());
    }

    @Override
    public Timeline timeline() {
        return recorder.timeline();
    }

    @Override
    public Engine engine() {
        return choice.engine();
    }

    @Override
    public String engineReason() {
        return choice.reason();
    }

    @Override
    public String name() {
        return runtime.name();
    }

    @Override
    public LoopBuilder loop(String name) {
        return runtime.loop(name);
    }

    @Override
    public @Nullable Loop find(String name) {
        Loop loop = runtime.find(name);
        if (loop == null) {
            recorder.missed(name, runtime.loops()); // an assertion on it may want to say so
        } else {
            recorder.found();
        }
        return loop;
    }

    @Override
    public List<Loop> loops() {
        return runtime.loops();
    }

    @Override
    public List<LoopStatus> completed() {
        return runtime.completed();
    }

    @Override
    public LoopClock clock() {
        return runtime.clock();
    }

    @Override
    public void join() throws InterruptedException {
        try {
            runtime.join();
        } catch (VirtualTimeError e) {
            if (e.kind() != Kind.RUNAWAY) {
                throw time.cannotGoOn(e);
            }
            throw time.failure(
                    FindingText.names(recorder.running()) + " never end by themselves: stop them or give them a count",
                    e);
        }
    }

    @Override
    public boolean join(Duration timeout) throws InterruptedException {
        try {
            return runtime.join(timeout);
        } catch (VirtualTimeError e) {
            throw time.cannotGoOn(e);
        }
    }

    @Override
    public List<Loop> stopAll(Duration grace) {
        return runtime.stopAll(grace);
    }

    @Override
    public List<Loop> shutdown(Duration grace) {
        List<Loop> cancelled = runtime.shutdown(grace);
        exits.clear(); // a runtime that is closed has taken back what it wanted to do at the exit
        return cancelled;
    }

    @Override
    public void shutdownOnExit(Duration grace, Runnable then) {
        Arguments.notNegative(grace, "grace");
        Arguments.notNull(then, "then");
        exits.add(() -> {
            try {
                runtime.shutdown(grace);
            } finally {
                then.run();
            }
        });
    }

    @Override
    public void exit() {
        exits.forEach(Runnable::run);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (!host.isTestThread()) {
            throw Misuse.notTest();
        }
        closed = true;
        open.remove();
        recorder.found();
        AssertionError error = check.end(runtime, time.isBroken());
        if (error != null) {
            throw error;
        }
    }
}
