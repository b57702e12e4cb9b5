package dev.vloop.testkit;

import static java.util.Objects.requireNonNull;

import dev.vloop.vthreads.VirtualLoops;
import java.time.Instant;
import java.util.function.Consumer;

/** Collects the settings of a runtime in virtual time. Used by one thread. */
final class TestLoopsBuilder implements TestLoops.Builder {
    private HostSettings settings = HostSettings.DEFAULT;
    private Consumer<? super VirtualLoops.Builder> runtime = builder -> {};

    @Override
    public TestLoops.Builder startAt(Instant instant) {
        settings = settings.withOrigin(requireNonNull(instant, "instant"));
        return this;
    }

    @Override
    public TestLoops.Builder settings(Consumer<? super VirtualLoops.Builder> more) {
        Consumer<? super VirtualLoops.Builder> before = runtime;
        requireNonNull(more, "settings");
        runtime = builder -> {
            before.accept(builder);
            more.accept(builder);
        };
        return this;
    }

    @Override
    public TestLoops create() {
        VirtualHost host = new CooperativeHost(settings);
        VirtualLoops.Builder builder = VirtualLoops.builder().host(host);
        runtime.accept(builder);
        return new VirtualTestLoops(host, builder.create());
    }
}
