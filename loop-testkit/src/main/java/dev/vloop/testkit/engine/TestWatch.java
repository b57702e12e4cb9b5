package dev.vloop.testkit.engine;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Watches the test's own thread from outside. If that thread blocks in the JDK, nothing else of the test runs, and so maybe nothing
 * will ever wake it. The watch then interrupts it, and the test is told why at its end. It runs on a virtual thread of its own, in
 * real time.
 */
public final class TestWatch implements Runnable {
    /** If code of this package is on its stack, the test's thread may be blocked: time moves there, or is held on purpose. */
    private static final String ENGINE = VirtualHost.class.getPackageName() + ".";

    private final VirtualHost host;

    /** For how long the test's thread may be blocked, in real nanoseconds. */
    private final long limit;

    private final Thread thread =
            Thread.ofVirtual().name("virtual-time-test-watch").unstarted(this);

    /** What became of the watch. It goes on while this is {@code WATCHING}; changed by compare-and-set alone. */
    private final AtomicReference<State> state = new AtomicReference<>(State.WATCHING);

    private enum State {
        WATCHING,
        INTERRUPTING,
        OVER
    }

    /** Written by the watch's thread. */
    private volatile @Nullable String found;

    /** Makes a watch that has not started. */
    public TestWatch(VirtualHost host, HostSettings settings) {
        this.host = host;
        limit = 5 * settings.patience().toNanos();
    }

    /** Begins to watch. */
    public void start() {
        thread.start();
    }

    /** Ends the watch. Any thread may call it. When it has returned, the watch interrupts nobody. */
    public void stop() {
        if (state.compareAndSet(State.WATCHING, State.OVER)) {
            LockSupport.unpark(thread);
        }
        while (state.get() == State.INTERRUPTING) {
            Thread.onSpinWait(); // an interrupt takes a few instructions
        }
    }

    /** {@return what was found, as a text for people; null if nothing was} */
    public @Nullable String found() {
        return found;
    }

    @Override
    public void run() {
        long since = System.nanoTime();
        while (state.get() == State.WATCHING && host.testThread().isAlive()) {
            LockSupport.parkNanos(this, limit / 8);
            Thread test = host.testThread();
            List<StackTraceElement> stack = List.of();
            if (isBlocked(test.getState()) && host.liveThreads() > 0) {
                stack = List.of(test.getStackTrace());
            }
            long now = System.nanoTime();
            if (stack.isEmpty()
                    || stack.stream().anyMatch(frame -> frame.getClassName().startsWith(ENGINE))) {
                since = now;
            } else if (now - since > limit) {
                if (state.compareAndSet(State.WATCHING, State.INTERRUPTING)) {
                    found = Diagnosis.blockedTest(stack);
                    test.interrupt();
                    state.set(State.OVER);
                }
                return;
            }
        }
    }

    private static boolean isBlocked(Thread.State state) {
        return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING || state == Thread.State.BLOCKED;
    }
}
