package dev.vloop.vthreads;

import static dev.vloop.internal.Arguments.notBlank;
import static dev.vloop.internal.Arguments.notNegative;
import static dev.vloop.internal.Arguments.notNull;

import dev.vloop.LoopBuilder;
import dev.vloop.LoopListener;
import dev.vloop.LoopRuntime;
import dev.vloop.spi.Cluster;
import dev.vloop.spi.Host;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects the settings of a runtime. Used by one thread. */
final class RuntimeBuilder implements VirtualLoops.Builder {
    final List<LoopListener> listeners = new ArrayList<>();
    final OptionsBuilder defaults = new OptionsBuilder();
    String name = "loops";
    boolean keepAlive = true;
    Duration closeGrace = Duration.ZERO;

    /** Null for the real machine. A test in virtual time never needs that host, nor its timer. */
    private @Nullable Host replaced;

    /** Null for none. */
    @Nullable
    Cluster cluster;

    @Override
    public VirtualLoops.Builder name(String runtime) {
        name = notBlank(runtime, "name");
        return this;
    }

    @Override
    public VirtualLoops.Builder listener(LoopListener listener) {
        listeners.add(notNull(listener, "listener"));
        return this;
    }

    @Override
    public VirtualLoops.Builder defaults(Consumer<? super LoopBuilder> settings) {
        notNull(settings, "settings").accept(defaults);
        return this;
    }

    @Override
    public VirtualLoops.Builder keepAlive(boolean wanted) {
        keepAlive = wanted;
        return this;
    }

    @Override
    public VirtualLoops.Builder closeGrace(Duration grace) {
        closeGrace = notNegative(grace, "closeGrace");
        return this;
    }

    @Override
    public VirtualLoops.Builder cluster(Cluster shared) {
        cluster = notNull(shared, "cluster");
        return this;
    }

    @Override
    public VirtualLoops.Builder host(Host host) {
        replaced = notNull(host, "host");
        return this;
    }

    Host host() {
        return replaced == null ? SystemHost.SHARED : replaced;
    }

    @Override
    public LoopRuntime create() {
        return new VirtualLoopRuntime(this);
    }
}
