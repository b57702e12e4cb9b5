package dev.vloop.testkit;

import dev.vloop.Loop;
import dev.vloop.LoopBuilder;
import dev.vloop.LoopClock;
import dev.vloop.LoopEnd;
import dev.vloop.LoopRuntime;
import dev.vloop.spi.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A runtime on a virtual host. */
final class VirtualTestLoops implements TestLoops {
    private final VirtualHost host;
    private final LoopRuntime runtime;
    private boolean closed;

    VirtualTestLoops(VirtualHost host, LoopRuntime runtime) {
        this.host = host;
        this.runtime = runtime;
    }

    @Override
    public Loop get(String name) {
        Loop loop = runtime.find(name);
        if (loop != null) return loop;
        throw new AssertionError("no loop '" + name + "'; there are "
                + runtime.loops().stream().map(Loop::name).toList());
    }

    @Override
    public void settle() {
        host.advanceTo(host.nanoTime());
    }

    @Override
    public void advance(Duration duration) {
        host.advanceTo(Math.addExact(host.nanoTime(), duration.toNanos()));
    }

    @Override
    public void advanceTo(Instant instant) {
        advance(Duration.between(host.instant(), instant));
    }

    @Override
    public void advanceToNext() {
        settle();
        long next = host.nextDeadline();
        if (next == Host.NEVER) throw new IllegalStateException("nothing is due, ever: " + runtime.loops());
        host.advanceTo(next);
    }

    @Override
    public void runUntil(BooleanSupplier condition, Duration atMost) {
        if (!moveUntil(condition, Math.addExact(host.nanoTime(), atMost.toNanos()))) {
            throw new AssertionError("the condition does not hold after " + atMost + "; loops: " + runtime.loops());
        }
    }

    private boolean moveUntil(BooleanSupplier condition, long limit) {
        settle();
        while (!condition.getAsBoolean()) {
            long next = host.nextDeadline();
            if (next > limit || next == Host.NEVER) {
                if (limit != Host.NEVER) host.advanceTo(limit);
                return condition.getAsBoolean();
            }
            host.advanceTo(next);
        }
        return true;
    }

    @Override
    public LoopEnd awaitEnd(Loop loop) {
        long limit = Math.addExact(host.nanoTime(), Duration.ofDays(366).toNanos());
        if (!moveUntil(() -> !loop.isRunning(), limit)) throw new AssertionError(loop + " does not end");
        try {
            return loop.join();
        } catch (InterruptedException e) {
            throw new AssertionError("the test's thread was interrupted", e);
        }
    }

    @Override
    public <T extends @Nullable Object> T external(String what, Callable<T> work) throws Exception {
        return host.external(what, work);
    }

    @Override
    public void moveWallClock(Duration by) {
        host.moveWallClock(by);
    }

    @Override
    public Duration elapsed() {
        return Duration.ofNanos(host.nanoTime());
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
        runtime.join();
    }

    @Override
    public List<Loop> shutdown(Duration grace) {
        return runtime.shutdown(grace);
    }

    @Override
    public void shutdownOnExit(Duration grace, Runnable then) {
        runtime.shutdownOnExit(grace, then);
    }

    @Override
    public void close() {
        if (closed) return;
        closed = true;
        try {
            runtime.close();
        } finally {
            host.close();
        }
    }
}
