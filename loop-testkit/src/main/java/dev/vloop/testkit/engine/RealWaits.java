package dev.vloop.testkit.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The timed waits of the JDK on threads of the test. Where the JDK tells how long a thread waits (24 and later), the
 * wait ends at the virtual time at which it should, and not before its real time; where it does not, virtual time
 * stands still while a thread is in {@link Thread#sleep}. A wait that something else ends is none that the test has to
 * hear of. On the carrier.
 */
final class RealWaits {
    private static final int REMEMBERED = 100;

    private final VirtualThreads virtualThreads;
    private final ExactTimers timers;
    private final List<RealWait> ended = new ArrayList<>();
    private int holding;

    RealWaits(VirtualThreads virtualThreads, ExactTimers timers) {
        this.virtualThreads = virtualThreads;
        this.timers = timers;
    }

    /** {@return whether the name is of the thread of the JDK that ends timed waits} */
    static boolean endsWaits(String waker) {
        return waker.startsWith("VirtualThread-unparker");
    }

    /** A thread has stopped in a timed wait. */
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

    /** A thread goes on, for whatever reason. */
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

    boolean holdTime() {
        return holding > 0;
    }

    /** The wait took its whole time. */
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
