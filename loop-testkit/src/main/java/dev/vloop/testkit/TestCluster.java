package dev.vloop.testkit;

import static dev.vloop.internal.Arguments.notBlank;
import static dev.vloop.internal.Arguments.notNegative;
import static dev.vloop.internal.Arguments.notNull;
import static dev.vloop.internal.Arguments.positive;

import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import dev.vloop.spi.Cluster;
import dev.vloop.testkit.engine.VirtualHost;
import dev.vloop.vthreads.VirtualLoops;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Several instances of a program on the virtual time of one test, with a cluster in memory. The test starts the same loops on each
 * instance, and does to the instances what happens to real ones: it kills them, suspends them, sets their clocks wrong, or takes the
 * cluster's store away.
 *
 * <pre>{@code
 * TestCluster cluster = TestCluster.on(loops);
 * Digest.start(cluster.instance("a"));
 * Digest.start(cluster.instance("b"));
 * loops.advance(Duration.ofHours(1));
 * cluster.kill("a");
 * }</pre>
 *
 * <p>The end of the test's {@link TestLoops} ends all instances. Only the test's thread uses a cluster.
 */
public final class TestCluster {
    private static final Duration LEASE = Duration.ofSeconds(2);

    private final VirtualTestLoops loops;
    private final ClusterStore store;

    /** By name; an instance that was killed is gone. */
    private final Map<String, TestInstance> instances = new LinkedHashMap<>();

    private TestCluster(VirtualTestLoops loops, Duration lease) {
        this.loops = loops;
        store = new ClusterStore(loops.host(), lease);
    }

    /**
     * Makes a cluster whose leases are 2 s long.
     *
     * @param loops the test's
     * @return the cluster, without instances
     */
    public static TestCluster on(TestLoops loops) {
        return on(loops, LEASE);
    }

    /**
     * Makes a cluster.
     *
     * @param loops the test's
     * @param lease how long an instance keeps a slot when nothing is heard of it
     * @return the cluster, without instances
     * @throws IllegalArgumentException if the lease is not positive, or these are not the loops of a test that is under way
     */
    public static TestCluster on(TestLoops loops, Duration lease) {
        VirtualTestLoops own = OpenLoops.itself(notNull(loops, "loops"));
        if (own == null) {
            throw new IllegalArgumentException(
                    "loops must be made by TestLoops, for a test that is under way, but are " + loops);
        }
        return new TestCluster(own, positive(lease, "lease"));
    }

    /** {@return a cluster of one instance, which does not fail} */
    static Cluster ofOne(VirtualHost host) {
        return new TestInstance("test", new InstanceHost(host), new ClusterStore(host, LEASE));
    }

    /**
     * Starts an instance.
     *
     * @param name its name; the name of one that was killed may be used again
     * @return its runtime
     * @throws IllegalArgumentException if there is an instance of that name
     */
    public LoopRuntime instance(String name) {
        return instance(name, builder -> {});
    }

    /**
     * Starts an instance with settings of its own.
     *
     * @param name its name; the name of one that was killed may be used again
     * @param settings is called once, during this call
     * @return its runtime
     * @throws IllegalArgumentException if there is an instance of that name
     */
    public LoopRuntime instance(String name, Consumer<? super VirtualLoops.Builder> settings) {
        if (instances.containsKey(notBlank(name, "name"))) {
            throw new IllegalArgumentException("name must not be that of an instance that lives: " + name);
        }
        InstanceHost host = new InstanceHost(loops.host());
        TestInstance instance = new TestInstance(name, host, store);
        VirtualLoops.Builder builder = VirtualLoops.builder()
                .name(name)
                .host(host)
                .listener(loops.recorder())
                .cluster(instance);
        notNull(settings, "settings").accept(builder);
        instance.runtime = builder.create();
        instances.put(name, instance);
        loops.add(instance.runtime());
        return instance.runtime;
    }

    private TestInstance find(String name) {
        TestInstance instance = instances.get(notNull(name, "name"));
        if (instance == null) {
            throw new IllegalArgumentException("name must be that of an instance that lives: " + name);
        }
        return instance;
    }

    /**
     * Kills an instance: the cluster hears nothing of it any more. Java cannot end a thread, so a body that is running is interrupted. A
     * killed process would not do what the body and {@code afterLoop} still do after that.
     *
     * @param name the instance's
     * @throws IllegalArgumentException if there is no such instance
     */
    public void kill(String name) {
        TestInstance instance = find(name);
        instances.remove(name);
        instance.die();
        instance.runtime().loops().forEach(Loop::cancel);
    }

    /**
     * Suspends an instance. Its threads that wait go on when the time is over, whatever they wait for.
     *
     * @param name the instance's
     * @param duration how long, from now on
     * @throws IllegalArgumentException if there is no such instance, or the duration is negative
     */
    public void pause(String name, Duration duration) {
        find(name).pause(notNegative(duration, "duration"));
    }

    /**
     * Sets an instance's wall clock wrong. The clock of the cluster is the one of the test.
     *
     * @param name the instance's
     * @param ahead how much later its clock shows than the cluster's; may be negative
     * @throws IllegalArgumentException if there is no such instance
     */
    public void skew(String name, Duration ahead) {
        find(name).host.skew(notNull(ahead, "ahead"));
    }

    /**
     * Takes the cluster's store away from all instances.
     *
     * @param duration how long, from now on
     * @throws IllegalArgumentException if it is negative
     */
    public void storeDown(Duration duration) {
        store.down(notNegative(duration, "duration"));
    }
}
