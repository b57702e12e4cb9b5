package dev.vloop.testkit;

import static dev.vloop.internal.Arguments.notNull;
import static dev.vloop.internal.Arguments.positive;

import dev.vloop.testkit.engine.HostSettings;
import dev.vloop.testkit.engine.TestWatch;
import dev.vloop.testkit.engine.VirtualHost;
import dev.vloop.vthreads.VirtualLoops;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Collects the settings of a runtime in virtual time, and puts its parts together. Not safe for threads. */
final class TestLoopsBuilder implements TestLoops.Builder {
    private HostSettings settings = HostSettings.DEFAULT;
    private Engine engine = Engine.AUTO;
    private boolean deep = true;

    /** Whether the runtime is the only instance of a cluster. */
    private boolean inCluster;

    private final Set<Finding> tolerated = EnumSet.noneOf(Finding.class);

    /** The settings of the runtime itself. */
    private Consumer<? super VirtualLoops.Builder> runtime = builder -> {};

    @Override
    public TestLoops.Builder startAt(Instant instant) {
        settings = settings.withOrigin(notNull(instant, "instant"));
        return this;
    }

    @Override
    public TestLoops.Builder settings(Consumer<? super VirtualLoops.Builder> more) {
        Consumer<? super VirtualLoops.Builder> before = runtime;
        notNull(more, "settings");
        runtime = builder -> {
            before.accept(builder);
            more.accept(builder);
        };
        return this;
    }

    @Override
    public TestLoops.Builder engine(Engine wanted) {
        engine = notNull(wanted, "engine");
        return this;
    }

    @Override
    public TestLoops.Builder deep(boolean wanted) {
        deep = wanted;
        return this;
    }

    @Override
    public TestLoops.Builder seed(long seed) {
        settings = settings.withSeed(seed);
        return this;
    }

    @Override
    public TestLoops.Builder tolerate(Finding... findings) {
        tolerated.addAll(List.of(findings));
        return this;
    }

    @Override
    public TestLoops.Builder patience(Duration patience) {
        settings = settings.withPatience(positive(patience, "patience"));
        return this;
    }

    @Override
    public TestLoops.Builder inCluster() {
        inCluster = true;
        return this;
    }

    /** Sets how long a test may wait without a limit, in virtual time and in switches of threads. */
    TestLoopsBuilder runaway(Duration time, long switches) {
        settings = settings.withRunaway(time, switches);
        return this;
    }

    /** Sets how many times threads may be switched at one instant, beside a hundred times for each thread. */
    TestLoopsBuilder switchLimit(long limit) {
        settings = settings.withSwitchLimit(limit);
        return this;
    }

    /** Sets for how long a thread may compute without ever waiting, in real time. */
    TestLoopsBuilder stall(Duration limit) {
        settings = settings.withStall(limit);
        return this;
    }

    @Override
    public TestLoops create() {
        VirtualLoops.Builder builder =
                VirtualLoops.builder(); // first: the JVM's first loop is prepared beside what follows
        EngineChoice choice = EngineChoice.of(engine, deep);
        VirtualHost host = choice.createHost(settings);
        Recorder recorder = new Recorder(host);
        host.onJoined(recorder::see);
        Recorders.add(recorder);
        builder.host(host).listener(recorder);
        runtime.accept(builder);
        if (inCluster) {
            builder.cluster(TestCluster.ofOne(host));
        }
        TestWatch watch = new TestWatch(host, settings);
        watch.start();
        EndCheck check = new EndCheck(host, recorder, tolerated, watch);
        TestThread thread = new TestThread(host, watch, settings.patience());
        return new VirtualTestLoops(host, builder.create(), recorder, choice, check, thread);
    }
}
