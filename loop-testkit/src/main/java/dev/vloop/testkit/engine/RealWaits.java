package dev.vloop.testkit.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The timed waits of the JDK on threads of an exact test. From JDK 24 on the JDK tells how long a thread waits: the wait then ends at the
 * virtual time at which it should, though not before its real time is over. On older JDKs virtual time stands still while a thread is in
 * {@link Thread#sleep}. A wait that something else ends early is not reported to the test. Confined to the carrier, except where noted.
 */
final class RealWaits {
    /** How many waits are kept for the report. */
    private static final int REMEMBERED = 100;

    private final VirtualThreads virtualThreads;
    private final ExactTimers timers;

    /** The waits that took their whole time. */
    private final List<RealWait> ended = new ArrayList<>();

    /** How many threads hold time, since they are in a wait whose length this JDK does not tell. */
    private int holding;

    RealWaits(VirtualThreads virtualThreads, ExactTimers timers) {
        this.virtualThreads = virtualThreads;
        this.timers = timers;
    }

    /** {@return whether this is the name of the JDK's thread that ends timed waits} Any thread may call it. */
    static boolean endsWaits(String waker) {
        return waker.startsWith("VirtualThread-unparker");
    }

    /** A thread has blocked in a timed wait. At the wait's virtual end {@code fired} is called. */
    void begin(ExactNode node, Consumer<RealTimer> fired) {
        long timeout = virtualThreads.timeoutOf(node.thread());
        if (timeout >= 0) {
            node.realTimer = new RealTimer(timers.now(), timeout, node, fired);
            timers.add(node.realTimer);
        } else if (Frames.isRealSleep(node.thread().getStackTrace())) {
            remember(node);
            node.holdsTime = true;
            holding++;
        }
    }

    /** A thread goes on, for whatever reason. Nothing happens if it was in no timed wait. */
    void end(ExactNode node) {
        RealTimer timer = node.realTimer;
        if (timer != null) {
            timers.remove(timer);
            node.realTimer = null;
        }
        node.timedOut = false;
        if (node.holdsTime) {
            node.holdsTime = false;
            holding--;
        }
    }

    /** {@return whether time must stand still} */
    boolean holdTime() {
        return holding > 0;
    }

    /** The thread's wait took its whole time. */
    void remember(ExactNode node) {
        if (ended.size() < REMEMBERED) {
            ended.add(new RealWait(
                    node.thread().getName(), timers.now(), List.of(node.thread().getStackTrace())));
        }
    }

    List<RealWait> all() {
        return List.copyOf(ended);
    }
}
