package dev.vloop.testkit.engine;

import dev.vloop.testkit.engine.ThreadReport.Doing;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time without flags: a {@link Baton} goes from thread to thread, and only the thread that has it runs. It is exact for threads
 * that wait in this host's waits. A thread that blocks elsewhere keeps the baton, and {@link CoopWatch} makes the test fail.
 */
final class CooperativeHost extends AbstractVirtualHost {
    /** How many wake-ups from outside are kept for the report. */
    private static final int REMEMBERED = 100;

    /** How often a close looks whether all threads have ended, in real nanoseconds. */
    private static final long CLOSE_TICK = 5_000_000;

    private final CoopNode test;
    private final Baton baton;
    private final CoopWaits waits;

    /** All threads of the test that have not ended, its own included. Any thread may use it. */
    private final Map<Thread, CoopNode> nodes = new ConcurrentHashMap<>();

    /** How many threads there have been. Any thread may use it. */
    private final AtomicLong created = new AtomicLong();

    /** Any thread adds to it. */
    private final List<OutsideWake> outsideWakes = new CopyOnWriteArrayList<>();

    /** The thread that runs an alarm's action, null if none does. That thread writes it, any thread reads it. */
    private volatile @Nullable Thread acting;

    /** Makes the calling thread the test's thread. */
    CooperativeHost(HostSettings settings) {
        super(settings);
        test = new CoopNode(created.getAndIncrement(), Doing.RUNNING, this::interruptedWait);
        test.bind(Thread.currentThread());
        baton = new Baton(test, settings, external);
        CoopWatch watch = new CoopWatch(baton, external, settings, this::threads);
        waits = new CoopWaits(test, baton, watch, this::isOver);
        nodes.put(test.thread(), test);
    }

    @Override
    public String engine() {
        return "COOPERATIVE";
    }

    @Override
    public long nanoTime() {
        return baton.now();
    }

    @Override
    public Thread newThread(String name, Runnable body) {
        if (isOver()) {
            throw Misuse.after(name);
        }
        CoopNode node = new CoopNode(created.getAndIncrement(), Doing.READY, this::interruptedWait);
        // as on the real machine, a loop inherits nothing from the thread that happens to start it
        Thread thread = Thread.ofVirtual()
                .name(name)
                .inheritInheritableThreadLocals(false)
                .unstarted(() -> live(node, body));
        node.bind(thread);
        nodes.put(thread, node);
        baton.add(node);
        return thread;
    }

    private void live(CoopNode node, Runnable body) {
        try {
            waits.awaitFirst(node);
            live(body);
        } finally {
            nodes.remove(node.thread());
            CoopWaits.grant(baton.release(node, Doing.ENDED, NEVER));
        }
    }

    @Override
    public void abandon(Thread thread) {
        CoopNode node = nodes.get(thread);
        if (node != null && neverRuns(thread)) {
            nodes.remove(thread);
            baton.remove(node);
        }
    }

    @Override
    public void interrupt(Thread thread) {
        CoopNode node = nodes.get(thread);
        noteWaker(thread);
        thread.interrupt();
        if (node != null) {
            baton.wake(node); // its hook has done so already, unless it has released the baton and not set the hook yet
        }
    }

    /** A thread was interrupted while it waits. On the interrupting thread. */
    private void interruptedWait(CoopNode node) {
        baton.wake(node);
    }

    @Override
    public void sleepUntil(long deadline) throws InterruptedException {
        waits.sleepUntil(me(), deadline);
    }

    @Override
    public void park(long deadline) {
        waits.park(me(), deadline);
    }

    @Override
    public void unpark(Thread thread) {
        CoopNode node = nodes.get(thread);
        if (node != null) {
            noteWaker(thread);
            baton.unpark(node);
        }
    }

