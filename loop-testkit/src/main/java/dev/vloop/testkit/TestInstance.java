package dev.vloop.testkit;

import static java.util.Objects.requireNonNull;

import dev.vloop.ClusterStatus;
import dev.vloop.LoopRuntime;
import dev.vloop.spi.Cluster;
import dev.vloop.spi.ClusterPosition;
import dev.vloop.spi.ClusterTurn;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One instance of a {@link TestCluster}. As long as it lives, it passes on to the store what its loops do. */
final class TestInstance implements Cluster {
    final InstanceHost host;
    private final String name;
    private final ClusterStore store;

    /** Set once, before the instance is used. */
    @Nullable
    LoopRuntime runtime;

    /** Guarded by the store's lock. */
    private boolean dead;

    TestInstance(String name, InstanceHost host, ClusterStore store) {
        this.name = name;
        this.host = host;
        this.store = store;
    }

    LoopRuntime runtime() {
        return requireNonNull(runtime, "not created");
    }

    @Override
    public String instance() {
        return name;
    }

    boolean isDead() {
        return dead;
    }

    /** {@return whether it hears and is heard} */
    boolean isReachable() {
        return !dead && !host.isPaused();
    }

    void die() {
        store.locked(() -> dead = true);
    }

    void pause(Duration duration) {
        host.pause(host.nanoTime() + duration.toNanos());
        store.lookAgainAfter(duration);
    }

    @Override
    public Member join(Candidate candidate) {
        Part part = new Part(candidate);
        store.join(part);
        return part;
    }

    @Override
    public void close() {
        die();
    }

    /** A run of this instance in its cluster. */
    final class Part implements Member {
        final Candidate candidate;

        private Part(Candidate candidate) {
            this.candidate = candidate;
        }

        TestInstance instance() {
            return TestInstance.this;
        }

        @Override
        public void done(ClusterTurn turn, ClusterPosition next) {
            store.end(this, turn, next, turn.triggered());
        }

        @Override
        public void cut(ClusterTurn turn) {
            ClusterPosition next =
                    turn.triggered() ? turn.position() : turn.position().afterCut(candidate.cut());
            store.end(this, turn, next, turn.triggered());
        }

        @Override
        public void giveBack(ClusterTurn turn) {
            store.end(this, turn, turn.position(), false);
        }

        @Override
        public void look() {
            store.lookAt(candidate.name());
        }

        @Override
        public void trigger() {
            store.trigger(this);
        }

        @Override
        public void changed() {
            store.changed(this);
        }

        @Override
        public ClusterStatus status() {
            return store.status(this);
        }

        @Override
        public void leave() {
            store.leave(this);
        }
    }
}
