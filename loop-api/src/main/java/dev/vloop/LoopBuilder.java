package dev.vloop;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.function.Function;

/**
 * The options of a loop, until its body is given. They may be set in any order; of those that hold one value the last call counts.
 * A wrong argument is refused at the call, and leaves the options as they were. Used by one thread.
 *
 * <p><b>Failures.</b> What the body throws gets a {@linkplain Reaction reaction}. The most specific type that was named by
 * {@link #retryOn}, {@link #continueOn}, {@link #failOn} or {@link #on} decides, at the same type the last call; what nobody named
 * fails. The cause of an {@code ExecutionException} or {@code CompletionException} is judged in its stead. {@code IOException},
 * {@code UncheckedIOException} and {@code TimeoutException} are retried unless told otherwise. An {@link Error} always fails. An
 * {@link InterruptedException}, or an interrupted thread, is a cancellation, not a failure.
 */
public interface LoopBuilder {
    /**
     * An iteration at once, and at every interval after it: {@link Schedule#every}.
     *
     * @param interval the distance of two slots, not of an end and a start
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     */
    LoopBuilder every(Duration interval);

    /**
     * An iteration at once, and a delay after each end: {@link Schedule#fixedDelay}.
     *
     * @param delay from the end of an iteration to the start of the next
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     */
    LoopBuilder fixedDelay(Duration delay);

    /**
     * An iteration at each of these local times, every day: {@link Schedule#dailyAt}.
     *
     * @param zone whose local times they are
     * @param times at least one; duplicates count once
     * @return this builder
     * @throws IllegalArgumentException if there are no times
     */
    LoopBuilder dailyAt(ZoneId zone, LocalTime... times);

    /**
     * An iteration at each slot of the schedule.
     *
     * @param schedule the slots
     * @return this builder
     */
    LoopBuilder schedule(Schedule schedule);

    /**
     * Moves the first slot: the schedule begins this long after {@code beforeLoop}.
     *
     * @param delay how long; zero for none
     * @return this builder
     * @throws IllegalArgumentException if it is negative
     */
    LoopBuilder initialDelay(Duration delay);

    /**
     * Completes the run as soon as that many iterations are over.
     *
     * @param iterations how many; tolerated failures and triggered iterations count
     * @return this builder
     * @throws IllegalArgumentException if it is below 1
     */
    LoopBuilder count(long iterations);

    /**
     * Says what becomes of slots that passed during a long body or a suspend; {@link MissedSlots#RUN_ONCE} unless said.
     *
     * @param policy what becomes of them
     * @return this builder
     */
    LoopBuilder missed(MissedSlots policy);

    /**
     * Skips slots that are later than this, whatever the policy for missed ones; there is no limit unless said.
     *
     * @param lateness how late is still worth running
     * @return this builder
     * @throws IllegalArgumentException if it is negative
     */
    LoopBuilder maxLateness(Duration lateness);

    /**
     * Interrupts an attempt that takes longer, and what it has forked. It then fails with a {@code TimeoutException}, which is retried
     * unless told otherwise: a body that greets three hundred guilds greets the first ones again. Where an iteration must not be
     * repeated, say {@code maxAttempts(1).continueOn(Exception.class)} as well. A body that is deaf to interrupts goes on until it
     * returns, and nothing else begins meanwhile; where it hangs is logged.
     *
     * @param perAttempt how long an attempt may take, forks included
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     */
    LoopBuilder timeout(Duration perAttempt);

    /**
     * Exceptions of this type: the same iteration again, after the backoff.
     *
     * @param type the type; the most specific type named decides
     * @return this builder
     */
    LoopBuilder retryOn(Class<? extends Exception> type);

    /**
     * Exceptions of this type: logged, and on with the next slot.
     *
     * @param type the type; the most specific type named decides
     * @return this builder
     */
    LoopBuilder continueOn(Class<? extends Exception> type);

    /**
     * Exceptions of this type: the run ends.
     *
     * @param type the type; the most specific type named decides
     * @return this builder
     */
    LoopBuilder failOn(Class<? extends Exception> type);

    /**
     * Exceptions of this type: as the function says.
     *
     * @param <E> the type
     * @param type the type; the most specific type named decides
     * @param decide what follows such an exception; what it throws fails the run
     * @return this builder
     */
    <E extends Exception> LoopBuilder on(Class<E> type, Function<? super E, Reaction> decide);

    /**
     * Forgets all types named so far, the defaults included: what is not named after it fails.
     *
     * @return this builder
     */
    LoopBuilder clearReactions();

    /**
     * Limits the attempts of one iteration; there is no limit unless said. The failure of the last one goes by the next wider type
     * that is named and does not say retry; without one the run fails.
     *
     * @param attempts how many; 1 for no retries
     * @return this builder
     * @throws IllegalArgumentException if it is below 1
     */
    LoopBuilder maxAttempts(int attempts);

    /**
     * Says how long to wait before the next attempt; {@link Backoff#exponential()} unless said.
     *
     * @param backoff the wait; what it throws, or a negative wait, fails the run
     * @return this builder
     */
    LoopBuilder backoff(Backoff backoff);

    /**
     * Lets iterations overlap; a loop does not overlap itself unless said. An iteration that is due while others go on begins on a
     * thread of its own, as long as fewer than {@code iterations} go on; slots that pass while there are as many are missed ones.
     * All are over before {@code afterLoop}. {@link Loop#stop} lets all that have begun finish, {@link Loop#cancel} interrupts them
     * all; the first that fails for good lets no other begin, and the run fails when those that go on are over. The count is that of
     * iterations begun; each has its own attempts, retries, timeout and forks. {@link LoopStatus} shows {@code EXECUTING} while any
     * goes on, and the attempt of the one that began last. Listeners hear of an iteration on its thread. A schedule that depends on
     * the end of the last iteration, as {@link #fixedDelay}, counts from its slot.
     *
     * @param iterations how many may go on at once
     * @return this builder
     * @throws IllegalArgumentException if it is below 1
     */
    LoopBuilder maxConcurrent(int iterations);

    /**
     * Adds what runs at the start of a run, on the loop's thread, before the first slot is computed. Several are called in order.
     *
     * @param hook may block
     * @return this builder
     */
    LoopBuilder beforeLoop(BeforeLoop hook);

    /**
     * Adds what runs once at the end of a run, however it ended. Several are called in order, each whatever the others threw.
     *
     * @param hook may block, and is not interrupted
     * @return this builder
     */
    LoopBuilder afterLoop(AfterLoop hook);

    /**
     * Adds what hears of every failed attempt, after it was logged. Several are called in order.
     *
     * @param handler may block
     * @return this builder
     */
    LoopBuilder onFailure(FailureHandler handler);

    /**
     * Makes the loop known to its runtime, without starting it.
     *
     * @param body what it does
     * @return the loop
     * @throws IllegalStateException if it has no schedule, a loop of its name runs, or the runtime is closed
     */
    Loop build(LoopBody body);

    /**
     * Builds and starts the loop. The body may run before this call returns: start a loop when what its body uses is complete, not
     * in the constructor of an object that the body reads; and let the body use {@link Iteration#loop} rather than what this returns.
     *
     * @param body what it does
     * @return the loop
     * @throws IllegalStateException if it has no schedule, a loop of its name runs, or the runtime is closed
     */
    Loop start(LoopBody body);

    /**
     * Builds and starts the loop unless one of its name runs; for events that come more than once, as a bot's "ready".
     *
     * @param body what it does
     * @return the loop of that name that runs
     * @throws IllegalStateException if it has no schedule, or the runtime is closed
     */
    Loop startIfIdle(LoopBody body);
}
