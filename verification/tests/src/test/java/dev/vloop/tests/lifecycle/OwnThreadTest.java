package dev.vloop.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.Loop;
import dev.vloop.LoopBuilder;
import dev.vloop.Schedule;
import dev.vloop.tests.support.VirtualTimeTest;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("R11: every method, from the loop's own body and hooks")
class OwnThreadTest extends VirtualTimeTest {
    /** Where the loop's own code runs. Each option makes the loop call back exactly there. */
    private static final Map<String, Place> PLACES = new TreeMap<>(Map.of(
            "body", (builder, code) -> builder.start(it -> code.run()),
            "beforeLoop", (builder, code) -> builder.beforeLoop(code::run).start(it -> {}),
            "afterLoop",
                    (builder, code) ->
                            builder.afterLoop(end -> code.run()).count(1).start(it -> {}),
            "onFailure",
                    (builder, code) -> builder.onFailure(failure -> code.run()).start(it -> fail()),
            "backoff",
                    (builder, code) ->
                            builder.backoff((failure, random) -> running(code)).start(it -> fail()),
            "a fork",
                    (builder, code) ->
                            builder.start(it -> it.fork(() -> running(code)).get()),
            "the schedule", (builder, code) -> builder.schedule(scheduled(code)).start(it -> {})));

    private static final Map<String, Consumer<Loop>> METHODS = new TreeMap<>(Map.ofEntries(
            Map.entry("name", Loop::name),
            Map.entry("startIfIdle", Loop::startIfIdle),
            Map.entry("stop", Loop::stop),
            Map.entry("cancel", Loop::cancel),
            Map.entry("restart", OwnThreadTest::restartOnce),
            Map.entry("remove", Loop::remove),
            Map.entry("pause", Loop::pause),
            Map.entry("resume", Loop::resume),
            Map.entry("trigger", Loop::trigger),
            Map.entry("changeSchedule", loop -> loop.changeSchedule(Schedule.every(seconds(2)))),
            Map.entry("changeInterval", loop -> loop.changeInterval(seconds(3))),
            Map.entry("isRunning", Loop::isRunning),
            Map.entry("status", Loop::status),
            Map.entry("nextIteration", Loop::nextIteration),
            Map.entry("toString", Loop::toString)));

    private interface Place {
        Loop start(LoopBuilder builder, Runnable code);
    }

    private boolean called;
    private Throwable thrown = new AssertionError("not called");

    private static void fail() throws IOException {
        throw new IOException("no network");
    }

    private static Duration running(Runnable code) {
        code.run();
        return seconds(1);
    }

    private static Schedule scheduled(Runnable code) {
        return at -> {
            code.run();
            return at.lastSlot() == null ? at.now() : at.lastSlot().plusSeconds(1);
        };
    }

    private static void restartOnce(Loop loop) {
        if (loop.status().lastEnd() == null) {
            loop.restart();
        }
    }

    static Stream<Arguments> everyMethodInEveryPlace() {
        return PLACES.keySet().stream()
                .flatMap(place -> METHODS.keySet().stream().map(method -> Arguments.of(method, place)));
    }

    static Stream<String> everyPlace() {
        return PLACES.keySet().stream();
    }

    private Loop startIn(String place, ThrowingCallable code) {
        Runnable once = () -> {
            if (called) {
                return;
            }
            called = true;
            try {
                code.call();
                thrown = new AssertionError("nothing was thrown");
            } catch (Throwable e) {
                thrown = e;
            }
        };
        LoopBuilder builder = loops.loop("job").every(seconds(1)).backoff((failure, random) -> seconds(1));
        return PLACES.get(place).start(builder, once);
    }

    @ParameterizedTest(name = "{0} from {1}")
    @MethodSource("everyMethodInEveryPlace")
    void may_be_called_and_does_not_block(String method, String place) {
        startIn(place, () -> {
            Duration before = loops.elapsed();
            METHODS.get(method).accept(loops.loops().isEmpty() ? known() : loops.get("job"));
            assertThat(loops.elapsed()).isEqualTo(before);
        });
        loops.advance(seconds(10));
        assertThat(called).isTrue();
        boolean refused = method.equals("trigger") && place.equals("afterLoop"); // R10: there is no iteration after it
        assertThat(thrown)
                .hasMessage(
                        refused
                                ? "loop 'job' is ending: startIfIdle() begins a run as soon as this one is over"
                                : "nothing was thrown");
    }

    private Loop known() {
        throw new AssertionError("the loop is not known");
    }

    @ParameterizedTest(name = "from {0}")
    @MethodSource("everyPlace")
    void join_is_refused_instead_of_hanging(String place) {
        startIn(place, () -> loops.get("job").join());
        loops.advance(seconds(10));
        assertThat(thrown).isInstanceOf(IllegalStateException.class).hasMessageContaining("'job'");
    }

    @ParameterizedTest(name = "from {0}")
    @MethodSource("everyPlace")
    void join_with_a_limit_is_refused(String place) {
        startIn(place, () -> loops.get("job").join(seconds(1)));
        loops.advance(seconds(10));
        assertThat(thrown).isInstanceOf(IllegalStateException.class).hasMessageContaining("'job'");
    }

    @ParameterizedTest(name = "from {0}")
    @MethodSource("everyPlace")
    void join_of_the_runtime_is_refused(String place) {
        startIn(place, loops::join);
        loops.advance(seconds(10));
        assertThat(thrown).isInstanceOf(IllegalStateException.class).hasMessageContaining("'job'");
    }

    @ParameterizedTest(name = "from {0}")
    @MethodSource("everyPlace")
    void start_is_refused_as_from_any_thread(String place) {
        startIn(place, () -> loops.get("job").start());
        loops.advance(seconds(10));
        assertThat(thrown).isInstanceOf(IllegalStateException.class).hasMessageContaining("'job'");
    }

    @ParameterizedTest(name = "from {0}")
    @MethodSource("everyPlace")
    void shutdown_of_the_runtime_is_refused_and_leaves_it_open(String place) {
        startIn(place, () -> loops.shutdown(seconds(1)));
        loops.advance(seconds(10));
        assertThat(thrown).isInstanceOf(IllegalStateException.class).hasMessageContaining("'job'");
        assertThatThrownBy(() -> {
                    loops.loop("other").every(seconds(1)).start(it -> {});
                    throw new IllegalArgumentException("still open");
                })
                .hasMessage("still open");
    }
}
