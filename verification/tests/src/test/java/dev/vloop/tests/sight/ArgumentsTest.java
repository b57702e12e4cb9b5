package dev.vloop.tests.sight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.vloop.Backoff;
import dev.vloop.Iteration;
import dev.vloop.Loop;
import dev.vloop.LoopBuilder;
import dev.vloop.Reactions;
import dev.vloop.Schedule;
import dev.vloop.testkit.TestLoops;
import dev.vloop.tests.support.VirtualTimeTest;
import dev.vloop.vthreads.VirtualLoops;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("R37: wrong arguments are refused at the call")
@NullUnmarked
@SuppressWarnings({"unchecked", "rawtypes"})
class ArgumentsTest extends VirtualTimeTest {
    private static final Duration NEGATIVE = Duration.ofSeconds(-1);

    private interface InBody {
        void run(Iteration iteration) throws Exception;
    }

    /** A call, the name of the argument that it gets wrong, and its value; a value of null stands for a null. */
    private static <T> Arguments wrong(String what, Consumer<T> call, String name, @Nullable String value) {
        return Arguments.of(what, call, name, value);
    }

    private static Arguments ofBuilder(String what, Consumer<LoopBuilder> call, String name, @Nullable String value) {
        return wrong("LoopBuilder." + what, call, name, value);
    }

    static Stream<Arguments> builderCalls() {
        return Stream.of(
                ofBuilder("every(null)", b -> b.every(null), "interval", null),
                ofBuilder("every(0)", b -> b.every(Duration.ZERO), "interval", "PT0S"),
                ofBuilder("every(-1)", b -> b.every(NEGATIVE), "interval", "PT-1S"),
                ofBuilder("fixedDelay(null)", b -> b.fixedDelay(null), "delay", null),
                ofBuilder("fixedDelay(0)", b -> b.fixedDelay(Duration.ZERO), "delay", "PT0S"),
                ofBuilder("fixedDelay(-1)", b -> b.fixedDelay(NEGATIVE), "delay", "PT-1S"),
                ofBuilder("dailyAt(null zone)", b -> b.dailyAt(null, LocalTime.NOON), "zone", null),
                ofBuilder("dailyAt(no times)", b -> b.dailyAt(ZoneOffset.UTC), "times", ""),
                ofBuilder("dailyAt(null times)", b -> b.dailyAt(ZoneOffset.UTC, (LocalTime[]) null), "times", null),
                ofBuilder("dailyAt(a null)", b -> b.dailyAt(ZoneOffset.UTC, LocalTime.NOON, null), "time", null),
                ofBuilder("schedule(null)", b -> b.schedule(null), "schedule", null),
                ofBuilder("initialDelay(null)", b -> b.initialDelay(null), "initialDelay", null),
                ofBuilder("initialDelay(-1)", b -> b.initialDelay(NEGATIVE), "initialDelay", "PT-1S"),
                ofBuilder("count(0)", b -> b.count(0), "count", "0"),
                ofBuilder("count(-7)", b -> b.count(-7), "count", "-7"),
                ofBuilder("missed(null)", b -> b.missed(null), "missed", null),
                ofBuilder("oncePerCluster(null)", b -> b.oncePerCluster(null), "cut", null),
                ofBuilder("maxLateness(null)", b -> b.maxLateness(null), "maxLateness", null),
                ofBuilder("maxLateness(-1)", b -> b.maxLateness(NEGATIVE), "maxLateness", "PT-1S"),
                ofBuilder("timeout(null)", b -> b.timeout(null), "timeout", null),
                ofBuilder("timeout(0)", b -> b.timeout(Duration.ZERO), "timeout", "PT0S"),
                ofBuilder("timeout(-1)", b -> b.timeout(NEGATIVE), "timeout", "PT-1S"),
                ofBuilder("maxConcurrent(0)", b -> b.maxConcurrent(0), "maxConcurrent", "0"),
                ofBuilder("maxConcurrent(-7)", b -> b.maxConcurrent(-7), "maxConcurrent", "-7"),
                ofBuilder("retryOn(null)", b -> b.retryOn(null), "type", null),
                ofBuilder("continueOn(null)", b -> b.continueOn(null), "type", null),
                ofBuilder("failOn(null)", b -> b.failOn(null), "type", null),
                ofBuilder("retryOn(an Error)", b -> b.retryOn((Class) Error.class), "type", "java.lang.Error"),
                ofBuilder("continueOn(Throwable)", b -> b.continueOn((Class) Throwable.class), "type", "Throwable"),
                ofBuilder("on(null type)", b -> b.on(null, e -> null), "type", null),
                ofBuilder("on(null function)", b -> b.on(Exception.class, null), "decide", null),
                ofBuilder("maxAttempts(0)", b -> b.maxAttempts(0), "maxAttempts", "0"),
                ofBuilder("maxAttempts(-7)", b -> b.maxAttempts(-7), "maxAttempts", "-7"),
                ofBuilder("backoff(null)", b -> b.backoff(null), "backoff", null),
                ofBuilder("beforeLoop(null)", b -> b.beforeLoop(null), "beforeLoop", null),
                ofBuilder("afterLoop(null)", b -> b.afterLoop(null), "afterLoop", null),
                ofBuilder("onFailure(null)", b -> b.onFailure(null), "onFailure", null),
                ofBuilder("intercept(null)", b -> b.intercept(null), "interceptor", null),
                ofBuilder("interceptAttempts(null)", b -> b.interceptAttempts(null), "interceptor", null),
                ofBuilder("forkContext(null)", b -> b.forkContext(null), "context", null),
                ofBuilder("kind(null)", b -> b.kind(null), "kind", null),
                ofBuilder("kind(\" \")", b -> b.kind(" "), "kind", "\" \""),
                ofBuilder("build(null)", b -> b.build(null), "body", null),
                ofBuilder("start(null)", b -> b.start(null), "body", null),
                ofBuilder("startIfIdle(null)", b -> b.startIfIdle(null), "body", null));
    }

