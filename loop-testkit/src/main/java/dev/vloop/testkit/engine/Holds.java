package dev.vloop.testkit.engine;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The external work that is under way; while there is any, time stands still. Any thread may use it. */
final class Holds {
    private final Set<Hold> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger count = new AtomicInteger();

    Hold open(String what) {
        Hold hold = new Hold(what, Thread.currentThread(), System.nanoTime());
        open.add(hold);
        count.incrementAndGet();
        return hold;
    }

    void close(Hold hold) {
        if (open.remove(hold)) {
            count.decrementAndGet();
        }
    }

    boolean isOpen() {
        return count.get() > 0;
    }

    /** {@return work that takes longer than the limit, null if there is none} */
    @Nullable
    Hold overdue(Duration limit) {
        long now = System.nanoTime();
        for (Hold hold : open) {
            if (now - hold.since > limit.toNanos()) {
                return hold;
            }
        }
        return null;
    }

    /** One piece of external work; compared by identity. */
    static final class Hold {
        final String what;
        final Thread thread;
        final long since;

        Hold(String what, Thread thread, long since) {
            this.what = what;
            this.thread = thread;
            this.since = since;
        }
    }
}
