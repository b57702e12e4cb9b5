package dev.vloop.testkit.engine;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The virtual time of one test for code that knows nothing of it: the answers to what the agent's rewritten code asks. Any thread may use
 * it, except where noted.
 */
final class DeepTime implements DeepAgent.Functions {
    /** How many delays on real clocks are kept for the report. */
    private static final int REMEMBERED = 100;

    /** How many reads of the clock, while time stands still, make somebody look whether it is a busy wait. */
    private static final int READS = 32;

    /** How far such a wait moves time at once, in nanoseconds. */
    private static final long TICK = 1_000_000;

    private final ExactHost host;
    private final Carrier carrier;
    private final ExactPump pump;

    /** Added to virtual times, so that values that were read before the test can be compared with values that are read in it. */
    private final long base = System.nanoTime();

    private final AtomicLong pooled = new AtomicLong();
    private final List<RealDelay> realDelays = new CopyOnWriteArrayList<>();

    /** How often the test's own thread has read a clock at the virtual time that follows. The test's thread alone uses both. */
    private int reads;

    private long readAt;

    /** Ends it. The test's thread alone uses it. */
    private @Nullable Runnable end;

    DeepTime(ExactHost host, Carrier carrier, ExactPump pump) {
        this.host = host;
        this.carrier = carrier;
        this.pump = pump;
    }

    void begin(DeepAgent agent) {
        end = agent.begin(this);
    }

    void end() {
        if (end != null) {
            end.run();
            end = null;
        }
    }

    /** {@return the delays that bodies have handed to clocks in real time} */
    List<RealDelay> realDelays() {
        return List.copyOf(realDelays);
    }

    /** While the test's own thread carries or moves time, what it runs is the engine's code. */
    @Override
    public boolean isInside(Thread current) {
        ExactNode node = carrier.running();
        if (node != null) {
            return node.thread() == current;
        }
        return current == carrier.thread() && !pump.isPumping();
    }

    @Override
    public boolean isTest(Thread thread) {
        return thread == carrier.thread();
    }

    @Override
    public long nanoTime() {
        busyWait();
        return base + host.nanoTime();
    }

    /** The real time that a thread has waited for the world outside counts, or a time limit of such a wait would never be over. */
    @Override
    public long waitTime() {
        ExactNode node = carrier.running();
        return base + host.nanoTime() + (node == null ? 0 : node.outsideNanos);
    }

    @Override
    public Instant instant() {
        busyWait();
        return host.instant();
    }

    /** Mockito's {@code after(..)} asks the clock again and again, on the test's own thread, and never waits: that moves time, too. */
    private void busyWait() {
        if (!isTest(Thread.currentThread()) || pump.isPumping()) {
            return;
        }
        if (readAt != host.nanoTime()) {
            readAt = host.nanoTime();
            reads = 0;
        }
        if (++reads % READS == 0 && Frames.isBusyWait(new Throwable().getStackTrace()) && sleep(TICK)) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Runnable hold() {
        return host.hold();
    }

    @Override
    public Thread newThread(Runnable body) {
        return carrier.threads().makePooled("pool-thread-" + pooled.incrementAndGet(), body);
    }

    @Override
    public Runnable after(long nanos, Runnable action) {
        long deadline = saturatedAdd(host.nanoTime(), Math.max(0, nanos));
        return host.alarm(
                deadline,
                () -> carrier.threads().makePooled("delayed-action", action).start())::cancel;
    }

    @Override
    public void timedPark(long nanos) {
        ExactNode node = carrier.running();
        if (node != null) {
            node.parksFor = nanos;
            node.parksSince = System.nanoTime();
        }
    }

    @Override
    public boolean settle() {
        return pump.settle();
    }

    @Override
    public boolean pass(long nanos) {
        return carrier.running() != null && pump.passTo(saturatedAdd(host.nanoTime(), nanos));
    }

    @Override
    public boolean sleep(long nanos) {
        try {
            host.sleepUntil(saturatedAdd(host.nanoTime(), nanos));
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    @Override
    public void foreign(String where) {
        if (realDelays.size() < REMEMBERED) {
            Thread thread = Thread.currentThread();
            realDelays.add(new RealDelay(thread.getName(), where, host.nanoTime(), List.of(thread.getStackTrace())));
        }
    }

    private static long saturatedAdd(long now, long nanos) {
        long sum = now + nanos;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }
}