    /**
     * A thread that does not belong to the test may wake one that does. But the virtual time at which that happens is random, unless
     * external work holds time.
     */
    private void noteWaker(Thread woken) {
        Thread waker = Thread.currentThread();
        if (waker != acting
                && !nodes.containsKey(waker)
                && !external.isUnderWay()
                && outsideWakes.size() < REMEMBERED) {
            outsideWakes.add(new OutsideWake(
                    woken.getName(), waker.getName(), nanoTime(), List.of(new Throwable().getStackTrace())));
        }
    }

    @Override
    public Alarm alarm(long deadline, Runnable action) {
        return baton.alarm(deadline, () -> {
            // It may no longer be among the nodes: handing on the baton is the last thing that a thread does.
            acting = Thread.currentThread();
            act(action);
            acting = null;
        });
    }

    @Override
    public void advanceTo(long nanos) {
        Misuse.requireTest(isTestThread());
        Misuse.requireNotPast(nanos, nanoTime());
        waits.advanceTo(nanos);
    }

    @Override
    public long nextDeadline() {
        return baton.nextDeadline();
    }

    @Override
    public <T extends @Nullable Object> T external(String what, Callable<T> work) throws Exception {
        CoopNode me = nodes.get(Thread.currentThread());
        ExternalWork.Piece piece = external.begin(what);
        if (me != null && me != test) {
            return externalOf(me, piece, work);
        }
        try {
            return work.call();
        } finally {
            external.end(piece);
            baton.kick();
        }
    }

    private <T extends @Nullable Object> T externalOf(CoopNode me, ExternalWork.Piece piece, Callable<T> work)
            throws Exception {
        try {
            CoopWaits.grant(baton.release(me, Doing.EXTERNAL, NEVER));
            return work.call();
        } finally {
            baton.comeBack(me); // before the work ends, or time could move in between
            external.end(piece);
            baton.kick();
            waits.awaitBaton(me);
        }
    }

    private CoopNode me() {
        CoopNode node = nodes.get(Thread.currentThread());
        if (node == null) {
            throw Misuse.outside(nanoTime());
        }
        return node;
    }

    @Override
    public Thread testThread() {
        return test.thread();
    }

    @Override
    public void bindTest(Thread thread) {
        nodes.remove(test.thread());
        test.bind(thread);
        nodes.put(thread, test);
    }

    @Override
    public List<ThreadReport> threads() {
        return nodes.values().stream()
                .sorted(Comparator.comparingLong(node -> node.order))
                .map(CoopNode::report)
                .toList();
    }

    @Override
    public int liveThreads() {
        return nodes.size() - 1;
    }

    /** {@return none: a real sleep fails the test at once in this engine} */
    @Override
    public List<RealWait> realWaits() {
        return List.of();
    }

    @Override
    public List<RealDelay> realDelays() {
        return List.of();
    }

    /** {@return none: such a wait fails the test in this engine} */
    @Override
    public List<LongWait> longWaits() {
        return List.of();
    }

    @Override
    public boolean isDeep() {
        return false;
    }

    @Override
    public List<OutsideWake> outsideWakes() {
        return List.copyOf(outsideWakes);
    }

    @Override
    public List<ThreadReport> close() {
        Misuse.requireTest(isTestThread());
        if (isOver()) {
            return List.of();
        }
        setOver();
        baton.close();
        for (CoopNode node : List.copyOf(nodes.values())) {
            if (node.thread().getState() == Thread.State.NEW) {
                nodes.remove(node.thread());
            } else if (node != test) {
                if (!node.doing.isWait()) {
                    node.thread().interrupt();
                }
                node.grant();
            }
        }
        awaitEnds();
        if (liveThreads() == 0) {
            return List.of();
        }
        return threads().stream()
                .filter(thread -> thread.thread() != test.thread())
                .toList();
    }

    private void awaitEnds() {
        boolean flag = false;
        long until = System.nanoTime() + settings.patience().toNanos();
        while (liveThreads() > 0 && System.nanoTime() < until) {
            LockSupport.parkNanos(this, CLOSE_TICK);
            flag |= Thread.interrupted(); // otherwise the next pause would return at once
        }
        if (flag) {
            Thread.currentThread().interrupt();
        }
    }
}
