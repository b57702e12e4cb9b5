package dev.vloop.testkit.engine;

import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the test's own thread from outside: while it is blocked in the JDK, nothing of the test runs, so that nothing may ever
 * wake it. It is interrupted then, and told why at the end. On a virtual thread of its own, in real time.
 */
public final class TestWatch implements Runnable {
    /** Where the test's thread may be blocked: time moves, or is held. */
    private static final Set<String> KNOWN = Set.of(
            CooperativeHost.class.getName(),
            ExactHost.class.getName(),
            ExactPump.class.getName(),
            Carrier.class.getName());

    private final VirtualHost host;
    private final long limit;
    private final Thread thread =
            Thread.ofVirtual().name("virtual-time-test-watch").unstarted(this);
    private volatile boolean stopped;
    private volatile @Nullable String found;

    public TestWatch(VirtualHost host, HostSettings settings) {
        this.host = host;
        limit = settings.patience().multipliedBy(5).toNanos();
    }

    public void start() {
        thread.start();
    }

    public void stop() {
        stopped = true;
        LockSupport.unpark(thread);
    }

    /** {@return what was found, null if nothing was} */
    public @Nullable String found() {
        return found;
    }

    @Override
    public void run() {
        long since = System.nanoTime();
        while (!stopped && host.testThread().isAlive()) {
            LockSupport.parkNanos(this, limit / 8);
            Thread test = host.testThread();
            List<StackTraceElement> stack = List.of();
            if (isBlocked(test.getState()) && host.liveThreads() > 0) {
                stack = List.of(test.getStackTrace());
            }
            long now = System.nanoTime();
            if (stack.isEmpty() || stack.stream().anyMatch(frame -> KNOWN.contains(frame.getClassName()))) {
                since = now;
            } else if (now - since > limit) {
                tell(test, stack);
                return;
            }
        }
    }

    private static boolean isBlocked(Thread.State state) {
        return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING || state == Thread.State.BLOCKED;
    }

    private void tell(Thread test, List<StackTraceElement> stack) {
        StringBuilder text = new StringBuilder("the test's own thread is blocked in ")
                .append(Frames.place(stack))
                .append("; while it is, nothing else of the test runs\n  mend: wait with the library (loop.join, "
                        + "loops.runUntil), or put it into TestLoops.external(..); its thread was interrupted in");
        stack.forEach(frame -> text.append("\n        at ").append(frame));
        found = text.toString();
        test.interrupt();
    }
}
