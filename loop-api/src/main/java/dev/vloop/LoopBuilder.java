package dev.vloop;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.function.Function;

/** The options of a loop, until its body is given. Not thread-safe. */
public interface LoopBuilder {
    /** An iteration at once, and at every interval after it: {@code Schedule.every}. */
    LoopBuilder every(Duration interval);

    /** An iteration at once, and a delay after each end: {@code Schedule.fixedDelay}. */
    LoopBuilder fixedDelay(Duration delay);

    /** An iteration at each of these local times, every day: {@code Schedule.dailyAt}. */
    LoopBuilder dailyAt(ZoneId zone, LocalTime... times);

    /** An iteration at each slot of the schedule. */
    LoopBuilder schedule(Schedule schedule);

    /** Moves the first slot. */
    LoopBuilder initialDelay(Duration delay);

    /** Completes the run after that many iterations. */
    LoopBuilder count(long iterations);

    /** What becomes of slots that passed during a long body or a suspend; {@code RUN_ONCE} unless said. */
    LoopBuilder missed(MissedSlots policy);

    /** Slots that are later than this are skipped, whatever the policy for missed ones. */
    LoopBuilder maxLateness(Duration lateness);

    /** Interrupts an attempt that takes longer; it fails with a TimeoutException, which is retried unless told otherwise. */
    LoopBuilder timeout(Duration perAttempt);

    /** Exceptions of this type: the same iteration again, after the backoff. The most specific type named decides. */
    LoopBuilder retryOn(Class<? extends Exception> type);

    /** Exceptions of this type: logged, and on with the next slot. The most specific type named decides. */
    LoopBuilder continueOn(Class<? extends Exception> type);

    /** Exceptions of this type: the run ends. The most specific type named decides. */
    LoopBuilder failOn(Class<? extends Exception> type);

    /** Exceptions of this type: as the function says. The most specific type named decides. */
    <E extends Exception> LoopBuilder on(Class<E> type, Function<? super E, Reaction> decide);

    /** Forgets all types named so far, the defaults included: what is not named after it fails. */
    LoopBuilder clearReactions();

    /** The attempts of one iteration, 1 for no retries; the failure of the last goes by the next wider type that is named. */
    LoopBuilder maxAttempts(int attempts);

    /** The wait before the next attempt. */
    LoopBuilder backoff(Backoff backoff);

    /** Runs before the first slot is computed, on the loop's thread. */
    LoopBuilder beforeLoop(BeforeLoop hook);

    /** Runs once at the end of a run, however it ended. */
    LoopBuilder afterLoop(AfterLoop hook);

    /** Hears of every failed attempt, after it was logged. Several are called in order. */
    LoopBuilder onFailure(FailureHandler handler);

    /** {@return the loop, known to its runtime, not started} */
    Loop build(LoopBody body);

    /** Builds and starts the loop; refused while one of its name runs. */
    Loop start(LoopBody body);

    /** Builds and starts the loop unless one of its name runs; {@return the one that runs}. For events that come more than once. */
    Loop startIfIdle(LoopBody body);
}
