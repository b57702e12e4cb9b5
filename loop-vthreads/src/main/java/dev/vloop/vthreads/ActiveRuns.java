package dev.vloop.vthreads;

import dev.vloop.LoopEnd;
import dev.vloop.spi.Host;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a runtime that have begun and not ended, and who waits for their ends. The registry adds and removes them; all else may be
 * called from any thread.
 */
final class ActiveRuns {
    private final Host host;

    /** The registry's lock. Its comment says what must not be done while it is held. */
    private final SpinLock lock;

    /** Guarded by the lock. */
    private final RunList runs = new RunList();

    /** Runs that begin when another one, the key, is over; null while there are none. Guarded by the lock. */
    private @Nullable Map<Run, Run> successors;

    /** Who waits until few enough runs are left. Guarded by the lock. */
    private final Waiters waiters = new Waiters();

    /** How many runs will not end, so that nobody waits for them. Guarded by the lock. */
    private int willNotEnd;

    /** Until when a shutdown waits for iterations, as a monotonic time; {@code NEVER} while there is no shutdown. Read by any thread. */
    private volatile long graceEnd = Host.NEVER;

    ActiveRuns(Host host, SpinLock lock) {
        this.host = host;
        this.lock = lock;
    }

    // ---- for the registry, which holds the lock

    void add(Run run) {
        runs.add(run);
    }

    /** Adds a run that begins when another one is over, and those are over that wait for it already. */
    void addAfter(Run other, Run run) {
        Map<Run, Run> all = successors;
        if (all == null) {
            successors = all = new HashMap<>();
        }
        Run last = other;
        for (Run next = all.get(last); next != null; next = all.get(last)) {
            last = next;
        }
        all.put(last, run);
        runs.add(run);
    }

    /** {@return the run that is to begin now that this one is over; null if there is none} */
    @Nullable
    Run takeSuccessor(Run over) {
        Map<Run, Run> all = successors;
        if (all == null) {
            return null;
        }
        Run next = all.remove(over);
        if (all.isEmpty()) {
            successors = null;
        }
        return next;
    }

    /** The run is over, and its end is set. {@return who is to be woken, when the lock is free} */
    List<Thread> remove(Run run) {
        runs.remove(run);
        List<Thread> woken = new ArrayList<>(run.takeJoiners());
        if (runs.size() <= willNotEnd) {
            woken.addAll(waiters.takeAll());
        }
        return woken;
    }

    // ---- for any thread, without the lock

    /** {@return the runs that have begun and not ended, oldest first} */
    List<Run> toList() {
        lock.lock();
        try {
            return runs.toList();
        } finally {
            lock.unlock();
        }
    }

    /** {@return how the run has ended; null if the deadline came first} */
    @Nullable
    LoopEnd awaitEnd(Run run, long deadline) throws InterruptedException {
        joiners(run).await(host, lock, () -> run.end() != null, deadline);
        LoopEnd end = run.end();
        if (end != null) {
            host.joined(end);
        }
        return end;
    }

    private Waiters joiners(Run run) {
        lock.lock();
        try {
            return run.joiners();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all of these runs have ended; false if the deadline comes first. */
    boolean awaitEndsOf(List<Run> some, long deadline) throws InterruptedException {
        for (Run run : some) {
            if (run.end() == null && !joiners(run).await(host, lock, () -> run.end() != null, deadline)) {
                return false;
            }
        }
        return true;
    }

    /** Waits until no more runs than this are left; false if the deadline comes first. */
    boolean awaitAtMost(int left, long deadline) throws InterruptedException {
        return waiters.await(host, lock, () -> runs.size() <= left, deadline);
    }

    /** Those who wait for the last runs need not wait for this many. */
    void expectNoEndOf(int count) {
        lock.lock();
        try {
            willNotEnd = count;
        } finally {
            lock.unlock();
        }
    }

    /** Sets until when a shutdown waits, as a monotonic time; {@code NEVER} when none does. */
    void setGraceEnd(long deadline) {
        graceEnd = deadline;
    }

    /** {@return whether a shutdown will not wait until this monotonic time} */
    boolean graceEndsBefore(long deadline) {
        return deadline > graceEnd;
    }
}
