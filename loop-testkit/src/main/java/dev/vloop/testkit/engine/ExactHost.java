package dev.vloop.testkit.engine;

import dev.vloop.testkit.engine.ThreadReport.Doing;
import dev.vloop.testkit.engine.VirtualTimeError.Kind;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time with a scheduler of its own: the test's thread is the {@link Carrier} of all virtual threads of the test, including
 * those that bodies start. It is exact for everything that makes a virtual thread wait, because a thread that waits is not in the
 * carrier's queue.
 */
final class ExactHost extends AbstractVirtualHost {
    private final Carrier carrier;
    private final ExactTimers timers;
    private final ExactPump pump;
    private final ExactWaits waits;
    private final ExactWatch watch;

    /** Tells the agent of this test's time; null if virtual time is not deep. */
    private @Nullable DeepTime deep;

    /**
     * Makes the calling thread the carrier.
     *
     * @throws IllegalStateException if it is virtual itself
     */
    ExactHost(HostSettings settings, VirtualThreads virtualThreads) {
        super(settings);
        requirePlatform(Thread.currentThread());
        Chance chance = new Chance(settings.seed());
        timers = new ExactTimers(chance, this::isInside, this::nudge);
        carrier = new Carrier(virtualThreads, chance, timers, settings, external, this::escaped);
        pump = new ExactPump(carrier, timers, chance, external, settings, this::threads);
        waits = new ExactWaits(carrier, timers, pump, this::isOver);
        watch = new ExactWatch(carrier, pump, settings);
        watch.start();
    }

    /** Makes the calling thread the carrier of a host with deep time. */
    static ExactHost deep(HostSettings settings, VirtualThreads virtualThreads, DeepAgent agent) {
        ExactHost host = new ExactHost(settings, virtualThreads);
        DeepTime deep = new DeepTime(host, host.carrier, host.pump);
        host.deep = deep;
        deep.begin(agent);
        return host;
    }

    private static void requirePlatform(Thread thread) {
        if (thread.isVirtual()) {
            throw new IllegalStateException(
                    "the EXACT engine needs a platform thread to carry the test, not the virtual thread '"
                            + thread.getName() + "'; run the test on one, or use the COOPERATIVE engine");
        }
    }

    private boolean isInside() {
        return carrier.isInside();
    }

    private void nudge() {
        carrier.nudge();
    }

    @Override
    public String engine() {
        return "EXACT";
    }

    @Override
    public long nanoTime() {
        return timers.now();
    }

    @Override
    public Thread newThread(String name, Runnable body) {
        if (isOver()) {
            throw Misuse.after(name);
        }
        return carrier.threads().make(name, () -> live(body));
    }

    @Override
    public void abandon(Thread thread) {
        carrier.threads().abandon(thread);
    }

    @Override
    public void interrupt(Thread thread) {
        thread.interrupt();
    }

    @Override
    public void sleepUntil(long deadline) throws InterruptedException {
        waits.sleepUntil(deadline);
    }

    @Override
    public void park(long deadline) {
        waits.park(deadline);
    }

    @Override
    public void unpark(Thread thread) {
        waits.unpark(thread);
    }

    @Override
    public Alarm alarm(long deadline, Runnable action) {
        return timers.alarm(deadline, () -> act(action));
    }

    @Override
    public void advanceTo(long nanos) {
        Misuse.requireTest(isTestThread());
        Misuse.requireNotPast(nanos, nanoTime());
        waits.requireGoing();
        if (pump.run(nanos, () -> false)) {
            throw pump.error(Kind.INTERRUPTED, null);
        }
    }

    @Override
    public long nextDeadline() {
        timers.takeRequests();
        VirtualTimer first = timers.first();
        return first == null ? NEVER : first.deadline;
    }

    @Override
    public <T extends @Nullable Object> T external(String what, Callable<T> work) throws Exception {
        ExternalWork.Piece piece = external.begin(what);
        try {
            return work.call();
        } finally {
            external.end(piece);
            nudge();
        }
    }

    /** Lets time wait for work of others, for the patience at most. {@return the action that ends it} Any thread may call both. */
    Runnable hold() {
        ExternalWork.Piece piece = external.beginAside(settings.patience());
        return () -> {
            external.end(piece);
            nudge();
        };
    }

    @Override
    public Thread testThread() {
        return carrier.thread();
    }

    @Override
    public void bindTest(Thread thread) {
        requirePlatform(thread);
        carrier.bind(thread);
    }

    @Override
    public List<ThreadReport> threads() {
        Thread test = carrier.thread();
        ThreadReport testReport = new ThreadReport(test, Doing.RUNNING, NEVER, List.of(test.getStackTrace()));
        return Stream.concat(Stream.of(testReport), carried()).toList();
    }

    private Stream<ThreadReport> carried() {
        return carrier.threads().all().stream()
                .sorted(Comparator.comparingLong(node -> node.order))
                .map(ExactNode::report);
    }

    @Override
    public int liveThreads() {
        return carrier.threads().all().size();
    }

    @Override
    public List<RealWait> realWaits() {
        return carrier.realWaits();
    }

    @Override
    public List<OutsideWake> outsideWakes() {
        return carrier.outsideWakes();
    }

    @Override
    public List<RealDelay> realDelays() {
        return deep == null ? List.of() : deep.realDelays();
    }

    @Override
    public List<LongWait> longWaits() {
        return carrier.longWaits();
    }

    @Override
    public boolean isDeep() {
        return deep != null;
    }

    @Override
    public List<ThreadReport> close() {
        Misuse.requireTest(isTestThread());
        if (isOver()) {
            return List.of();
        }
        setOver();
        if (deep != null) {
            deep.end();
        }
        carrier.releaseAll();
        for (ExactNode node : List.copyOf(carrier.threads().all())) {
            if (node.thread().getState() == Thread.State.NEW) {
                carrier.threads().abandon(node.thread());
            } else if (node.report().isIdleWorker()) {
                carrier.threads().forget(node);
            } else if (node.doing.isWait()) {
                LockSupport.unpark(node.thread());
            } else {
                node.thread().interrupt();
            }
        }
        try {
            pump.drain(() -> liveThreads() == 0);
        } catch (VirtualTimeError e) {
            // a thread never stops running: it is in the list that is returned
        } finally {
            watch.stop();
        }
        return liveThreads() == 0 ? List.of() : carried().toList();
    }
}
