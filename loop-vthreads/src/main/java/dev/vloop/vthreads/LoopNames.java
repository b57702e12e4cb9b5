package dev.vloop.vthreads;

import dev.vloop.Loop;
import dev.vloop.LoopStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which loop of a runtime holds which name, and the last status of loops that have completed. */
final class LoopNames {
    /** The registry's lock. Its comment says what must not be done while it is held. */
    private final SpinLock lock;

    /** How many loops that have completed are shown. */
    private static final int MOST_COMPLETED = 100;

    /** Who holds each name, the newest last. Guarded by the lock. */
    private final Map<String, VirtualLoop> holders = new LinkedHashMap<>();

    /** The last of the loops that have completed and lost their names, the newest last; null if none has. Guarded by the lock. */
    private @Nullable Map<String, LoopStatus> completed;

    LoopNames(SpinLock lock) {
        this.lock = lock;
    }

    // ---- for the registry, which holds the lock

    @Nullable
    VirtualLoop holder(String name) {
        return holders.get(name);
    }

    /** {@return another loop that has the loop's name and is running; null if there is none} */
    @Nullable
    VirtualLoop runningHolder(VirtualLoop loop) {
        VirtualLoop holder = holders.get(loop.name());
        return holder != null && holder != loop && holder.isRunning() ? holder : null;
    }

    /** The loop gets its name, whoever has it. */
    void give(VirtualLoop loop) {
        if (holders.get(loop.name()) != loop) {
            holders.remove(loop.name()); // so that the new one comes last
            holders.put(loop.name(), loop);
            if (completed != null) {
                completed.remove(loop.name());
            }
        }
    }

    /** Undoes {@link #give}. */
    void giveBack(VirtualLoop loop, @Nullable VirtualLoop holderBefore) {
        if (holderBefore != loop && holders.remove(loop.name(), loop) && holderBefore != null) {
            holders.put(loop.name(), holderBefore);
        }
    }

    /** The loop loses its name, if it has it. */
    void free(VirtualLoop loop) {
        holders.remove(loop.name(), loop);
    }

    /** {@return whether no other loop has the loop's name} */
    boolean isFreeFor(VirtualLoop loop) {
        VirtualLoop holder = holders.get(loop.name());
        return holder == null || holder == loop;
    }

    // ---- for any thread, without the lock

    @Nullable
    Loop find(String name) {
        lock.lock();
        try {
            return holders.get(name);
        } finally {
            lock.unlock();
        }
    }

    /** {@return all loops that have their names, the oldest first; a copy} */
    List<Loop> loops() {
        lock.lock();
        try {
            return List.copyOf(holders.values());
        } finally {
            lock.unlock();
        }
    }

    /** Keeps the last status of a loop that has completed and lost its name. If somebody else has the name by now, it is not shown. */
    void keep(LoopStatus last) {
        lock.lock();
        try {
            Map<String, LoopStatus> all = completed;
            if (all == null) {
                completed = all = new LinkedHashMap<>();
            }
            all.remove(last.name()); // so that it comes last
            all.put(last.name(), last);
            if (all.size() > MOST_COMPLETED) {
                all.remove(all.keySet().iterator().next());
            }
        } finally {
            lock.unlock();
        }
    }

    /** {@return the last status of the loops that have completed and whose names nobody has, oldest first; a copy} */
    List<LoopStatus> completed() {
        lock.lock();
        try {
            List<LoopStatus> all = new ArrayList<>();
            if (completed != null) {
                completed.forEach((name, last) -> {
                    if (!holders.containsKey(name)) {
                        all.add(last);
                    }
                });
            }
            return List.copyOf(all);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets all names. */
    void clear() {
        lock.lock();
        try {
            holders.clear();
            completed = null;
        } finally {
            lock.unlock();
        }
    }
}
