package dev.vloop.testkit.engine;

import dev.vloop.testkit.engine.ThreadReport.Doing;
import dev.vloop.testkit.engine.VirtualTimeError.Kind;
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
 * Virtual time without flags: a {@link Baton} goes from thread to thread, and its holder alone runs. Exact for threads
 * that wait in this host's waits; one that blocks elsewhere keeps the baton, and {@link CoopWatch} makes the test fail.
 */
final class CooperativeHost extends AbstractVirtualHost {
    private static final int REMEMBERED = 100;
    private static final long CLOSE_TICK = 5_000_000;

    private final CoopNode test;
    private final Baton baton;
    private final CoopWatch watch;
    private final Map<Thread, CoopNode> nodes = new ConcurrentHashMap<>();

    private final AtomicLong created = new AtomicLong();
    private final List<OutsideWake> outsideWakes = new CopyOnWriteArrayList<>();

    /** The thread that runs an alarm's action; written by it. */
    private volatile @Nullable Thread acting;

    /**
     * The error that left the threads of the test without order; what the test does afterwards fails likewise. The
     * test's thread's own.
     */
    private @Nullable VirtualTimeError broken;

    CooperativeHost(HostSettings settings) {
        super(settings);
        test = new CoopNode(created.getAndIncrement(), Doing.RUNNING, this::interruptedWait);
        test.bind(Thread.currentThread());
        baton = new Baton(test, settings, external);
        watch = new CoopWatch(baton, external, settings, this::threads);
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
        if (over) {
            throw Misuse.after(name);
        }
        CoopNode node = new CoopNode(created.getAndIncrement(), Doing.READY, this::interruptedWait);
        Thread thread = Thread.ofVirtual().name(name).unstarted(() -> live(node, body));
        node.bind(thread);
        nodes.put(thread, node);
        baton.add(node);
        return thread;
    }

    private void live(CoopNode node, Runnable body) {
        try {
            node.awaitGrant(() -> LockSupport.park(this));
            live(body);
        } finally {
            nodes.remove(node.thread());
            grant(baton.release(node, Doing.ENDED, NEVER));
        }
    }

    @Override
    public void abandon(Thread thread) {
        CoopNode node = nodes.get(thread);
        if (node != null && thread.getState() == Thread.State.NEW) {
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
            baton.wake(node); // the hook has done so, but for a thread which is about to continue itself
        }
    }

    /** On the interrupting thread. */
    private void interruptedWait(CoopNode node) {
        baton.wake(node);
    }

    @Override
    public void sleepUntil(long deadline) throws InterruptedException {
        CoopNode me = me();
        do {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            block(me, Doing.SLEEPING, deadline);
        } while (baton.now() < deadline && !Thread.currentThread().isInterrupted());
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    @Override
    public void park(long deadline) {
        CoopNode me = me();
        if (!Thread.currentThread().isInterrupted()) {
            block(me, Doing.PARKED, deadline);
        }
    }

    @Override
    public void unpark(Thread thread) {
        CoopNode node = nodes.get(thread);
        if (node != null) {
            noteWaker(thread);
            baton.unpark(node);
        }
    }

    /** A stranger may wake a thread of the test, but when it does so is chance, unless time stands still for it. */
    private void noteWaker(Thread woken) {
        Thread waker = Thread.currentThread();
        if (waker != acting && !nodes.containsKey(waker) && !external.isUnderWay() && outsideWakes.size() < REMEMBERED) {
            outsideWakes.add(new OutsideWake(
                    woken.getName(), waker.getName(), nanoTime(), List.of(new Throwable().getStackTrace())));
        }
    }

    @Override
    public Alarm alarm(long deadline, Runnable action) {
        return baton.alarm(deadline, () -> {
            acting = Thread.currentThread(); // maybe one that hands the baton on as the last thing it does
            act(action);
            acting = null;
        });
    }

    @Override
    public void advanceTo(long nanos) {
        Misuse.requireTest(isTestThread());
        CoopNode me = test;
        Misuse.requireNotPast(nanos, nanoTime());
        do {
            block(me, Doing.SLEEPING, nanos);
            if (Thread.currentThread().isInterrupted()) {
                throw watch.error(Kind.INTERRUPTED, null);
            }
        } while (baton.now() < nanos);
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

    private <T extends @Nullable Object> T externalOf(CoopNode me, ExternalWork.Piece piece, Callable<T> work) throws Exception {
        try {
            grant(baton.release(me, Doing.EXTERNAL, NEVER));
            return work.call();
        } finally {
            baton.comeBack(me); // before the work ends, or time could move in between
            external.end(piece);
            baton.kick();
            awaitBaton(me);
        }
    }

    /** Gives up the baton and returns when this thread has it again. */
    private void block(CoopNode me, Doing doing, long deadline) {
        requireGoing(me);
        CoopNode next = baton.release(me, doing, deadline);
        if (next != me) {
            me.beginWait(); // before the next one runs: it may interrupt this one
            try {
                grant(next);
                awaitBaton(me);
            } finally {
                me.endWait();
            }
        }
        if (me == test) {
            Kind verdict = baton.takeVerdict();
            if (verdict != null) {
                throw watch.error(verdict, baton.accused());
            }
        }
    }

    private void requireGoing(CoopNode me) {
        if (me == test) {
            if (broken != null) {
                throw broken;
            }
            if (over) {
                throw Misuse.after(me.thread().getName());
            }
        } else if (over) {
            throw new TestOver();
        }
    }

    private void awaitBaton(CoopNode me) {
        if (me == test) {
            watch.begin();
            try {
                me.awaitGrant(watch);
            } catch (VirtualTimeError e) {
                broken = e;
                throw e;
            }
        } else {
            me.awaitGrant(() -> LockSupport.park(this));
            if (over) {
                throw new TestOver();
            }
        }
    }

    private static void grant(@Nullable CoopNode next) {
        if (next != null) {
            next.grant();
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

    /** A real sleep fails the test at once here. */
    @Override
    public List<RealWait> realWaits() {
        return List.of();
    }

    @Override
    public List<OutsideWake> outsideWakes() {
        return List.copyOf(outsideWakes);
    }

    @Override
    public List<ThreadReport> close() {
        Misuse.requireTest(isTestThread());
        if (over) {
            return List.of();
        }
        over = true;
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
        boolean flag = false;
        long until = System.nanoTime() + settings.patience().toNanos();
        while (liveThreads() > 0 && System.nanoTime() < until) {
            LockSupport.parkNanos(this, CLOSE_TICK);
            flag |= Thread.interrupted();
        }
        if (flag) {
            Thread.currentThread().interrupt();
        }
        return threads().stream()
                .filter(thread -> thread.thread() != test.thread())
                .toList();
    }
}
