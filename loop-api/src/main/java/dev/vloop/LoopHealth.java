package dev.vloop;

import dev.vloop.internal.Arguments;
import dev.vloop.internal.ComingSlots;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Says which loops are well, for a probe, a page or a command: {@code LoopHealth.standard().check(loops).isUp()}. A loop is down if
 * <ul>
 *   <li>its last run has failed, and no other goes on;
 *   <li>five attempts in a row have failed, or {@linkplain #failuresInARow as many as you say};
 *   <li>it fails, and there was no success for too long;
 *   <li>an iteration, or {@code beforeLoop}, has been running for too long;
 *   <li>a slot has been due for too long, and no iteration has begun.
 * </ul>
 *
 * <p>What is too long follows from the loop's own schedule: a loop may miss a slot, so time is up at the second slot after its last
 * success. It has a {@linkplain #minGrace minute} at least, and a backoff that it waits for is added. {@link #grace} says something else
 * for some loops.
 *
 * <p>A loop that is idle because it was not started, was stopped or was cancelled is up, and so is a paused one: somebody wanted that.
 *
 * <p>Reasons name the types of exceptions but not their messages, which may hold secrets; so a page may show them to everybody. Use it for
 * a readiness probe or for people. A liveness probe would let one failing loop restart the whole program.
 *
 * <p>It is immutable, and all threads may use it. It keeps nothing of the loops that it checks.
 */
public final class LoopHealth {
    private static final LoopHealth STANDARD = new LoopHealth(5, Duration.ofMinutes(1), loop -> null);

    private final int maxFailuresInARow;
    private final Duration minGrace;

    /** A user's own grace for a loop; null for that of its schedule. */
    private final Function<? super Loop, @Nullable Duration> ownGrace;

    private LoopHealth(int maxFailuresInARow, Duration minGrace, Function<? super Loop, @Nullable Duration> ownGrace) {
        this.maxFailuresInARow = maxFailuresInARow;
        this.minGrace = minGrace;
        this.ownGrace = ownGrace;
    }

    /** {@return the usual rule: five failures in a row; the grace of each loop's schedule, a minute at least} */
    public static LoopHealth standard() {
        return STANDARD;
    }

    /**
     * Sets how many attempts in a row must fail until a loop is down.
     *
     * @param failures at least 1
     * @return this rule with that limit
     * @throws IllegalArgumentException if it is below 1
     */
    public LoopHealth failuresInARow(int failures) {
        return new LoopHealth((int) Arguments.atLeastOne(failures, "failuresInARow"), minGrace, ownGrace);
    }

    /**
     * Sets the smallest grace that follows from a schedule; a minute unless said. Where slots are seconds apart, it must be longer than an
     * iteration.
     *
     * @param grace not negative
     * @return this rule with that grace
     * @throws IllegalArgumentException if it is negative
     */
    public LoopHealth minGrace(Duration grace) {
        return new LoopHealth(maxFailuresInARow, Arguments.notNegative(grace, "minGrace"), ownGrace);
    }

    /**
     * Sets how long some loops may be without a success, whatever their schedule. It replaces the function that was set before. What it
     * throws, a check throws.
     *
     * @param grace is asked for a loop when it is checked; null for the grace of its schedule
     * @return this rule with these graces
     */
    public LoopHealth grace(Function<? super Loop, @Nullable Duration> grace) {
        return new LoopHealth(maxFailuresInARow, minGrace, Arguments.notNull(grace, "grace"));
    }

    /**
     * Looks at all loops that a runtime knows, at this moment on its clock.
     *
     * @param loops the runtime
     * @return what is said of them
     */
    public Report check(LoopRuntime loops) {
        Instant now = Arguments.notNull(loops, "loops").clock().instant();
        return new Report(loops.loops().stream().map(loop -> check(loop, now)).toList());
    }

    /**
     * Looks at one loop.
     *
     * @param loop the loop
     * @param now the time of its runtime's clock
     * @return what is said of it
     */
    public Verdict check(Loop loop, Instant now) {
        Arguments.notNull(now, "now");
        LoopStatus status = Arguments.notNull(loop, "loop").status();
        String fault = fault(loop, status, now);
        return new Verdict(loop, status, fault == null, fault == null ? wellBecause(status) : fault);
    }

    /** {@return why the loop is down; null if it is not} */
    private @Nullable String fault(Loop loop, LoopStatus status, Instant now) {
        if (status.state() == LoopState.IDLE) {
            return status.lastEnd() instanceof LoopEnd.Failed failed
                    ? "its run has failed: " + nameOf(failed.cause())
                    : null;
        }
        boolean inIteration = status.attempt() > 0;
        if (status.paused() && !inIteration) {
            return null;
        }
        LoopFailure failure = status.failuresInARow() > 0 ? status.lastFailure() : null;
        if (failure == null) {
            Instant starting = status.startingSince();
            if (starting != null) {
                return now.isAfter(latest(loop, starting, 0)) ? "it has been in beforeLoop since " + starting : null;
            }
            return inIteration ? hangs(loop, status, now) : late(loop, status, now);
        }
        if (status.failuresInARow() >= maxFailuresInARow) {
            return status.failuresInARow() + " attempts in a row have failed: " + nameOf(failure.cause());
        }
        return failsForTooLong(loop, status, failure, now);
    }

    /** An iteration goes on, and has not failed. The last success is no measure here: the loop may have been paused since. */
    private @Nullable String hangs(Loop loop, LoopStatus status, Instant now) {
        Instant began = status.iterationStartedAt();
        return began != null && now.isAfter(latest(loop, began, slots(status) + 1))
                ? "its iteration has been running since " + began
                : null;
    }

    /** No iteration goes on, and the last one, if there was one, was a success. */
    private @Nullable String late(Loop loop, LoopStatus status, Instant now) {
        Instant slot = status.nextIteration();
        return slot != null && now.isAfter(latest(loop, slot, slots(status) + 1))
                ? "it has not run since " + slot
                : null;
    }

    private @Nullable String failsForTooLong(Loop loop, LoopStatus status, LoopFailure failure, Instant now) {
        Instant success = status.lastSuccess();
        Instant starting = status.startingSince();
        Instant began = starting == null ? status.iterationStartedAt() : starting;
        Instant since = success == null ? began : success;
        if (since == null) {
            return null; // it is about to begin
        }
        long begun = status.iterations() + (status.attempt() > 0 ? 1 : 0);
        // Where nothing has succeeded, the begin of the last iteration is known. If it is the third, the first two
        // slots have failed.
        // With retries, it is not known how many iterations have failed since the success: one at least.
        int failed = status.retries() == 0 ? status.failuresInARow() : 1;
        long slots = slots(status) - (success == null ? 0 : failed);
        Instant slot = success == null && begun >= 3 ? Instant.MIN : secondSlotAfter(loop.schedule(), since, slots);
        Instant next = status.nextIteration();
        if (success != null && status.failuresInARow() == 1 && status.attempt() == 0 && next != null) {
            // One iteration alone has failed. Whatever the schedule says, its next slot is the second one.
            slot = InstantMath.later(slot, next);
        }
        Instant latest = latest(loop, since, slot);
        Duration backoff = failure.backoff();
        if (backoff != null) {
            latest = plus(latest, backoff);
        }
        if (!now.isAfter(latest)) {
            return null;
        }
        if (success != null) {
            return "no success since " + success;
        }
        return "no success yet; its last " + (starting == null ? "iteration" : "beforeLoop") + " began at " + since;
    }

    private static long slots(LoopStatus status) {
        return status.iterations() + status.missedSlots();
    }

    /**
     * {@return until when a loop may be without a success, counted from an instant}
     *
     * @param slots about how many slots the run had had by then
     */
    private Instant latest(Loop loop, Instant since, long slots) {
        return latest(loop, since, secondSlotAfter(loop.schedule(), since, slots));
    }

    private Instant latest(Loop loop, Instant since, Instant slot) {
        Duration own = ownGrace.apply(loop);
        return own == null ? InstantMath.later(plus(since, minGrace), slot) : plus(since, own);
    }

    private static Instant plus(Instant instant, Duration duration) {
        Instant sum = InstantMath.plus(instant, duration);
        return sum == null ? Instant.MAX : sum;
    }

    /**
     * {@return the second slot of a run after an instant; the end of time if there is none, or if the schedule throws}
     *
     * @param slots about how many slots the run had had by then
     */
    private static Instant secondSlotAfter(Schedule schedule, Instant since, long slots) {
        try {
            // When the run of an interval began is not known here. So the first slot is that of the start itself, also
            // if
            // a jitter has moved it, and does not count.
            List<Instant> coming = schedule.isMonotonic()
                    ? schedule.nextRuns(since, 3)
                    : ComingSlots.list(schedule, new SlotContext(since, since, since, since, Math.max(1, slots)), 2);
            int second = schedule.isMonotonic() ? 2 : 1;
            return second < coming.size() ? coming.get(second) : Instant.MAX;
        } catch (Throwable e) { // of a user's schedule: the loop itself meets that, and tells of it
            return Instant.MAX;
        }
    }

    private static String wellBecause(LoopStatus status) {
        if (status.paused()) {
            return "paused";
        }
        return switch (status.state()) {
            case IDLE -> status.lastEnd() == null ? "not started" : "its run was ended";
            case STARTING ->
                status.startingSince() == null ? "it begins" : "in beforeLoop since " + status.startingSince();
            case ENDING -> "it ends";
            default -> status.lastSuccess() == null ? "no success yet" : "last success " + status.lastSuccess();
        };
    }

    private static String nameOf(Throwable cause) {
        return cause.getClass().getName();
    }

    /**
     * What is said of all loops. The constructor is not API: later versions may add components.
     *
     * @param loops what is said of each, oldest first
     */
    public record Report(List<Verdict> loops) {
        /**
         * Makes a report.
         *
         * @param loops is copied
         */
        public Report {
            loops = List.copyOf(loops);
        }

        /** {@return whether no loop is down} */
        public boolean isUp() {
            return loops.stream().allMatch(Verdict::isUp);
        }

        /** {@return the loops that are down, oldest first} */
        public List<Verdict> down() {
            return loops.stream().filter(verdict -> !verdict.isUp()).toList();
        }
    }

    /**
     * What is said of one loop. The constructor is not API: later versions may add components.
     *
     * @param loop the loop
     * @param status its status, from which this was judged
     * @param isUp whether it is well
     * @param reason why, in a few words, for people
     */
    public record Verdict(Loop loop, LoopStatus status, boolean isUp, String reason) {}
}
