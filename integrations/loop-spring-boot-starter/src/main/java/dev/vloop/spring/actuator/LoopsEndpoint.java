package dev.vloop.spring.actuator;

import dev.vloop.Loop;
import dev.vloop.LoopFailure;
import dev.vloop.LoopHealth;
import dev.vloop.LoopRuntime;
import dev.vloop.LoopStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.Access;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.boot.convert.DurationStyle;

/**
 * Shows the loops, and changes them if {@code management.endpoint.loops.access} is {@code unrestricted}. Exceptions are named by their
 * types alone, since their messages may hold secrets.
 */
@Endpoint(id = "loops", defaultAccess = Access.READ_ONLY)
public final class LoopsEndpoint {
    /** How many slots to come are shown. */
    private static final int SLOTS = 5;

    private final LoopRuntime runtime;
    private final LoopHealth health;

    LoopsEndpoint(LoopRuntime runtime, LoopHealth health) {
        this.runtime = runtime;
        this.health = health;
    }

    /** {@return all loops, oldest first} */
    @ReadOperation
    public Loops loops() {
        return new Loops(
                runtime.loops().stream().map(loop -> summary(check(loop))).toList());
    }

    /**
     * Shows one loop.
     *
     * @param name its name
     * @return the loop; null, which is 404 on the web, if there is none
     */
    @ReadOperation
    public @Nullable Detail loop(@Selector String name) {
        Loop loop = runtime.find(name);
        return loop == null ? null : detail(loop);
    }

    /**
     * Changes one loop.
     *
     * @param name its name
     * @param action {@code trigger}, {@code pause}, {@code resume}, {@code start}, {@code stop} or {@code interval}
     * @param interval the new interval, such as 30s, for the action of that name
     * @return the loop after that; 404 if there is none, 409 if its state does not allow the action
     */
    @WriteOperation
    public WebEndpointResponse<Object> change(@Selector String name, String action, @Nullable String interval) {
        Loop loop = runtime.find(name);
        if (loop == null) {
            return new WebEndpointResponse<>(WebEndpointResponse.STATUS_NOT_FOUND);
        }
        try {
            change(loop, action, interval);
        } catch (IllegalStateException e) {
            return new WebEndpointResponse<>(Map.of("error", String.valueOf(e.getMessage())), 409);
        }
        return new WebEndpointResponse<>(detail(loop));
    }

    private static void change(Loop loop, String action, @Nullable String interval) {
        switch (action) {
            case "trigger" -> loop.trigger();
            case "pause" -> loop.pause();
            case "resume" -> loop.resume();
            case "start" -> loop.startIfIdle();
            case "stop" -> loop.stop();
            case "interval" -> changeInterval(loop, interval);
            default ->
                throw new InvalidEndpointRequestException(
                        "no action '" + action + "'", "action must be trigger, pause, resume, start, stop or interval");
        }
    }

    private static void changeInterval(Loop loop, @Nullable String interval) {
        try {
            String text = String.valueOf(interval);
            if (text.matches("[+-]?[0-9]+")) { // for Boot these are milliseconds, and hardly anybody means them
                throw new IllegalArgumentException("no unit");
            }
            loop.changeInterval(DurationStyle.detectAndParse(text));
        } catch (IllegalArgumentException e) {
            throw new InvalidEndpointRequestException(
                    "interval '" + interval + "'",
                    "interval must be positive and have a unit, such as 30s, 5m or PT1H",
                    e);
        }
    }

    private LoopHealth.Verdict check(Loop loop) {
        return health.check(loop, runtime.clock().instant());
    }

    private static Summary summary(LoopHealth.Verdict verdict) {
        Loop loop = verdict.loop();
        LoopStatus status = verdict.status();
        return new Summary(
                loop.name(),
                loop.kind(),
                status.state().name(),
                status.paused(),
                loop.schedule().toString(),
                status.nextIteration(),
                status.lastSuccess(),
                status.failuresInARow(),
                verdict.isUp(),
                verdict.reason());
    }

    private Detail detail(Loop loop) {
        LoopHealth.Verdict verdict = check(loop);
        LoopStatus status = verdict.status();
        LoopFailure failure = status.lastFailure();
        return new Detail(
                summary(verdict),
                status.iterations(),
                status.attempt(),
                status.retries(),
                status.missedSlots(),
                failure == null ? null : failure.cause().getClass().getName(),
                nextSlots(loop, status.nextIteration()),
                loop.describe());
    }

    /** {@return the next slots, if none is triggered and the schedule stays} Fewer if the schedule, which may be a user's, throws. */
    private static List<Instant> nextSlots(Loop loop, @Nullable Instant next) {
        try {
            return loop.nextIterations(SLOTS);
        } catch (RuntimeException e) {
            return next == null ? List.of() : List.of(next);
        }
    }

    /**
     * All loops.
     *
     * @param loops the loops, oldest first
     */
    public record Loops(List<Summary> loops) {
        /**
         * Makes the answer.
         *
         * @param loops is copied
         */
        public Loops {
            loops = List.copyOf(loops);
        }
    }

    /**
     * A loop in short.
     *
     * @param name its name
     * @param kind its kind
     * @param state what it does
     * @param paused whether it is paused
     * @param schedule its schedule in short
     * @param nextSlot when it runs next; null if it does not
     * @param lastSuccess when an iteration last succeeded; null if none has
     * @param failuresInARow how many attempts have failed since
     * @param up whether it is well
     * @param reason why, for people
     */
    public record Summary(
            String name,
            String kind,
            String state,
            boolean paused,
            String schedule,
            @Nullable Instant nextSlot,
            @Nullable Instant lastSuccess,
            int failuresInARow,
            boolean up,
            String reason) {}

    /**
     * A loop in full.
     *
     * @param loop the loop in short
     * @param iterations how many the run has finished
     * @param attempt the current attempt; 0 between iterations
     * @param retries how many attempts of the run were retries
     * @param missedSlots how many slots of the run were skipped
     * @param lastFailure the type of the last exception; null if there was none
     * @param nextSlots the next slots, at most five
     * @param options how the loop was built
     */
    public record Detail(
            Summary loop,
            long iterations,
            int attempt,
            long retries,
            long missedSlots,
            @Nullable String lastFailure,
            List<Instant> nextSlots,
            Map<String, String> options) {
        /**
         * Makes the answer.
         *
         * @param nextSlots is copied
         * @param options is kept as it is, since its order matters
         */
        public Detail {
            nextSlots = List.copyOf(nextSlots);
        }
    }
}
