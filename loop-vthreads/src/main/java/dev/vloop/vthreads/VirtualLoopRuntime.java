package dev.vloop.vthreads;

import static dev.vloop.internal.Arguments.notBlank;
import static dev.vloop.internal.Arguments.notNegative;
import static dev.vloop.internal.Arguments.notNull;

import dev.vloop.Loop;
import dev.vloop.LoopBuilder;
import dev.vloop.LoopRuntime;
import dev.vloop.LoopStatus;
import dev.vloop.spi.Cluster;
import dev.vloop.spi.Host;
import dev.vloop.vthreads.scopes.TaskScopes;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A runtime: it holds the parts that its loops share, and passes each call on to the part that it concerns. */
final class VirtualLoopRuntime implements LoopRuntime {
    private final String name;
    private final Host host;
    private final RuntimeClock clock;
    private final Events events;

    /** The cluster of this instance; null if it has none. */
    private final @Nullable Cluster cluster;

    /** The options that every loop begins with. */
    private final OptionsBuilder defaults;

    private final LoopRegistry registry;
    private final Shutdown shutdown;
    private final WallClockWatch wallClockWatch;

    VirtualLoopRuntime(RuntimeBuilder settings) {
        name = settings.name;
        host = settings.host();
        cluster = settings.cluster;
        clock = new RuntimeClock(host);
        events = new Events(settings.listeners);
        if (host instanceof SystemHost) {
            TaskScopes.require();
        } else {
            TaskScopes.shared(); // on a virtual host, no thread of a loop could wait for the choice
        }
        defaults = settings.defaults.snapshot();
        KeepAlive keepAlive = new KeepAlive(name, settings.keepAlive && host instanceof SystemHost);
        Supervisor supervisor = new Supervisor(this);
        registry = new LoopRegistry(this, keepAlive, supervisor);
        shutdown = new Shutdown(this, registry, supervisor, settings.closeGrace);
        wallClockWatch = new WallClockWatch(this);
    }

    // ---- for the engine

    Host host() {
        return host;
    }

    Events events() {
        return events;
    }

    @Nullable
    Cluster cluster() {
        return cluster;
    }

    LoopRegistry registry() {
        return registry;
    }

    WallClockWatch wallClockWatch() {
        return wallClockWatch;
    }

    /** Any thread. On the real machine, it may wait for the choice of scopes. */
    TaskScopes scopes() {
        return TaskScopes.shared();
    }

    boolean isClosing() {
        return registry.isClosing();
    }

    /** The thread of an exit hook. */
    void shutdownAtExit(Duration grace) {
        shutdown.shutdownAtExit(grace);
    }

    // ---- for users

    @Override
    public String name() {
        return name;
    }

    @Override
    public LoopBuilder loop(String loop) {
        return defaults.forLoop(notBlank(loop, "name"), this);
    }

    @Override
    public @Nullable Loop find(String loop) {
        return registry.names().find(notNull(loop, "name"));
    }

    @Override
    public List<Loop> loops() {
        return registry.names().loops();
    }

    @Override
    public List<LoopStatus> completed() {
        return registry.names().completed();
    }

    @Override
    public RuntimeClock clock() {
        return clock;
    }

    @Override
    public void join() throws InterruptedException {
        StackRoom.require();
        shutdown.join(Host.NEVER);
    }

    @Override
    public boolean join(Duration timeout) throws InterruptedException {
        StackRoom.require();
        return shutdown.join(Nanos.plus(host.nanoTime(), Nanos.of(notNegative(timeout, "timeout"))));
    }

    @Override
    public List<Loop> stopAll(Duration grace) {
        StackRoom.require();
        return shutdown.stopAll(notNegative(grace, "grace"));
    }

    @Override
    public List<Loop> shutdown(Duration grace) {
        StackRoom.require();
        return shutdown.shutdown(notNegative(grace, "grace"));
    }

    @Override
    public void close() {
        StackRoom.require();
        shutdown.close();
    }

    @Override
    public void shutdownOnExit(Duration grace, Runnable then) {
        StackRoom.require();
        shutdown.onExit(notNegative(grace, "grace"), notNull(then, "then"));
    }

    @Override
    public String toString() {
        return "runtime '" + name + "'";
    }
}
