package dev.vloop.testkit.engine;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The external work that is under way. While there is any, time stands still. Any thread may use it. */
final class ExternalWork {
    private final Set<Piece> pieces = ConcurrentHashMap.newKeySet();

    /** The number of pieces: cheaper to ask than the set, and asked at each step. */
    private final AtomicInteger count = new AtomicInteger();

    /** Work begins on the calling thread. */
    Piece begin(String what) {
        return begin(what, Long.MAX_VALUE);
    }

    /** A thread outside begins work for the test. Time waits for it, but not longer than the limit. */
    Piece beginAside(Duration limit) {
        return begin("beside the test", limit.toNanos());
    }

    private Piece begin(String what, long longest) {
        Piece piece = new Piece(what, Thread.currentThread(), System.nanoTime(), longest);
        pieces.add(piece);
        count.incrementAndGet();
        return piece;
    }

    /** The work is over. A second call does nothing. */
    void end(Piece piece) {
        if (pieces.remove(piece)) {
            count.decrementAndGet();
        }
    }

    boolean isUnderWay() {
        if (count.get() == 0) {
            return false;
        }
        long now = System.nanoTime();
        for (Piece piece : pieces) {
            if (now - piece.since > piece.longest) {
                end(piece);
            }
        }
        return count.get() > 0;
    }

    /** {@return work that takes longer than the limit, null if there is none} */
    @Nullable
    Piece overdue(Duration limit) {
        long now = System.nanoTime();
        for (Piece piece : pieces) {
            if (now - piece.since > limit.toNanos()) {
                return piece;
            }
        }
        return null;
    }

    /** One piece of external work. Pieces are compared by identity, so this is not a record. */
    static final class Piece {
        /** Its name in reports. */
        final String what;

        /** The thread that does it. */
        final Thread thread;

        /** When it began, in the real nanoseconds of {@link System#nanoTime}. */
        final long since;

        /** For how many real nanoseconds time waits for it at most. */
        final long longest;

        Piece(String what, Thread thread, long since, long longest) {
            this.what = what;
            this.thread = thread;
            this.since = since;
            this.longest = longest;
        }
    }
}
