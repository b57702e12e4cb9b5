package dev.vloop.testkit.engine;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds out whether a blocked thread of an exact test is blocked by one of the same test. Confined to the carrier. */
final class LockHolders {
    private final LockOwners owners = LockOwners.FOUND;
    private final ExactThreads threads;

    /** The test's own thread. */
    private final Supplier<Thread> test;

    LockHolders(ExactThreads threads, Supplier<Thread> test) {
        this.threads = threads;
        this.test = test;
    }

    /** {@return whether a thread that is not of this test has the lock or the monitor, or initializes the class, that a thread wants} */
    boolean isStranger(ExactNode node) {
        Thread.State state = node.thread().getState();
        if (state == Thread.State.BLOCKED) {
            return MonitorFlush.NEEDED && owners.tellsMonitors() && hasStrangersMonitor(node);
        }
        if (state == Thread.State.WAITING && node.awaitsClass) {
            return true; // of the same test it would keep its carrier
        }
        if (state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING) {
            Thread owner = owners.lockOwner(node.thread());
            return owner != null && owner != test.get() && threads.node(owner) == null;
        }
        return false;
    }

    private boolean hasStrangersMonitor(ExactNode node) {
        Object monitor = owners.monitorOf(node.thread());
        if (monitor != null) {
            node.holder = holder(monitor, node);
        }
        return monitor == null || node.holder == null;
    }

    /** {@return the thread of this test that has a monitor, null if none has} */
    private @Nullable Thread holder(Object monitor, ExactNode wants) {
        Thread last = wants.holder;
        if (last != null && owners.holds(last, monitor)) {
            return last;
        }
        if (owners.holds(test.get(), monitor)) {
            return test.get();
        }
        return threads.all().stream()
                .map(ExactNode::thread)
                .filter(thread -> thread != wants.thread() && owners.holds(thread, monitor))
                .findFirst()
                .orElse(null);
    }
}
