package dev.vloop.testkit.engine;

import dev.vloop.spi.Host;
import dev.vloop.testkit.engine.ThreadReport.Doing;
import dev.vloop.testkit.engine.VirtualTimeError.Kind;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What the threads of a cooperative test hand on: at most one has it, and runs. A thread that blocks chooses the next
 * one itself, by the {@link CoopScheduler}, under the lock. No code of others runs under it.
 */
final class Baton {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition alarmOver = lock.newCondition();
    private final CoopNode test;
    private final CoopScheduler scheduler;

    Baton(CoopNode test, HostSettings settings, ExternalWork external) {
        this.test = test;
        scheduler = new CoopScheduler(test, settings, external);
    }

    long now() {
        return scheduler.now();
    }

    @Nullable
    CoopNode runner() {
        return scheduler.runner();
    }

    long switches() {
        return scheduler.switches();
    }

    long nextDeadline() {
        lock.lock();
        try {
            return scheduler.nextDeadline();
        } finally {
            lock.unlock();
        }
    }

    /**
     * A thread blocks. {@return who has the baton now: the thread itself, which goes on and must not be granted it, as
     * it had a permit or comes next; or another, which is to be granted it once the current thread may be woken; or
     * null, nobody}
     */
    @Nullable
    CoopNode release(CoopNode node, Doing doing, long deadline) {
        lock.lock();
        try {
            return scheduler.block(node, doing, deadline);
        } finally {
            lock.unlock();
        }
    }

    /** A new thread counts as running. */
    void add(CoopNode node) {
        lock.lock();
        try {
            scheduler.add(node);
        } finally {
            unlockAndKick();
        }
    }

    /** Takes out a thread which will not be started. */
    void remove(CoopNode node) {
        lock.lock();
        try {
            scheduler.remove(node);
        } finally {
            lock.unlock();
        }
    }

    /** Lets a blocked thread go on at the current instant; nothing happens to one that is not blocked. Any thread. */
    void wake(CoopNode node) {
        lock.lock();
        try {
            scheduler.wake(node);
        } finally {
            unlockAndKick();
        }
    }

    /** Any thread. */
    void unpark(CoopNode node) {
        lock.lock();
        try {
            scheduler.unpark(node);
        } finally {
            unlockAndKick();
        }
    }

    /** A thread comes back from external work and wants the baton. */
    void comeBack(CoopNode node) {
        lock.lock();
        try {
            scheduler.comeBack(node);
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
        CoopNode next;
        try {
            next = scheduler.news();
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
            return scheduler.takeVerdict();
        } finally {
            lock.unlock();
        }
    }

    @Nullable
    CoopNode accused() {
        lock.lock();
        try {
            return scheduler.accused();
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
            scheduler.breakUp();
            test.doing = Doing.RUNNING;
            return true;
        } finally {
            lock.unlock();
        }
    }

    void close() {
        lock.lock();
        try {
            scheduler.breakUp();
        } finally {
            lock.unlock();
        }
    }

    Host.Alarm alarm(long deadline, Runnable action) {
        lock.lock();
        try {
            CoopAlarm alarm = new CoopAlarm(Math.max(deadline, now()), action);
            if (deadline != Host.NEVER) {
                scheduler.add(alarm);
            }
            return alarm;
        } finally {
            unlockAndKick();
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
                scheduler.remove(this);
                while (running != null) {
                    alarmOver.awaitUninterruptibly();
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
