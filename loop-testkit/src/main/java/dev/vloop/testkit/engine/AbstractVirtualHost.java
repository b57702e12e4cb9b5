package dev.vloop.testkit.engine;

import dev.vloop.LoopEnd;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What both hosts share because it does not depend on who runs next: the wall clock, random numbers, external work, exceptions that nobody
 * caught, and ends that the test has looked at. Any thread may use it.
 */
abstract class AbstractVirtualHost implements VirtualHost {
    final HostSettings settings;
    final ExternalWork external = new ExternalWork();
    private final WallClock wall;
    private final Random random;
    private final List<Uncaught> uncaught = new CopyOnWriteArrayList<>();

    /** Told of each end that a join hands to the test's thread. */
    private volatile Consumer<? super LoopEnd> joined = end -> {};

    /** Whether the test's time was closed. The test's thread writes it. */
    private volatile boolean over;

    AbstractVirtualHost(HostSettings settings) {
        this.settings = settings;
        wall = new WallClock(settings.origin());
        random = new Random(settings.seed() == null ? 0 : settings.seed());
    }

    @Override
    public final Instant instant() {
        return wall.at(nanoTime());
    }

    @Override
    public final RandomGenerator random() {
        return random;
    }

    @Override
    public final Alarm onClockJump(Consumer<Duration> listener) {
        return wall.watch(listener);
    }

    /** Those who are ready have their turn before this thread goes on, at the same virtual time. */
    @Override
    public final void giveWay(long nanos) {
        boolean interrupted = Thread.interrupted();
        try {
            sleepUntil(nanoTime());
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public final void moveWallClock(Duration by) {
        wall.move(by);
    }

    /**
     * {@return whether a thread that is abandoned, and is still known here, never runs} Its start may have thrown. One that runs has left
     * before it ends; a start that throws can leave it as new, or as ended.
     */
    static boolean neverRuns(Thread abandoned) {
        Thread.State state = abandoned.getState();
        return state == Thread.State.NEW || state == Thread.State.TERMINATED;
    }

    /** {@return whether the test's time was closed, so that nobody waits in it any more} */
    final boolean isOver() {
        return over;
    }

    final void setOver() {
        over = true;
    }

    /** Runs the body of a thread of the test, on that thread. */
    final void live(Runnable body) {
        try {
            if (!isOver()) {
                body.run();
            }
        } catch (TestOver e) {
            // the thread was told to end, and does
        } catch (Throwable e) {
            escaped(Thread.currentThread(), e);
        }
    }

    /** An exception escaped from a thread of the test. */
    final void escaped(Thread thread, Throwable e) {
        uncaught.add(new Uncaught(thread.getName(), nanoTime(), e));
    }

    /** Runs the action of an alarm. */
    final void act(Runnable action) {
        try {
            action.run();
        } catch (Throwable e) {
            uncaught.add(new Uncaught("an alarm", nanoTime(), e));
        }
    }

    @Override
    public final List<Uncaught> uncaught() {
        return List.copyOf(uncaught);
    }

    @Override
    public final void joined(LoopEnd end) {
        if (isTestThread()) {
            joined.accept(end);
        }
    }

    @Override
    public final void onJoined(Consumer<? super LoopEnd> listener) {
        joined = listener;
    }
}
