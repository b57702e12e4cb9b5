package dev.vloop.vthreads;

import dev.vloop.Loop;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which loop of a runtime holds which name. */
final class LoopNames {
    /** The registry's lock. Its comment says what must not be done while it is held. */
    private final SpinLock lock;

    /** Who holds each name, the newest last. Guarded by the lock. */
    private final Map<String, VirtualLoop> holders = new LinkedHashMap<>();

    LoopNames(SpinLock lock) {
        this.lock = lock;
    }

    // ---- for the registry, which holds the lock

    @Nullable
    VirtualLoop holder(String name) {
        return holders.get(name);
    }

    /** The loop gets its name. If another loop that is running has it, this throws, and nothing changes. */
    void claim(VirtualLoop loop) {
        VirtualLoop holder = holders.get(loop.name());
        if (holder == loop) {
            return;
        }
        if (holder != null && holder.isRunning()) {
            throw LoopView.alreadyRunning(holder);
        }
        holders.remove(loop.name()); // so that the new one comes last
        holders.put(loop.name(), loop);
    }

    /** Undoes a {@link #claim}. */
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

    /** Forgets all names. */
    void clear() {
        lock.lock();
        try {
            holders.clear();
        } finally {
            lock.unlock();
        }
    }
}
