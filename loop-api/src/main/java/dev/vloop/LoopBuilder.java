package dev.vloop;

import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.function.Function;

/**
 * Defines a loop: its options and, in the last call, its body. Options may be set in any order. If an option is set twice, the last call
 * counts; hooks are added. A wrong argument is refused at the call and changes nothing. A builder is for one thread.
 *
 * <p><b>Failures.</b> When the body throws an exception, its type decides on the {@linkplain Reaction reaction}. Types are named by
 * {@link #retryOn}, {@link #continueOn}, {@link #failOn} and {@link #on}. The most specific type that fits decides; if it was named
 * twice, the last call counts. An exception of a type that nobody named fails the run. By default, {@code IOException},
 * {@code UncheckedIOException} and {@code TimeoutException} are retried. For an {@code ExecutionException} or
 * {@code CompletionException}, its cause decides, and is what handlers see as {@link LoopFailure#cause}. What {@code beforeLoop} throws is
 * judged in the same way. {@link Loop#changeReactions} changes the types of a loop that was built. An {@link Error} always fails the run. An {@link InterruptedException}, or any
 * exception of an interrupted thread, is a cancellation and not a failure.
 */
public interface LoopBuilder {
    /**
     * Runs at once, and then at every interval: {@link Schedule#every}.
     *
     * @param interval from one slot to the next, however long the iterations take
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     */
    LoopBuilder every(Duration interval);

    /**
     * Runs at once, and then a delay after the end of each iteration: {@link Schedule#fixedDelay}.
     *
     * @param delay from the end of an iteration to the start of the next
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     */
    LoopBuilder fixedDelay(Duration delay);

    /**
     * Runs at these local times, every day: {@link Schedule#dailyAt}.
     *
     * @param zone whose local times they are
     * @param times at least one; duplicates count once
     * @return this builder
     * @throws IllegalArgumentException if there are no times
     */
    LoopBuilder dailyAt(ZoneId zone, LocalTime... times);

    /**
     * Runs at each slot of a schedule.
     *
     * @param schedule says when iterations are due
     * @return this builder
     */
    LoopBuilder schedule(Schedule schedule);

    /**
     * Delays the first slot: the schedule begins this long after the end of {@code beforeLoop}.
     *
     * @param delay how long; zero for none
     * @return this builder
     * @throws IllegalArgumentException if it is negative
     */
    LoopBuilder initialDelay(Duration delay);

    /**
     * Completes the run as soon as it has finished a number of iterations.
     *
     * @param iterations how many; triggered iterations count, and so do failed ones after which the loop goes on
     * @return this builder
     * @throws IllegalArgumentException if it is below 1
     */
    LoopBuilder count(long iterations);

    /**
     * Says what to do about slots that passed while the loop could not run. The default is {@link MissedSlots#RUN_ONCE}.
     *
     * @param policy what to do
     * @return this builder
     */
    LoopBuilder missed(MissedSlots policy);

    /**
     * Skips a slot if the loop is later for it than this, whatever the policy for missed slots. By default there is no limit.
     *
     * @param lateness how late an iteration may begin
     * @return this builder
     * @throws IllegalArgumentException if it is negative
     */
    LoopBuilder maxLateness(Duration lateness);

    /**
     * Interrupts an attempt that takes longer, and all that it has forked. The attempt then fails with a {@code TimeoutException}, which is
     * retried by default: a body that greets three hundred guilds then greets the first ones again. If an iteration must not be repeated,
     * add {@code maxAttempts(1).continueOn(Exception.class)}. A body that does not react to interrupts goes on until it returns. No other
     * attempt begins meanwhile, and the log says where the body hangs.
     *
     * @param perAttempt how long an attempt may take, forks included
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     */
    LoopBuilder timeout(Duration perAttempt);

    /**
     * Retries the iteration on exceptions of a type, after the backoff.
     *
     * @param type the type; the most specific type that fits decides
     * @return this builder
     */
    LoopBuilder retryOn(Class<? extends Exception> type);

