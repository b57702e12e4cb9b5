package dev.vloop.testkit;

import static java.util.Objects.requireNonNull;

import dev.vloop.Loop;
import dev.vloop.LoopBuilder;
import dev.vloop.LoopClock;
import dev.vloop.LoopEnd;
import dev.vloop.LoopRuntime;
import dev.vloop.internal.Arguments;
import dev.vloop.internal.DurationText;
import dev.vloop.spi.Host;
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

/** A runtime on a virtual host. It refuses wrong arguments, and tells what goes wrong together with the timeline. */
final class VirtualTestLoops implements TestLoops {
    private final VirtualHost host;
    private final LoopRuntime runtime;
    private final Recorder recorder;
    private final EngineChoice choice;
    private final EndCheck check;
    private final TestThread thread;

    /** What {@link #shutdownOnExit} was asked to do. */
    private final List<Runnable> exits = new ArrayList<>();

    /** Whether the test was told that its time cannot go on. */
    private boolean broken;

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
        return FailureNotes.of(host, thrown);
    }

    /** Runs a part of the test on the calling thread, which is the test's thread meanwhile. */
    <T extends @Nullable Object, X extends Throwable> T here(TestThread.Part<T, X> part)
            throws X, InterruptedException {
        return thread.run(part);
    }

    @Override
    public Loop get(String name) {
        Loop loop = runtime.find(name);
        if (loop == null) {
            throw failure("no loop '" + name + "'; there are " + FindingText.names(runtime.loops()), null);
        }
        return loop;
    }

    @Override
    public void settle() {
        moveTo(host.nanoTime());
    }

    private void moveTo(long nanos) {
        try {
            host.advanceTo(nanos);
        } catch (VirtualTimeError e) {
            throw cannotGoOn(e);
        }
    }

    /** {@return the same error with the timeline} */
    private AssertionError cannotGoOn(VirtualTimeError e) {
        broken |= !e.leavesOrder();
        return failure(e.getMessage(), e);
    }

    private AssertionError failure(String message, @Nullable Throwable cause) {
        String first = message.lines().findFirst().orElse("");
        return new LoopTestError(message + "\n" + recorder.timeline().failedWith(first), cause);
    }

    @Override
    public void advance(Duration duration) {
        moveTo(after(duration, "duration"));
    }

    private long after(Duration duration, String what) {
        if (requireNonNull(duration, what).isNegative()) {
            throw new IllegalArgumentException(what + " must not be negative: " + duration);
        }
        return Math.addExact(host.nanoTime(), duration.toNanos());
    }

    @Override
    public void advanceTo(Instant instant) {
        Duration left = Duration.between(host.instant(), requireNonNull(instant, "instant"));
        if (left.isNegative()) {
            throw new IllegalArgumentException(
                    "instant to advance to has passed: " + instant + ", it is " + host.instant());
        }
        advance(left);
    }

    @Override
    public void advanceToNext() {
        settle();
        long next = host.nextDeadline();
        if (next == Host.NEVER) {
            throw new IllegalStateException("nothing is due, ever; loops: " + runtime.loops());
        }
        moveTo(next);
    }

    @Override
    public void runUntil(BooleanSupplier condition, Duration atMost) {
        requireNonNull(condition, "condition");
        long limit = after(atMost, "atMost");
        settle();
        while (!condition.getAsBoolean()) {
            long next = host.nextDeadline();
            if (next > limit) {
                moveTo(limit);
                if (condition.getAsBoolean()) {
                    return;
                }
                throw failure(
                        "the condition does not hold after " + DurationText.inShort(atMost) + "; loops: "
                                + runtime.loops(),
                        null);
            }
            moveTo(next);
        }
    }

    @Override
    public LoopEnd awaitEnd(Loop loop) {
        requireNonNull(loop, "loop");
        try {
            return loop.join();
        } catch (InterruptedException e) {
            throw new AssertionError("the test's thread was interrupted", e);
        } catch (VirtualTimeError e) {
            throw neverEnds(loop, e);
        } finally {
            recorder.see(loop);
        }
    }

    private AssertionError neverEnds(Loop loop, VirtualTimeError e) {
        return switch (e.kind()) {
            case RUNAWAY ->
                failure(
                        "loop '" + loop.name() + "' never ends by itself: stop it or give it a count; without end are "
                                + FindingText.names(recorder.running()),
                        e);
            case DEADLOCK ->
                failure(
                        loop + " will never end: nothing is due that could wake it; resume it, stop it, or see what"
                                + " its body waits for\n" + e.getMessage(),
                        e);
            default -> cannotGoOn(e);
        };
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
        after(duration, "duration");
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
        return runtime.find(name);
    }

    @Override
    public List<Loop> loops() {
        return runtime.loops();
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
                throw cannotGoOn(e);
            }
            throw failure(
                    FindingText.names(recorder.running()) + " never end by themselves: stop them or give them a count",
                    e);
        }
    }

    @Override
    public boolean join(Duration timeout) throws InterruptedException {
        try {
            return runtime.join(timeout);
        } catch (VirtualTimeError e) {
            throw cannotGoOn(e);
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
        AssertionError error = check.end(runtime, broken);
        if (error != null) {
            throw error;
        }
    }
}
