package dev.vloop.testkit;

import dev.vloop.LoopEnd;
import dev.vloop.spi.Host;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** The machine of one instance of a {@link TestCluster}: it can be suspended, and its wall clock may be wrong. */
final class InstanceHost implements Host {
    private final Host host;

    /** Until when its threads do not run, as a monotonic time. Written by the test's thread. */
    private volatile long pausedUntil;

    /** How much its wall clock is ahead. Written by the test's thread. */
    private volatile Duration ahead = Duration.ZERO;

    InstanceHost(Host host) {
        this.host = host;
    }

    void pause(long until) {
        pausedUntil = until;
    }

    boolean isPaused() {
        return host.nanoTime() < pausedUntil;
    }

    void skew(Duration by) {
        ahead = by;
    }

    /** A thread that has waited goes on when the instance does. An interrupt that comes meanwhile is kept. */
    private void awaitResume() {
        boolean interrupted = false;
        while (isPaused()) {
            interrupted |= Thread.interrupted();
            host.park(pausedUntil);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public long nanoTime() {
        return host.nanoTime();
    }

    @Override
    public Instant instant() {
        return host.instant().plus(ahead);
    }

    @Override
    public RandomGenerator random() {
        return host.random();
    }

    @Override
    public Thread newThread(String name, Runnable body) {
        return host.newThread(name, body);
    }

    @Override
    public void abandon(Thread thread) {
        host.abandon(thread);
    }

    @Override
    public void interrupt(Thread thread) {
        host.interrupt(thread);
    }

    @Override
    public void sleepUntil(long deadline) throws InterruptedException {
        try {
            host.sleepUntil(deadline);
        } finally {
            awaitResume();
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    @Override
    public void park(long deadline) {
        host.park(deadline);
        awaitResume();
    }

    @Override
    public void unpark(Thread thread) {
        host.unpark(thread);
    }

    @Override
    public void giveWay(long nanos) {
        host.giveWay(nanos);
    }

    /** An alarm that comes while the instance is paused rings when it goes on. */
    @Override
    public Alarm alarm(long deadline, Runnable action) {
        return new LateAlarm(action).at(deadline);
    }

    @Override
    public Alarm onClockJump(Consumer<Duration> listener) {
        return host.onClockJump(listener);
    }

    @Override
    public void joined(LoopEnd end) {
        host.joined(end);
    }

    private final class LateAlarm implements Alarm {
        private final Runnable action;

        /** Set by the thread that makes the alarm, then by the host's threads. */
        private volatile Alarm alarm = () -> {};

        private volatile boolean cancelled;

        LateAlarm(Runnable action) {
            this.action = action;
        }

        LateAlarm at(long deadline) {
            alarm = host.alarm(deadline, this::ring);
            return this;
        }

        private void ring() {
            if (cancelled) {
                return;
            }
            if (isPaused()) {
                at(pausedUntil);
            } else {
                action.run();
            }
        }

        @Override
        public void cancel() {
            cancelled = true;
            alarm.cancel();
        }
    }
}