    /**
     * Goes on with the next slot on exceptions of a type. They are logged.
     *
     * @param type the type; the most specific type that fits decides
     * @return this builder
     */
    LoopBuilder continueOn(Class<? extends Exception> type);

    /**
     * Ends the run as failed on exceptions of a type.
     *
     * @param type the type; the most specific type that fits decides
     * @return this builder
     */
    LoopBuilder failOn(Class<? extends Exception> type);

    /**
     * Lets a function decide on exceptions of a type.
     *
     * @param <E> the type
     * @param type the type; the most specific type that fits decides
     * @param decide says what follows such an exception; if it throws, the run fails
     * @return this builder
     */
    <E extends Exception> LoopBuilder on(Class<E> type, Function<? super E, Reaction> decide);

    /**
     * Forgets all types that were named so far, the defaults included. Exceptions of types that are not named afterwards fail the run.
     *
     * @return this builder
     */
    LoopBuilder clearReactions();

    /**
     * Limits the attempts of one iteration, and those of one {@code beforeLoop} hook. By default there is no limit. The last attempt cannot be retried: if it fails, the next wider
     * named type whose reaction is not a retry decides. If there is none, the run fails.
     *
     * @param attempts how many; 1 for no retries
     * @return this builder
     * @throws IllegalArgumentException if it is below 1
     */
    LoopBuilder maxAttempts(int attempts);

    /**
     * Says how long to wait before a retry. The default is {@link Backoff#exponential()}.
     *
     * @param backoff the wait; if it throws, or returns a negative wait, the run fails
     * @return this builder
     */
    LoopBuilder backoff(Backoff backoff);

    /**
     * Lets iterations overlap. By default they do not. If an iteration is due while others go on, it begins on a thread of its own, as
     * long as fewer than {@code iterations} go on. Slots that pass while that many go on are missed slots.
     *
     * <p>Each iteration has its own attempts, retries, timeout and forks. {@link #count} counts iterations when they begin. All iterations
     * are over before {@code afterLoop}. {@link Loop#stop} lets those finish that have begun; {@link Loop#cancel} interrupts them all. If
     * one fails for good, no other begins, and the run fails when those that go on are over. {@link LoopStatus} shows {@code EXECUTING}
     * while any goes on, and the attempt of the one that began last. Listeners are told of an iteration on that iteration's thread. A
     * schedule that depends on the end of the last iteration, such as {@link #fixedDelay}, counts from the last slot instead.
     *
     * @param iterations how many may go on at the same time
     * @return this builder
     * @throws IllegalArgumentException if it is below 1
     */
    LoopBuilder maxConcurrent(int iterations);

    /**
     * Adds a hook that is called at the start of a run, on the loop's thread, before the first slot is computed. Several hooks are called
     * in order. If one throws, the reactions and the backoff decide, as {@link BeforeLoop} says; one that is retried is called again, and
     * those before it are not.
     *
     * @param hook may block
     * @return this builder
     */
    LoopBuilder beforeLoop(BeforeLoop hook);

    /**
     * Adds a hook that is called once at the end of a run, however the run ended. Several hooks are called in order, even if
     * some of them throw.
     *
     * @param hook may block, and is not interrupted
     * @return this builder
     */
    LoopBuilder afterLoop(AfterLoop hook);

    /**
     * Adds a hook that is called after each failed attempt, also of {@code beforeLoop}, when the failure was logged. Several hooks are called in order.
     *
     * @param handler may block
     * @return this builder
     */
    LoopBuilder onFailure(FailureHandler handler);

    /**
     * Adds code around each iteration, with all its attempts and the backoffs between them. Several are a chain: the first is the
     * outermost, and those of {@code defaults} are outside of the loop's own. Listeners hear of an iteration before its interceptors and
     * after them.
     *
     * <p>{@link Chain#proceed} throws what the iteration has failed with, also if that was tolerated, and an
     * {@link InterruptedException} if it was cancelled. What follows is decided already: to swallow that exception changes nothing. One
     * of the interceptor's own fails the run. A cancel does not interrupt the interceptor itself, so it should not block.
     *
     * @param interceptor is called on the thread that runs the iteration
     * @return this builder
     */
    LoopBuilder intercept(LoopInterceptor interceptor);