    static Stream<Arguments> runtimeCalls() {
        return Stream.of(
                ArgumentsTest.<TestLoops>wrong("loop(null)", r -> r.loop(null), "name", null),
                ArgumentsTest.<TestLoops>wrong("loop(\"\")", r -> r.loop(""), "name", "\"\""),
                ArgumentsTest.<TestLoops>wrong("loop(\" \")", r -> r.loop(" \t"), "name", "\" \t\""),
                ArgumentsTest.<TestLoops>wrong("find(null)", r -> r.find(null), "name", null),
                ArgumentsTest.<TestLoops>wrong("shutdown(null)", r -> r.shutdown(null), "grace", null),
                ArgumentsTest.<TestLoops>wrong("shutdown(-1)", r -> r.shutdown(NEGATIVE), "grace", "PT-1S"),
                ArgumentsTest.<TestLoops>wrong(
                        "shutdownOnExit(null)", r -> r.shutdownOnExit(null, () -> {}), "grace", null),
                ArgumentsTest.<TestLoops>wrong(
                        "shutdownOnExit(-1)", r -> r.shutdownOnExit(NEGATIVE, () -> {}), "grace", "PT-1S"),
                ArgumentsTest.<TestLoops>wrong(
                        "shutdownOnExit(.., null)", r -> r.shutdownOnExit(seconds(1), null), "then", null),
                ArgumentsTest.<TestLoops>wrong("clock().sleep(null)", r -> sleep(r, null), "duration", null),
                ArgumentsTest.<TestLoops>wrong("clock().sleep(-1)", r -> sleep(r, NEGATIVE), "duration", "PT-1S"));
    }

