package dev.vloop.testkit.engine;

import dev.vloop.spi.Host;
import dev.vloop.testkit.engine.ThreadReport.Doing;
import dev.vloop.testkit.engine.VirtualTimeError.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Decides who runs next in the cooperative engine, and what time it is then. First come the threads that are ready, then the timers
 * that are due, then the test's thread if it may wake, and only then time moves. {@link Baton}'s lock guards it, except where noted.
 */
final class CoopScheduler {
    private final CoopNode test;
    private final Chance chance;

    /** The threads that are ready to run, without the test's own. */
    private final RunQueue<CoopNode> ready;

    private final Timers timers;
    private final ExternalWork external;
    private final HostSettings settings;

    /** The virtual time. Any thread reads it. */
    private volatile long now;

    /**
     * The thread that has the baton; null while it is being handed over, and while every thread waits for external work. Any thread
     * reads it.
     */
    private volatile @Nullable CoopNode runner;

    /** A copy of {@link #handOvers} for {@link CoopWatch}, which looks for progress. Any thread reads it. */
    private volatile long switches;

    /** The wait that the test's thread is in, or was in last. */
    private TestWait testWait = new TestWait(0, 0, 0);

    /** How often the baton has been handed over. */
    private long handOvers;

    /** How many threads there are, without the test's own. */
    private int threads;

    /** The value of {@link #handOvers} when time last moved. */
    private long switchesAtMove;

    /** True while every thread waits for external work; whoever returns must hand the baton over. */
    private boolean idle;

    /** Whether the baton is out of use: the test is over, or was told that its time cannot go on. Threads then run without taking turns. */
    private boolean broken;

    /** The error that the test's thread throws when it wakes, null if there is none. */
    private @Nullable Kind verdict;

    /** The thread that is to blame for the last {@link #verdict}, null if none is. */
    private @Nullable CoopNode accused;

    CoopScheduler(CoopNode test, HostSettings settings, ExternalWork external) {
        this.test = test;
        this.external = external;
        this.settings = settings;
        chance = new Chance(settings.seed());
        ready = new RunQueue<>(chance);
        timers = new Timers(chance);
        runner = test;
    }

    long now() {
        return now;
    }

    @Nullable
    CoopNode runner() {
        return runner;
    }

    long switches() {
        return switches;
    }

    long nextDeadline() {
        VirtualTimer first = timers.first();
        return first == null ? Host.NEVER : first.deadline;
    }

    /** A thread blocks. {@return what {@link Baton#release} returns} */
    @Nullable
    CoopNode block(CoopNode node, Doing doing, long deadline) {
        if (doing == Doing.PARKED && node.permit) {
            node.permit = false;
            return node;
        }
        node.doing = doing;
        node.deadline = deadline;
        threads -= doing == Doing.ENDED ? 1 : 0;
        if (broken) {
            return null;
        }
        if (node == test) {
            testWait = new TestWait(Math.max(deadline, now), now, handOvers);
        } else if (doing.isWait() && deadline != Host.NEVER) {
            node.timer = new WakeUp(Math.max(deadline, now), node);
            timers.add(node.timer);
        }
        runner = null;
        CoopNode next = next();
        if (next == node) {
            node.follower = null; // it goes on by itself: nobody grants it the baton, so nobody would call its follower
        }
        return next;
    }

    /** A thread is new. It counts as running from now on. */
    void add(CoopNode node) {
        threads++;
        ready.add(node);
    }

    /** A new thread will not be started. */
    void remove(CoopNode node) {
        ready.remove(node);
        threads--;
        node.doing = Doing.ENDED;
    }

    /** Lets a thread go on that waits. Nothing happens to one that does not. */
    void wake(CoopNode node) {
        if (node.doing.isWait()) {
            makeReady(node);
        }
    }

    void unpark(CoopNode node) {
        if (node.doing == Doing.PARKED) {
            makeReady(node);
        } else {
            node.permit = true;
        }
    }

