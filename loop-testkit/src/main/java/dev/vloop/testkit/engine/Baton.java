package dev.vloop.testkit.engine;

import dev.vloop.spi.Host;
import dev.vloop.testkit.engine.ThreadReport.Doing;
import dev.vloop.testkit.engine.VirtualTimeError.Kind;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What the threads of a cooperative test hand on: at most one thread has it, and that thread runs. A thread that blocks asks the {@link
 * CoopScheduler} itself who comes next, under the lock. No foreign code runs under the lock. Any thread may use it, except where noted.
 */
final class Baton {
    private final ReentrantLock lock = new ReentrantLock();

    /** Signalled when the action of an alarm is over. */
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
     * A thread blocks. On that thread.
     *
     * @return who has the baton now. If it is the thread itself, because it had a permit or comes next, it just goes on and must not be
     *     granted the baton. If it is another one, the current thread grants it the baton as soon as it may itself be woken. Null: nobody
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

    /** Adds a new thread. It counts as running from now on. */
    void add(CoopNode node) {
        lock.lock();
        try {
            scheduler.add(node);
        } finally {
            unlockAndKick();
        }
    }

    /** A new thread will not be started. */
    void remove(CoopNode node) {
        lock.lock();
        try {
            scheduler.remove(node);
        } finally {
            lock.unlock();
        }
    }

    /** Lets a thread that waits go on at the current instant. Nothing happens to one that does not wait. */
    void wake(CoopNode node) {
        lock.lock();
        try {
            scheduler.wake(node);
        } finally {
            unlockAndKick();
        }
    }

    /** Gives a thread the permit of {@link Host#unpark}. */
    void unpark(CoopNode node) {
        lock.lock();
        try {
            scheduler.unpark(node);
        } finally {
            unlockAndKick();
        }
    }

    /** A thread comes back from external work and wants the baton. On that thread. */
    void comeBack(CoopNode node) {
        lock.lock();
        try {
            scheduler.comeBack(node);
        } finally {
            lock.unlock();
        }
    }

    /** Something happened outside: hands the baton over if nobody has it. */
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

    /** {@return the error to throw on the test's thread, null if there is none; after it the threads still take turns} */
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
     * The test cannot go on: from now on nobody is handed the baton.
     *
     * @return whether that was done; false if the test has been granted the baton in the meantime, and just goes on
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

    /** An alarm. The lock guards it. */
    private final class CoopAlarm extends VirtualTimer implements Host.Alarm {
        private final Runnable action;

        /** The thread that runs the action, null if none does. */
        private @Nullable Thread running;

        CoopAlarm(long deadline, Runnable action) {
            super(deadline);
            this.action = action;
        }

        /** Called with the lock, which it gives up while the action runs. */
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
                    throw new IllegalStateException("an alarm must not be cancelled from within its own action");
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
