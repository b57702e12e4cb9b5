package dev.vloop.testkit.engine;

import dev.vloop.spi.Host;
import dev.vloop.testkit.engine.ThreadReport.Doing;
import dev.vloop.testkit.engine.VirtualTimeError.Kind;
import org.jspecify.annotations.Nullable;

/**
 * Who comes next in the cooperative engine, and what time it is then: first those that are ready, then the timers that
 * are due, then the test's thread if it may wake, and only then time moves. Not safe for threads: {@link Baton}'s lock
 * guards it, but for what says that any thread reads it.
 */
final class CoopScheduler {
    private final CoopNode test;
    private final Chance chance;
    private final RunQueue<CoopNode> ready;
    private final Timers timers;
    private final ExternalWork external;
    private final HostSettings settings;

    /** The virtual time. Any thread reads it. */
    private volatile long now;

    /** Who has the baton; null while it is being handed over, and while all wait for the world outside. Any thread reads it. */
    private volatile @Nullable CoopNode runner;

    /** The value of handOvers: progress, for {@link CoopWatch}. Any thread reads it. */
    private volatile long switches;

    private TestWait testWait = new TestWait(0, 0, 0);

    /** How often the baton was handed over, and how often when time last moved; */
    private long handOvers;

    private long switchesAtMove;

    /** whether all wait for the world outside, so that whoever brings news has to hand the baton over; */
    private boolean idle;

    /** whether threads run without the baton, because the test is over or has come to a state which it cannot leave; */
    private boolean broken;

    /** and what to tell the test when it wakes. */
    private @Nullable Kind verdict;

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

    /** A thread blocks. {@return as {@link Baton#release} does} */
    @Nullable
    CoopNode block(CoopNode node, Doing doing, long deadline) {
        if (doing == Doing.PARKED && node.permit) {
            node.permit = false;
            return node;
        }
        node.doing = doing;
        node.deadline = deadline;
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
            node.follower = null; // it goes on by itself: nobody grants it the baton, and calls who follows
        }
        return next;
    }

    /** A new thread counts as running. */
    void add(CoopNode node) {
        ready.add(node);
    }

    void remove(CoopNode node) {
        ready.remove(node);
        node.doing = Doing.ENDED;
    }

    /** A thread that is blocked may go on; nothing happens to one that is not. */
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

    /** {@return who runs, if all waited for the world outside; else null} */
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

    @Nullable
    Kind takeVerdict() {
        Kind taken = verdict;
        verdict = null;
        return taken;
    }

    @Nullable
    CoopNode accused() {
        return accused;
    }

    /** From here on nobody comes next. */
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

    /** Nobody runs: chooses who does, moving time as far as the test allows. Null: all wait for the world outside. */
    private @Nullable CoopNode next() {
        while (!broken) {
            VirtualTimer first = timers.first();
            boolean due = first != null && first.deadline <= now;
            if (!ready.isEmpty() && !(due && chance.flip())) {
                return run(ready.take());
            }
            idle = external.isUnderWay(); // asked once: it may close at any time
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
        if (handOvers - switchesAtMove > settings.switchLimit() && chosen != test) {
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

    /** {@return who comes next, as it looks now; null if that cannot be told, or is no thread that waits for it} */
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