    private static void sleep(TestLoops runtime, Duration duration) {
        try {
            runtime.clock().sleep(duration);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Arguments ofReactions(String what, Consumer<Reactions> call, String name, @Nullable String value) {
        return ArgumentsTest.<Loop>wrong("changeReactions: " + what, l -> l.changeReactions(call), name, value);
    }

    static Stream<Arguments> loopCalls() {
        return Stream.of(
                ArgumentsTest.<Loop>wrong("changeReactions(null)", l -> l.changeReactions(null), "change", null),
                ofReactions("retryOn(null)", r -> r.retryOn(null), "type", null),
                ofReactions("continueOn(null)", r -> r.continueOn(null), "type", null),
                ofReactions("failOn(null)", r -> r.failOn(null), "type", null),
                ofReactions("remove(null)", r -> r.remove(null), "type", null),
                ofReactions("failOn(an Error)", r -> r.failOn((Class) Error.class), "type", "java.lang.Error"),
                ofReactions("on(null type)", r -> r.on(null, e -> null), "type", null),
                ofReactions("on(null function)", r -> r.on(Exception.class, null), "decide", null),
                ArgumentsTest.<Loop>wrong("changeSchedule(null)", l -> l.changeSchedule(null), "schedule", null),
                ArgumentsTest.<Loop>wrong("changeInterval(null)", l -> l.changeInterval(null), "interval", null),
                ArgumentsTest.<Loop>wrong(
                        "changeInterval(0)", l -> l.changeInterval(Duration.ZERO), "interval", "PT0S"),
                ArgumentsTest.<Loop>wrong("changeInterval(-1)", l -> l.changeInterval(NEGATIVE), "interval", "PT-1S"),
                ArgumentsTest.<Loop>wrong("join(null)", l -> join(l, null), "timeout", null),
                ArgumentsTest.<Loop>wrong("join(-1)", l -> join(l, NEGATIVE), "timeout", "PT-1S"));
    }

    private static void join(Loop loop, Duration timeout) {
        try {
            loop.join(timeout);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static Stream<Arguments> otherCalls() {
        return Stream.of(
                other("VirtualLoops.name(null)", () -> VirtualLoops.builder().name(null), "name", null),
                other("VirtualLoops.name(\"\")", () -> VirtualLoops.builder().name(""), "name", "\"\""),
                other(
                        "VirtualLoops.listener(null)",
                        () -> VirtualLoops.builder().listener(null),
                        "listener",
                        null),
                other(
                        "VirtualLoops.defaults(null)",
                        () -> VirtualLoops.builder().defaults(null),
                        "settings",
                        null),
                other("VirtualLoops.host(null)", () -> VirtualLoops.builder().host(null), "host", null),
                other("Schedule.once(null)", () -> Schedule.once(null), "at", null),
                other("Schedule.limitedTo(0)", () -> Schedule.once(ORIGIN).limitedTo(0), "slots", "0"),
                other("Schedule.until(null)", () -> Schedule.once(ORIGIN).until(null), "end", null),
                other("Schedule.startingAt(null)", () -> Schedule.once(ORIGIN).startingAt(null), "start", null),
                other("Schedule.shiftedBy(null)", () -> Schedule.once(ORIGIN).shiftedBy(null), "delay", null),
                other("Schedule.jitter(null)", () -> Schedule.once(ORIGIN).jitter(null), "max", null),
                other("Schedule.anyOf()", Schedule::anyOf, "schedules", ""),
                other("Backoff.fixed(null)", () -> Backoff.fixed(null), "delay", null),
                other("Backoff.fixed(-1)", () -> Backoff.fixed(NEGATIVE), "delay", "PT-1S"),
                other("Backoff.exponential(null, ..)", () -> Backoff.exponential(null, seconds(1)), "first", null),
                other("Backoff.exponential(-1, ..)", () -> Backoff.exponential(NEGATIVE, seconds(1)), "first", "PT-1S"),
                other("Backoff.exponential(2, 1)", () -> Backoff.exponential(seconds(2), seconds(1)), "max", "PT1S"));
    }

    private static Arguments other(String what, Runnable call, String name, @Nullable String value) {
        return Arguments.of(what, call, name, value);
    }

    private static void assertRefused(Runnable call, String name, @Nullable String value) {
        assertRefusal(catchThrowable(call::run), name, value);
    }

    /** One wording for all: the name, what it must be, the value. */
    private static void assertRefusal(@Nullable Throwable thrown, String name, @Nullable String value) {
        assertThat(thrown)
                .isInstanceOf(value == null ? NullPointerException.class : IllegalArgumentException.class)
                .hasMessageContaining(name)
                .hasMessageContaining(" must ");
        if (value == null) {
            assertThat(thrown).hasMessageEndingWith(" must not be null");
        } else if (value.isEmpty()) {
            assertThat(thrown).hasMessageEndingWith(" must not be empty");
        } else {
            assertThat(thrown).hasMessageContaining(", but is ").hasMessageEndingWith(value);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("builderCalls")
    void by_a_builder_which_keeps_its_options(String what, Consumer<LoopBuilder> call, String name, String value) {
        LoopBuilder builder = everySecond().count(2).timeout(seconds(3)).maxAttempts(1);
        assertRefused(() -> call.accept(builder), name, value);
        assertThat(loops.loops()).isEmpty();
        builder.start(it -> {
            note("body");
            if (it.index() == 1) {
                it.sleep(seconds(100));
            }
        });
        loops.advance(seconds(100));
        assertThat(events).containsExactly("before 0", "body 0", "body 1", "after Failed 4");
    }

    @ParameterizedTest(name = "LoopRuntime.{0}")
    @MethodSource("runtimeCalls")
    void by_a_runtime_which_goes_on(String what, Consumer<TestLoops> call, String name, String value) {
        everySecond().start(it -> note("body"));
        loops.settle();
        assertRefused(() -> call.accept(loops), name, value);
        loops.advance(seconds(1));
        assertThat(events).containsExactly("before 0", "body 0", "body 1");
        loops.loop("other").every(seconds(1)).start(it -> {});
    }

    @ParameterizedTest(name = "Loop.{0}")
    @MethodSource("loopCalls")
    void by_a_loop_which_goes_on(String what, Consumer<Loop> call, String name, String value) {
        Loop loop = everySecond().start(it -> note("body"));
        loops.settle();
        assertRefused(() -> call.accept(loop), name, value);
        loops.advance(seconds(2));
        assertThat(events).containsExactly("before 0", "body 0", "body 1", "body 2");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("otherCalls")
    void by_factories(String what, Runnable call, String name, String value) {
        assertRefused(call, name, value);
    }

    @Test
    void by_an_iteration_which_goes_on() {
        everySecond().count(1).start(it -> {
            assertRefusedIn(it, i -> i.sleep(null), "duration", null);
            assertRefusedIn(it, i -> i.sleep(NEGATIVE), "duration", "PT-1S");
            assertRefusedIn(it, i -> i.fork(null), "task", null);
            assertRefusedIn(it, i -> i.forkEach(null, item -> {}), "items", null);
            assertRefusedIn(it, i -> i.forkEach(List.of(), null), "task", null);
            it.fork(() -> {
                note("fork");
                return 0;
            });
        });
        loops.settle();
        assertThat(events).containsExactly("before 0", "fork 0", "after Completed 0");
    }

    private static void assertRefusedIn(Iteration iteration, InBody call, String name, @Nullable String value) {
        assertRefusal(catchThrowable(() -> call.run(iteration)), name, value);
    }

    @Test
    void a_loop_without_a_schedule_is_refused_with_a_hint() {
        LoopBuilder builder = loops.loop("job").count(1);
        assertThatThrownBy(() -> builder.build(it -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'job'")
                .hasMessageContaining("every(..)");
        assertThatThrownBy(() -> builder.start(it -> {})).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> builder.startIfIdle(it -> {})).isInstanceOf(IllegalStateException.class);
        assertThat(loops.loops()).isEmpty();
        builder.every(seconds(1)).start(it -> note("body"));
        loops.settle();
        assertThat(events).containsExactly("body 0");
    }

    @Test
    void default_settings_cannot_build_a_loop() {
        assertThatThrownBy(() ->
                        VirtualLoops.builder().defaults(b -> b.every(seconds(1)).start(it -> {})))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_slot_context_refuses_what_cannot_be() {
        assertThatThrownBy(() -> new dev.vloop.SlotContext(null, ORIGIN, null, null, 0))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("now");
        assertThatThrownBy(() -> new dev.vloop.SlotContext(Instant.EPOCH, ORIGIN, null, null, -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }
}
