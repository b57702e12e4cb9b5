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
 * Virtual time with a scheduler of its own: the test's thread is the {@link Carrier} of all virtual threads of the
 * test, those which bodies start included. Exact for all that makes a virtual thread wait, since a thread that waits
 * is a thread that is not in the queue.
 */
final class ExactHost extends AbstractVirtualHost {
    private final Carrier carrier;
    private final ExactTimers timers;
    private final ExactPump pump;
    private final ExactWatch watch;

    /** The permit of the test's thread. Any thread sets it. */
    private volatile boolean testPermit;

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
        watch = new ExactWatch(carrier, pump, settings);
        watch.start();
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
        if (over) {
            throw Misuse.after(name);
        }
        return carrier.newThread(name, () -> live(body));
    }

    @Override
    public void abandon(Thread thread) {
        carrier.abandon(thread);
    }

    @Override
    public void interrupt(Thread thread) {
        thread.interrupt();
    }

    @Override
    public void sleepUntil(long deadline) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (isTestThread()) {
            requireGoing();
            if (pump.run(deadline, () -> false)) {
                Thread.interrupted();
                throw new InterruptedException();
            }
        } else {
            sleep(me(), deadline);
        }
    }

    private void sleep(ExactNode me, long deadline) throws InterruptedException {
        if (pump.passTo(deadline)) {
            return;
        }
        WakeUp wakeUp = begin(me, Doing.SLEEPING, deadline);
        try {
            while (!wakeUp.fired) {
                LockSupport.park(this);
                if (over) {
                    throw new TestOver();
                }
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        } finally {
            end(me, wakeUp);
        }
    }

    @Override
    public void park(long deadline) {
        if (Thread.currentThread().isInterrupted()) {
            return;
        }
        if (isTestThread()) {
            requireGoing();
            if (!testPermit) {
                pump.run(deadline, () -> testPermit);
            }
            testPermit = false;
            return;
        }
        ExactNode me = me();
        if (!me.permit && !pump.passTo(deadline)) {
            WakeUp wakeUp = begin(me, Doing.PARKED, deadline);
            try {
                while (!wakeUp.fired && !me.permit && !Thread.currentThread().isInterrupted()) {
                    LockSupport.park(this);
                    if (over) {
                        throw new TestOver();
                    }
                }
            } finally {
                end(me, wakeUp);
            }
        }
        me.permit = false;
    }

    private WakeUp begin(ExactNode me, Doing doing, long deadline) {
        if (over) {
            throw new TestOver();
        }
        WakeUp wakeUp = new WakeUp(Math.max(deadline, nanoTime()), me.thread());
        if (deadline != NEVER) {
            timers.add(wakeUp);
        }
        me.doing = doing;
        me.deadline = deadline;
        return wakeUp;
    }

    private void end(ExactNode me, WakeUp wakeUp) {
        me.doing = Doing.RUNNING;
        timers.remove(wakeUp);
    }

    private static final class WakeUp extends VirtualTimer {
        private final Thread thread;
        private boolean fired;

        WakeUp(long deadline, Thread thread) {
            super(deadline);
            this.thread = thread;
        }

        @Override
        void fire() {
            fired = true;
            LockSupport.unpark(thread);
        }
    }

    @Override
    public void unpark(Thread thread) {
        if (thread == carrier.thread()) {
            testPermit = true;
            nudge();
            return;
        }
        ExactNode node = carrier.node(thread);
        if (node != null) {
            node.permit = true;
            LockSupport.unpark(thread);
        }
    }

    @Override
    public Alarm alarm(long deadline, Runnable action) {
        return timers.alarm(deadline, () -> act(action));
    }

    @Override
    public void advanceTo(long nanos) {
        Misuse.requireTest(isTestThread());
        Misuse.requireNotPast(nanos, nanoTime());
        requireGoing();
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
        return carrier.nodes().values().stream()
                .sorted(Comparator.comparingLong(node -> node.order))
                .map(ExactNode::report);
    }

    @Override
    public int liveThreads() {
        return carrier.nodes().size();
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
    public List<ThreadReport> close() {
        Misuse.requireTest(isTestThread());
        if (over) {
            return List.of();
        }
        over = true;
        carrier.releaseAll();
        for (ExactNode node : List.copyOf(carrier.nodes().values())) {
            if (node.thread().getState() == Thread.State.NEW) {
                carrier.abandon(node.thread());
            } else if (node.doing.isWait()) {
                LockSupport.unpark(node.thread());
            } else {
                node.thread().interrupt();
            }
        }
        try {
            pump.drain(() -> liveThreads() == 0);
        } catch (VirtualTimeError e) {
            // one goes on and on: it is in the list
        } finally {
            watch.stop();
        }
        return carried().toList();
    }

    private void requireGoing() {
        if (over) {
            throw Misuse.after(carrier.thread().getName());
        }
    }

    private ExactNode me() {
        ExactNode node = carrier.node(Thread.currentThread());
        if (node == null) {
            throw Misuse.outside(nanoTime());
        }
        return node;
    }
}