    /**
     * Adds code around each attempt, within {@link #intercept} and the {@link #timeout}. Several are a chain: the first is the outermost,
     * and those of {@code defaults} are outside of the loop's own.
     *
     * <p>{@link Chain#proceed} calls the body, waits for its forks, and throws what the attempt fails with. The interceptor may throw
     * something else instead; then the attempt fails with that. If it throws nothing, the attempt is a success.
     *
     * @param interceptor is called on the thread that runs the attempt
     * @return this builder
     */
    LoopBuilder interceptAttempts(LoopInterceptor interceptor);

    /**
     * Adds a context that is handed on to each fork, {@link Iteration#forkEach} included. Of several, the first is the outermost.
     *
     * @param context captures on the thread that forks
     * @return this builder
     */
    LoopBuilder forkContext(ForkContext context);

    /**
     * Names the kind of the loop: a label that many loops have in common, such as {@code guild-digest} for a loop per guild. Metrics and
     * pages group by it. A loop with a kind logs to {@code dev.vloop.loop.<kind>}, so that a level can be set for it; all others log to
     * {@code dev.vloop}. Unless said, the kind is the loop's name.
     *
     * @param kind not blank; one of few, as loggers are never freed
     * @return this builder
     * @throws IllegalArgumentException if it is blank
     */
    LoopBuilder kind(String kind);

    /**
     * Runs each slot once in a cluster of instances, instead of on every instance. The runtime must have been given a cluster. The loop's
     * name, schedule and options are the same on all instances: they mean the same loop by its name.
     *
     * <p>The slots belong to the cluster. They begin when the first instance starts the loop for the first time, not when a process
     * starts, and they follow the cluster's clock, also those of an interval. Slots that came while no instance could run them are missed
     * slots: {@link #missed} and {@link #maxLateness} say what becomes of them. {@link #count}, {@link Loop#pause} and the end of a run
     * concern this instance alone: others go on. {@link Loop#trigger} asks for one iteration in the whole cluster.
     *
     * <p>No cluster can promise that a slot runs exactly once, nor that no two bodies overlap after a machine was suspended for longer than
     * its lease: see {@link CutSlots}, {@link Iteration#mayHaveBegun} and {@link Iteration#token}.
     *
     * @param cut what becomes of a slot whose instance dies, loses its lease or is cancelled in mid-iteration
     * @return this builder
     */
    LoopBuilder oncePerCluster(CutSlots cut);

    /**
     * Builds the loop without starting it. Its runtime knows it from now on.
     *
     * @param body what the loop does in each iteration
     * @return the loop
     * @throws IllegalStateException if there is no schedule, another loop of the same name runs, or the runtime is closed; and for a loop that
     *     is to run {@link #oncePerCluster} if the runtime has no cluster, iterations may overlap, or the schedule is not
     *     {@linkplain Schedule#isReproducible reproducible}
     */
    Loop build(LoopBody body);

    /**
     * Builds and starts the loop. The body may run before this call returns. So start a loop only when all that its body uses is complete,
     * and not in the constructor of an object that the body reads. In the body, use {@link Iteration#loop} instead of the loop that this
     * returns.
     *
     * @param body what the loop does in each iteration
     * @return the loop
     * @throws IllegalStateException as {@link #build} does
     */
    Loop start(LoopBody body);

    /**
     * Builds and starts the loop unless a loop of its name runs. It is for events that come more than once, such as a bot's "ready". A run
     * of that name that is about to end does not count: the new loop takes the name now, and its run begins as soon as the old one is over
     * (see {@link Loop#startIfIdle}). Until then it is {@link LoopState#STARTING}.
     *
     * @param body what the loop does in each iteration
     * @return the loop of that name that runs now; it has this body unless another one was running
     * @throws IllegalStateException as {@link #build} does, except for another loop of that name
     */
    Loop startIfIdle(LoopBody body);
}
