package dev.vloop.examples.cluster;

import dev.vloop.LoopRuntime;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.core.SimpleLock;

/** A loop on each instance, and a lock in its body. */
final class WithShedLock {
    private WithShedLock() {}

    /** What is sent to people. */
    interface Digest {
        void send() throws Exception;
    }

    static void start(LoopRuntime loops, LockProvider locks, ZoneId zone, Digest digest) {
        // region shedlock
        loops.loop("digest").dailyAt(zone, LocalTime.of(9, 0)).start(it -> {
            LockConfiguration once =
                    new LockConfiguration(Instant.now(), "digest", Duration.ofMinutes(5), Duration.ofMinutes(1));
            SimpleLock lock = locks.lock(once).orElse(null);
            if (lock != null) {
                try {
                    digest.send();
                } finally {
                    lock.unlock();
                }
            }
        });
        // end region
    }
}