    /** A thread comes back from external work and wants the baton. */
    void comeBack(CoopNode node) {
        if (!broken) {
            makeReady(node);
        }
    }

    /** {@return who runs next, if every thread was waiting for external work; else null} */
    @Nullable
    CoopNode news() {
        if (!idle || broken) {
            return null;
        }
        idle = false;
        return next();
    }

    void add(VirtualTimer timer) {
        timers.add(timer);
    }

    void remove(VirtualTimer timer) {
        timers.remove(timer);
    }

    /** {@return the error to throw on the test's thread, null if there is none; a second call returns null} */
    @Nullable
    Kind takeVerdict() {
        Kind taken = verdict;
        verdict = null;
        return taken;
    }

    /** {@return the thread that is to blame for the last verdict, null if none is} */
    @Nullable
    CoopNode accused() {
        return accused;
    }

    /** From now on nobody is chosen. */
    void breakUp() {
        broken = true;
    }

    private void makeReady(CoopNode node) {
        if (node.timer != null) {
            timers.remove(node.timer);
            node.timer = null;
        }
        node.doing = Doing.READY;
        if (node != test) {
            ready.add(node);
        }
    }

    /**
     * Nobody runs. Chooses who does, and moves time as far as the test allows. {@return the thread that was chosen; null if every
     * thread waits for external work}
     */
    private @Nullable CoopNode next() {
        while (!broken) {
            VirtualTimer first = timers.first();
            boolean due = first != null && first.deadline <= now;
            if (!ready.isEmpty() && !(due && chance.flip())) {
                return run(ready.take());
            }
            idle = external.isUnderWay(); // asked once: the work may end at any time
            if (first != null && first.deadline <= horizon() && !isRunaway(first)) {
                idle = false;
                fire(first);
            } else {
                return idle ? null : wakeTest();
            }
        }
        return null;
    }

    /** How far time may move now. */
    private long horizon() {
        return idle || test.doing == Doing.READY ? now : testWait.until();
    }

    private boolean isRunaway(VirtualTimer first) {
        return first.deadline > now && testWait.isRunaway(first.deadline, handOvers, settings);
    }

    private CoopNode wakeTest() {
        if (test.doing != Doing.READY) {
            if (testWait.until() == Host.NEVER) {
                verdict = timers.first() == null ? Kind.DEADLOCK : Kind.RUNAWAY;
            } else {
                moveTo(testWait.until());
            }
        }
        return run(test);
    }

    private CoopNode run(CoopNode chosen) {
        CoopNode next = chosen;
        switches = ++handOvers;
        if (handOvers - switchesAtMove > settings.switchLimit(threads) && chosen != test) {
            switchesAtMove = handOvers;
            ready.add(chosen);
            verdict = Kind.SPIN;
            accused = chosen;
            next = test;
        }
        next.doing = Doing.RUNNING;
        next.follower = follower();
        runner = next;
        return next;
    }

    /** {@return the thread that will probably come next; null if that cannot be told, or if an alarm comes next} */
    private @Nullable CoopNode follower() {
        if (chance.isSeeded()) {
            return null;
        }
        if (!ready.isEmpty()) {
            return ready.peek();
        }
        return timers.first() instanceof WakeUp first && first.deadline <= horizon() ? first.node : null;
    }

    private void moveTo(long nanos) {
        if (nanos > now) {
            now = nanos;
            switchesAtMove = handOvers;
        }
    }

    private void fire(VirtualTimer timer) {
        timers.remove(timer);
        moveTo(timer.deadline);
        timer.fire();
    }

    private final class WakeUp extends VirtualTimer {
        private final CoopNode node;

        WakeUp(long deadline, CoopNode node) {
            super(deadline);
            this.node = node;
        }

        @Override
        void fire() {
            node.timer = null;
            makeReady(node);
        }
    }
}
