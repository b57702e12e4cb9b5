package dev.vloop.testkit;

import dev.vloop.ClusterStatus;
import dev.vloop.spi.ClusterPosition;
import dev.vloop.spi.ClusterTurn;
import dev.vloop.testkit.TestInstance.Part;
import dev.vloop.testkit.engine.VirtualHost;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The store of a {@link TestCluster}: a row for each loop, changed by compare-and-set on its token. Its clock is the wall clock of the test.
 * Any thread of the test may use it. Its lock is held for a few lines that do not wait.
 */
final class ClusterStore {
    private final VirtualHost host;
    private final Duration lease;
    private final Object lock = new Object();

    /** By the loop's name. Guarded by the lock, as all that follows. */
    private final Map<String, ClusterRow> rows = new LinkedHashMap<>();

    /** What instances have said while the store was away, or while they were suspended. */
    private final List<Said> unheard = new ArrayList<>();

    /** Until when the store is away, as a monotonic time. */
    private long downUntil;

    ClusterStore(VirtualHost host, Duration lease) {
        this.host = host;
        this.lease = lease;
    }

    /** The end of a claim, as its holder has reported it. */
    private record Said(Part part, ClusterTurn turn, ClusterPosition next, boolean answersTrigger) {}

    void locked(Runnable change) {
        synchronized (lock) {
            change.run();
        }
    }

    // ---- for instances

    void join(Part part) {
        synchronized (lock) {
            Instant start = host.instant().plus(part.candidate.initialDelay());
            ClusterRow row =
                    rows.computeIfAbsent(part.candidate.name(), name -> new ClusterRow(ClusterPosition.first(start)));
            row.parts.add(part);
            assign(row);
        }
    }

    void leave(Part part) {
        synchronized (lock) {
            ClusterRow row = row(part);
            row.parts.remove(part);
            row.untold.remove(part);
        }
    }

    private ClusterRow row(Part part) {
        ClusterRow row = rows.get(part.candidate.name());
        if (row == null) {
            throw new AssertionError("not joined");
        }
        return row;
    }

    /** A claim ends. Who is suspended, or finds the store away, is heard later. */
    void end(Part part, ClusterTurn turn, ClusterPosition next, boolean answersTrigger) {
        synchronized (lock) {
            Said said = new Said(part, turn, next, answersTrigger);
            if (isDown() || !part.instance().isReachable()) {
                unheard.add(said);
            } else {
                hear(said);
            }
        }
    }

    /** The compare-and-set: a claim that is not the last one changes nothing. */
    private void hear(Said said) {
        ClusterRow row = row(said.part);
        if (said.part.instance().isDead() || row.holder != said.part || row.token != said.turn.token()) {
            return;
        }
        row.position = said.next;
        row.holder = null;
        if (said.answersTrigger) {
            row.triggered = null;
        }
        assign(row);
    }

    void lookAt(String loop) {
        synchronized (lock) {
            ClusterRow row = rows.get(loop);
            if (row != null) {
                assign(row);
            }
        }
    }

    void trigger(Part part) {
        synchronized (lock) {
            ClusterRow row = row(part);
            if (row.triggered == null) {
                row.triggered = host.instant();
            }
            assign(row);
        }
    }

    /** A position that somebody has is computed by its holder, at the end of the iteration. */
    void changed(Part part) {
        synchronized (lock) {
            ClusterRow row = row(part);
            if (row.holder == null) {
                row.position = part.candidate.reschedule(row.position, host.instant());
                assign(row);
            }
        }
    }

    ClusterStatus status(Part part) {
        synchronized (lock) {
            ClusterRow row = row(part);
            Part holder = row.holder;
            return new ClusterStatus(
                    part.instance().instance(),
                    row.position.next(),
                    holder == null ? null : holder.instance().instance(),
                    row.token,
                    host.instant());
        }
    }

    // ---- for the test

    void down(Duration duration) {
        synchronized (lock) {
            downUntil = host.nanoTime() + duration.toNanos();
        }
        lookAgainAfter(duration);
    }

    /** When the store is back, or an instance goes on. */
    void lookAgainAfter(Duration duration) {
        host.alarm(host.nanoTime() + duration.toNanos(), this::lookAgain);
    }

    private void lookAgain() {
        synchronized (lock) {
            List<Said> said = List.copyOf(unheard);
            unheard.clear();
            said.forEach(one -> end(one.part, one.turn, one.next, one.answersTrigger));
            rows.values().forEach(row -> {
                row.untold.entrySet().removeIf(lost -> tellLost(lost.getKey(), lost.getValue()));
                checkLease(row, row.token);
                assign(row);
            });
        }
    }

    private static boolean tellLost(Part part, long token) {
        if (!part.instance().isReachable()) {
            return part.instance().isDead();
        }
        part.candidate.lost(token);
        return true;
    }

    // ---- claims; the lock is held

    private boolean isDown() {
        return host.nanoTime() < downUntil;
    }

    /** Lets one of those who would take the row have it, if it is due and nobody has it. */
    private void assign(ClusterRow row) {
        if (isDown() || row.holder != null) {
            return;
        }
        Instant now = host.instant();
        Duration left = Duration.between(now, row.due());
        if (left.isPositive()) {
            wakeAt(row, host.nanoTime() + left.toNanos());
            return;
        }
        List<Part> parts = new ArrayList<>(row.parts);
        while (!parts.isEmpty()) {
            Part part = parts.remove(host.random().nextInt(parts.size()));
            if (part.instance().isReachable() && claim(row, part, now)) {
                return;
            }
        }
    }

    /** Looks at the row again at its time. Only the alarm that was set last counts. */
    private void wakeAt(ClusterRow row, long time) {
        if (row.wakeAt == time) {
            return;
        }
        row.wakeAt = time;
        host.alarm(time, () -> {
            synchronized (lock) {
                if (row.wakeAt == time) {
                    row.wakeAt = -1;
                    assign(row);
                }
            }
        });
    }

    private boolean claim(ClusterRow row, Part part, Instant now) {
        long token = row.token + 1;
        row.holder = part;
        row.token = token;
        row.leaseEnd = host.nanoTime() + lease.toNanos();
        if (!part.candidate.offer(new ClusterTurn(row.position, now, token, row.triggered != null))) {
            row.holder = null;
            return false;
        }
        heartbeat(row, token);
        return true;
    }

    private void heartbeat(ClusterRow row, long token) {
        host.alarm(host.nanoTime() + lease.toNanos() / 4, () -> {
            synchronized (lock) {
                if (checkLease(row, token)) {
                    heartbeat(row, token);
                }
            }
        });
    }

    /** {@return whether the claim goes on} */
    private boolean checkLease(ClusterRow row, long token) {
        Part holder = row.holder;
        if (holder == null || row.token != token) {
            return false;
        }
        long now = host.nanoTime();
        boolean reachable = holder.instance().isReachable();
        if (reachable && !isDown() && now < row.leaseEnd) {
            row.leaseEnd = now + lease.toNanos();
            return true;
        }
        if (now < row.leaseEnd) {
            return true;
        }
        if (reachable) {
            holder.candidate.lost(token); // it cannot be sure of its claim
        } else {
            row.untold.put(holder, token);
        }
        if (isDown()) {
            return true; // the row is as it was until the store is back
        }
        row.holder = null;
        if (row.triggered == null) {
            row.position = row.position.afterCut(holder.candidate.cut());
        }
        row.triggered = null; // an iteration that was asked for is over
        assign(row);
        return false;
    }
}
