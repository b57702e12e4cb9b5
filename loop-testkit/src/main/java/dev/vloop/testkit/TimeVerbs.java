package dev.vloop.testkit;

import static java.util.Objects.requireNonNull;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopFailure;
import dev.vloop.LoopRuntime;
import dev.vloop.LoopStatus;
import dev.vloop.internal.DurationText;
import dev.vloop.spi.Host;
import dev.vloop.testkit.engine.VirtualHost;
import dev.vloop.testkit.engine.VirtualTimeError;
import dev.vloop.testkit.engine.VirtualTimeError.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Moves time for a test, and words why it cannot go on, together with the timeline. Confined to the test's thread. */
final class TimeVerbs {
    /** From how many on attempts that fail one after the other may explain why a loop does not end. */
    private static final int MANY_FAILURES = 10;

    private final VirtualHost host;
    private final LoopRuntime runtime;
    private final Recorder recorder;

    /** Whether the test was told that its time cannot go on. */
    private boolean broken;

    TimeVerbs(VirtualHost host, LoopRuntime runtime, Recorder recorder) {
        this.host = host;
        this.runtime = runtime;
        this.recorder = recorder;
    }

    boolean isBroken() {
        return broken;
    }

    void settle() {
        moveTo(host.nanoTime());
    }

    private void moveTo(long nanos) {
        try {
            host.advanceTo(nanos);
        } catch (VirtualTimeError e) {
            throw cannotGoOn(e);
        }
    }

    /** {@return the same error with the timeline} */
    AssertionError cannotGoOn(VirtualTimeError e) {
        broken |= !e.leavesOrder();
        String restless = e.kind() == Kind.SPIN ? recorder.restless() : null;
        return failure(
                restless == null
                        ? e.getMessage()
                        : "spin: " + restless
                                + ", and time never moves\n  fix: let it wait before it is started, restarted or"
                                + " triggered again\n" + e.getMessage(),
                e);
    }

    AssertionError failure(String message, @Nullable Throwable cause) {
        String first = message.lines().findFirst().orElse("");
        return new LoopTestError(message + "\n" + recorder.timeline().failedWith(first), cause);
    }

    void advance(Duration duration) {
        moveTo(after(duration, "duration"));
    }

    long after(Duration duration, String what) {
        if (requireNonNull(duration, what).isNegative()) {
            throw new IllegalArgumentException(what + " must not be negative: " + duration);
        }
        try {
            return Math.addExact(host.nanoTime(), duration.toNanos());
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    what + " must end within 292 years of the test's start, but is " + duration, e);
        }
    }

    void advanceTo(Instant instant) {
        Duration left = Duration.between(host.instant(), requireNonNull(instant, "instant"));
        if (left.isNegative()) {
            throw new IllegalArgumentException(
                    "instant to advance to has passed: " + instant + ", it is " + host.instant());
        }
        advance(left);
    }

    void advanceToNext() {
        settle();
        long next = host.nextDeadline();
        if (next == Host.NEVER) {
            throw new IllegalStateException("nothing is due, ever; loops: " + runtime.loops());
        }
        moveTo(next);
    }

    void runUntil(BooleanSupplier condition, Duration atMost) {
        requireNonNull(condition, "condition");
        long limit = after(atMost, "atMost");
        settle();
        while (!condition.getAsBoolean()) {
            long next = host.nextDeadline();
            if (next > limit) {
                moveTo(limit);
                if (condition.getAsBoolean()) {
                    return;
                }
                throw failure(
                        "the condition does not hold after " + DurationText.inShort(atMost) + "; loops: "
                                + runtime.loops(),
                        null);
            }
            moveTo(next);
        }
    }

    LoopEnd awaitEnd(Loop loop) {
        requireNonNull(loop, "loop");
        try {
            return loop.join();
        } catch (InterruptedException e) {
            throw new AssertionError("the test's thread was interrupted", e);
        } catch (VirtualTimeError e) {
            throw neverEnds(loop, e);
        } finally {
            recorder.see(loop);
        }
    }

    /** Those that end by their count may be kept from it by a body that fails and is tried again, for ever. */
    private static String whyWithoutEnd(Loop loop) {
        LoopStatus status = loop.status();
        LoopFailure last = status.lastFailure();
        return status.failuresInARow() < MANY_FAILURES || last == null
                ? "stop it or give it a count"
                : "its last " + status.failuresInARow()
                        + " attempts have failed, and it tries again; the last one with "
                        + OutcomeText.line(last.cause());
    }

    private AssertionError neverEnds(Loop loop, VirtualTimeError e) {
        return switch (e.kind()) {
            case RUNAWAY ->
                failure(
                        "loop '" + loop.name() + "' never ends by itself: " + whyWithoutEnd(loop) + "; without end are "
                                + FindingText.names(recorder.running()),
                        e);
            case DEADLOCK ->
                failure(
                        loop + " will never end: nothing is due that could wake it; resume it, stop it, or see what"
                                + " its body waits for\n" + e.getMessage(),
                        e);
            default -> cannotGoOn(e);
        };
    }
}
