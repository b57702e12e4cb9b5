package dev.vloop.vthreads;

import dev.vloop.LoopBuilder;
import dev.vloop.LoopListener;
import dev.vloop.LoopRuntime;
import dev.vloop.spi.Cluster;
import dev.vloop.spi.Host;
import dev.vloop.vthreads.scopes.TaskScopes;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Makes runtimes whose loops are virtual threads.
 *
 * <p>Each loop runs on a virtual thread of its own, named after it, and is a task of one structured scope per runtime, so that a
 * thread dump shows which loops a runtime has and what they have forked. The scope is the JDK's {@code StructuredTaskScope},
 * which is a preview API up to and including JDK 27: it is called without {@code --enable-preview}, and replaced by an
 * implementation on final APIs of the JDK where it is not as expected, or when the system property {@code vloop.scopes} is
 * {@code plain}. {@link #scopes()} tells which of them is in use.
 *
 * <p>All methods may be called from any thread. The log of a runtime is the {@link System.Logger} named {@code dev.vloop}.
 */
public final class VirtualLoops {
    private VirtualLoops() {}

    /**
     * {@return a new runtime with default settings}
     *
     * <p>Close it when its loops are to end, or {@linkplain LoopRuntime#join wait} for them.
     */
    public static LoopRuntime create() {
        return builder().create();
    }

    /** {@return a builder for a runtime with settings of its own} */
    public static Builder builder() {
        Warmup.begin();
        return new RuntimeBuilder();
    }

    /** {@return which scopes new runtimes use for their loops and forks, and why: a sentence for people} */
    public static String scopes() {
        return TaskScopes.shared().description();
    }

    /** The settings of a runtime, until it is created. Used by one thread. */
    public interface Builder {
        /**
         * Names the runtime in logs, thread dumps and messages; {@code loops} unless said.
         *
         * @param name not blank
         * @return this builder
         */
        Builder name(String name);

        /**
         * Adds a listener, which sees every event of every loop.
         *
         * @param listener is called on the threads of the loops
         * @return this builder
         */
        Builder listener(LoopListener listener);

        /**
         * Adds settings that every loop begins with: reactions, a backoff, hooks. What a loop is told itself comes after them.
         *
         * @param settings is called once, during this call; it cannot build a loop
         * @return this builder
         */
        Builder defaults(Consumer<? super LoopBuilder> settings);

        /**
         * Says whether running loops keep the JVM alive when {@code main} has returned; true unless said.
         *
         * @param keepAlive false to let the JVM end with loops running
         * @return this builder
         */
        Builder keepAlive(boolean keepAlive);

        /**
         * Sets the grace of {@link LoopRuntime#close}: with one, it does what {@link LoopRuntime#shutdown} does. Zero unless said, so that
         * it cancels at once. For frameworks that call {@code close()} themselves, such as Spring for a bean.
         *
         * @param grace how long iterations may go on; not negative
         * @return this builder
         * @throws IllegalArgumentException if the grace is negative
         */
        Builder closeGrace(Duration grace);

        /**
         * Gives the runtime a cluster, for loops that run {@link LoopBuilder#oncePerCluster}. Other loops are not affected. Close the
         * runtime before the cluster.
         *
         * @param cluster this instance's part of it
         * @return this builder
         */
        Builder cluster(Cluster cluster);

        /**
         * Replaces time, waiting, threads and chance all together, for tests; the real machine unless said. A replaced host does
         * not keep the JVM alive.
         *
         * @param host the host of the runtime
         * @return this builder
         */
        Builder host(Host host);

        /** {@return a new runtime with these settings; the builder may be used again} */
        LoopRuntime create();
    }
}
