package dev.vloop.testkit;

import dev.vloop.spi.Host;
import dev.vloop.testkit.ThreadReport.Doing;
import dev.vloop.testkit.VirtualTimeError.Kind;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Who runs, who is next, and what time it is, in the cooperative engine. At most one thread of the test has the baton.
 * A thread that blocks chooses the next one itself: first those that are ready, then the timers that are due, then the
 * test's thread if it may wake, and only then time moves. No code of others runs under the lock.
 */
final class Baton {
    final ReentrantLock lock = new ReentrantLock();
    private final Condition alarmOver = lock.newCondition();
    private final CoopNode test;
    private final Chance chance;
    private final RunQueue<CoopNode> ready;
    private final Timers timers;
    private final Holds holds;
    private final HostSettings settings;

    /** The virtual time. Written under the lock. */
    private volatile long now;

    /**
     * Who has the baton; null while it is being handed over, and while all wait for the world outside. Written under
     * the lock.
     */
    private volatile @Nullable CoopNode runner;

    /** The value of handOvers: progress, for {@link CoopWatch}. Written under the lock. */
    private volatile long switches;

    /** The rest is guarded by the lock: until when the test waits; */
    private long target;

    /** how often the baton was handed over, and how often when time last moved; */
    private long handOvers;

    private long switchesAtMove;

    /** when and after how many hand-overs the test began its wait; */
    private long waitBegan;

    private long switchesAtWait;

    /** whether all wait for the world outside, so that whoever brings news has to hand the baton over; */
    private boolean idle;

    /** whether threads run without the baton, because the test is over or has come to a state which it cannot leave; */
    private boolean broken;

    /** and what to tell the test when it wakes. */
    private @Nullable Kind verdict;

    private @Nullable CoopNode accused;

    Baton(CoopNode test, HostSettings settings, Holds holds) {
        this.test = test;
        this.holds = holds;
        chance = new Chance(settings.seed());
        ready = new RunQueue<>(chance);
        timers = new Timers(chance);
        this.settings = settings;
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
        lock.lock();
        try {
            VirtualTimer first = timers.first();
            return first == null ? Host.NEVER : first.deadline;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives up the baton of a thread which blocks. The result is to be granted, once the thread may be woken; null:
     * nobody.
     */
    @Nullable
    CoopNode release(CoopNode node, Doing doing, long deadline) {
        lock.lock();
        try {
            node.doing = doing;
            node.deadline = deadline;
            if (broken) {
                return null;
            }
            if (node == test) {
                target = Math.max(deadline, now);
                waitBegan = now;
                switchesAtWait = handOvers;
            } else if (doing.isWait() && deadline != Host.NEVER) {
                node.timer = new WakeUp(Math.max(deadline, now), node);
                timers.add(node.timer);
            }
            runner = null;
            return next();
        } finally {
            lock.unlock();
        }
    }

    /** A new thread counts as running. */
    void add(CoopNode node) {
        lock.lock();
        try {
            ready.add(node);
        } finally {
            unlockAndKick();
        }
    }

    /** Takes out a thread which will not be started. */
    void remove(CoopNode node) {
        lock.lock();
        try {
            ready.remove(node);
            node.doing = Doing.ENDED;
        } finally {
            lock.unlock();
        }
    }

    /** Lets a blocked thread go on at the current instant; nothing happens to one that is not blocked. Any thread. */
    void wake(CoopNode node) {
        lock.lock();
        try {
            if (node.doing.isWait()) {
                makeReady(node);
            }
        } finally {
            unlockAndKick();
        }
    }

    /** Any thread. */
    void unpark(CoopNode node) {
        lock.lock();
        try {
            if (node.doing == Doing.PARKED) {
                makeReady(node);
            } else {
                node.permit = true;
            }
        } finally {
            unlockAndKick();
        }
    }

    boolean takePermit(CoopNode node) {
        lock.lock();
        try {
            boolean had = node.permit;
            node.permit = false;
            return had;
        } finally {
            lock.unlock();
        }
    }

    /** A thread comes back from external work and wants the baton. */
    void comeBack(CoopNode node) {
        lock.lock();
        try {
            if (!broken) {
                makeReady(node);
            }
        } finally {
            lock.unlock();
        }
    }

    /** News from outside: hands the baton over if nobody has it. */
    void kick() {
        lock.lock();
        unlockAndKick();
    }

    private void unlockAndKick() {
        CoopNode next = null;
        try {
            if (idle && !broken) {
                idle = false;
                next = next();
            }
        } finally {
            lock.unlock();
        }
        if (next != null) {
            next.grant();
        }
    }

    /** {@return the error that waits for the test; the baton's state stays whole} */
    @Nullable
    Kind takeVerdict() {
        lock.lock();
        try {
            Kind taken = verdict;
            verdict = null;
            return taken;
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    CoopNode accused() {
        lock.lock();
        try {
            return accused;
        } finally {
            lock.unlock();
        }
    }

    /**
     * From here on nobody is handed the baton. {@return whether the test had been granted it meanwhile, so that
     * nothing is broken}
     */
    boolean breakUp() {
        lock.lock();
        try {
            if (test.isGranted()) {
                return false;
            }
            broken = true;
            test.doing = Doing.RUNNING;
            return true;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            broken = true;
        } finally {
            lock.unlock();
        }
    }

    Host.Alarm alarm(long deadline, Runnable action) {
        lock.lock();
        try {
            CoopAlarm alarm = new CoopAlarm(Math.max(deadline, now), action);
            if (deadline != Host.NEVER) {
                timers.add(alarm);
            }
            return alarm;
        } finally {
            unlockAndKick();
        }
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
     * Lock held, nobody runs: chooses who does, moving time as far as the test allows. Null: all wait for the world
     * outside.
     */
    private @Nullable CoopNode next() {
        while (!broken) {
            VirtualTimer first = timers.first();
            boolean due = first != null && first.deadline <= now;
            if (!ready.isEmpty() && !(due && chance.flip())) {
                return run(ready.take());
            }
            idle = holds.isOpen(); // asked once: it may close at any time
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
        return idle || test.doing == Doing.READY ? now : target;
    }

    /** Whether the test waits without a limit, and has done so for too long. */
    private boolean isRunaway(VirtualTimer first) {
        return target == Host.NEVER
                && first.deadline > now
                && (first.deadline - waitBegan > settings.runawayTime().toNanos()
                        || handOvers - switchesAtWait > settings.runawaySwitches());
    }

    private CoopNode wakeTest() {
        if (test.doing != Doing.READY) {
            if (target == Host.NEVER) {
                verdict = timers.first() == null ? Kind.DEADLOCK : Kind.RUNAWAY;
            } else {
                moveTo(target);
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
        runner = next;
        return next;
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

    private final class CoopAlarm extends VirtualTimer implements Host.Alarm {
        private final Runnable action;
        private @Nullable Thread running;

        CoopAlarm(long deadline, Runnable action) {
            super(deadline);
            this.action = action;
        }

        /** Lock held; gives it up while the action runs. */
        @Override
        void fire() {
            running = Thread.currentThread();
            lock.unlock();
            try {
                action.run();
            } finally {
                lock.lock();
                running = null;
                alarmOver.signalAll();
            }
        }

        @Override
        public void cancel() {
            lock.lock();
            try {
                if (running == Thread.currentThread()) {
                    throw new IllegalStateException("an alarm is called off from within its own action");
                }
                timers.remove(this);
                while (running != null) {
                    alarmOver.awaitUninterruptibly();
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
