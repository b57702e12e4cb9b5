package dev.vloop.tests.races;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.vloop.Backoff;
import dev.vloop.Iteration;
import dev.vloop.Loop;
import dev.vloop.LoopBuilder;
import dev.vloop.LoopRuntime;
import dev.vloop.MissedSlots;
import dev.vloop.testkit.Finding;
import dev.vloop.testkit.TestLoops;
import dev.vloop.testkit.engine.Engines;
import dev.vloop.testkit.engine.HostSettings;
import dev.vloop.testkit.engine.VirtualHost;
import dev.vloop.vthreads.VirtualLoops;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightRecorderTest {
    @TempDir
    Path folder;

    @Test
    @DisplayName("R36: Flight Recorder gets an event per iteration, failure, miss and end, with what they were")
    void flight_recorder_gets_an_event_per_iteration_failure_miss_and_end() throws Exception {
        List<RecordedEvent> events = record(FlightRecorderTest::play, 2);

        assertThat(iterations(events))
                .containsExactly(
                        tuple("l", 0L, 2, "success"), tuple("l", 1L, 1, "continued"), tuple("l", 2L, 1, "success"));
        RecordedEvent retried = of(events, "Failure").get(0);
        assertThat(retried.getString("loop")).isEqualTo("l");
        assertThat(retried.getLong("index")).isZero();
        assertThat(retried.getInt("attempt")).isOne();
        assertThat(retried.getString("reaction")).isEqualTo("RETRY");
        assertThat(retried.getDuration("backoff")).isEqualTo(Duration.ofSeconds(5));
        assertThat(retried.getString("cause")).isEqualTo("java.io.IOException: no network");
        assertThat(of(events, "Failure")).hasSize(2);
        RecordedEvent missed = of(events, "Missed").get(0);
        assertThat(missed.getLong("slots")).isEqualTo(4);
        assertThat(missed.getInstant("first")).isEqualTo("2000-01-01T00:00:01Z");
        RecordedEvent end = of(events, "End").get(0);
        assertThat(end.getString("loop")).isEqualTo("l");
        assertThat(end.getString("how")).isEqualTo("completed");
        assertThat(List.of(retried, missed, end, of(events, "Iteration").get(0)))
                .extracting(event -> event.getString("kind"))
                .containsOnly("digest");
        assertThat(of(events, "Iteration"))
                .extracting(event -> event.getDuration("lateness"))
                .containsExactly(Duration.ZERO, Duration.ZERO, Duration.ZERO);
        assertThat(end.getLong("iterations")).isEqualTo(3);
    }

    @Test
    @DisplayName("R22, R36: Flight Recorder gets an event of each of several iterations that overlap, as it ends")
    void flight_recorder_gets_an_event_of_each_iteration_that_overlaps() throws Exception {
        List<RecordedEvent> events = record(FlightRecorderTest::overlap, 2);

        assertThat(iterations(events))
                .containsExactlyInAnyOrder(
                        tuple("l", 1L, 1, "continued"),
                        tuple("l", 2L, 1, "success"),
                        tuple("l", 0L, 2, "success"),
                        tuple("cut", 0L, 1, "cancelled"),
                        tuple("cut", 1L, 1, "cancelled"));
        assertThat(of(events, "End"))
                .extracting(event -> event.getString("loop"), event -> event.getString("how"))
                .containsExactly(tuple("l", "completed"), tuple("cut", "cancelled"));
    }

    @Test
    @DisplayName("R30, R36: Flight Recorder hears how late an iteration begins, and how many hooks have thrown")
    void flight_recorder_hears_how_late_an_iteration_begins_and_how_many_hooks_have_thrown() throws Exception {
        List<RecordedEvent> events = record(FlightRecorderTest::comeLateAndFailToFlush, 1);

        assertThat(of(events, "Iteration"))
                .extracting(event -> event.getDuration("lateness"))
                .containsExactly(Duration.ZERO, Duration.ofMillis(500));
        assertThat(of(events, "End"))
                .singleElement()
                .satisfies(end -> assertThat(end.getInt("hookFailures")).isOne());
    }

    @Test
    @DisplayName("R36: Flight Recorder gets its events from a runtime without listeners, too")
    void flight_recorder_gets_its_events_from_a_runtime_without_listeners() throws Exception {
        List<RecordedEvent> events = record(FlightRecorderTest::playToNobody, 2);

        assertThat(iterations(events))
                .containsExactly(
                        tuple("l", 0L, 2, "success"), tuple("l", 1L, 1, "continued"), tuple("l", 2L, 1, "success"));
        assertThat(of(events, "Failure"))
                .extracting(event -> event.getString("reaction"))
                .containsExactly("RETRY", "CONTINUE");
        assertThat(of(events, "Missed"))
                .singleElement()
                .satisfies(missed -> assertThat(missed.getLong("slots")).isEqualTo(4));
        assertThat(of(events, "End"))
                .singleElement()
                .satisfies(end -> assertThat(end.getString("how")).isEqualTo("completed"));
    }

    private List<RecordedEvent> record(Runnable program, int logged) throws IOException {
        TestLoops.create().close(); // the first of a JVM logs its engine
        Path file = folder.resolve("loops.jfr");
        try (LogCapture log = new LogCapture();
                Recording recording = new Recording()) {
            for (String event : List.of("Iteration", "Failure", "Missed", "End")) {
                recording.enable("dev.vloop." + event).withoutThreshold();
            }
            recording.start();
            program.run();
            recording.stop();
            recording.dump(file);
            assertThat(log.messages()).hasSize(logged);
        }
        return RecordingFile.readAllEvents(file);
    }

    private static List<Tuple> iterations(List<RecordedEvent> events) {
        return of(events, "Iteration").stream()
                .map(event -> tuple(
                        event.getString("loop"),
                        event.getLong("index"),
                        event.getInt("attempts"),
                        event.getString("outcome")))
                .toList();
    }

    private static void failTwice(Iteration iteration) throws IOException {
        if (iteration.index() == 0 && iteration.attempt() == 1) {
            throw new IOException("no network");
        }
        if (iteration.index() == 1) {
            throw new IllegalStateException("to be continued");
        }
    }

    private static LoopBuilder thrice(LoopRuntime loops) {
        return loops.loop("l")
                .kind("digest")
                .every(Duration.ofSeconds(1))
                .backoff(Backoff.fixed(Duration.ofSeconds(5)))
                .continueOn(IllegalStateException.class)
                .count(3);
    }

    private static void overlap() {
        try (TestLoops loops = TestLoops.create()) {
            loops.awaitEnd(thrice(loops).maxConcurrent(2).start(FlightRecorderTest::failTwice));
            Loop cut = loops.loop("cut")
                    .every(Duration.ofSeconds(1))
                    .maxConcurrent(2)
                    .start(iteration -> iteration.sleep(Duration.ofHours(1)));
            loops.advance(Duration.ofSeconds(5));
            cut.cancel();
            loops.settle();
        }
    }

    private static void play() {
        try (TestLoops loops = TestLoops.create()) {
            loops.awaitEnd(thrice(loops).missed(MissedSlots.RUN_ONCE).start(FlightRecorderTest::failTwice));
        }
    }

    /** A runtime of the testkit always has a listener, so this makes one without. */
    private static void playToNobody() {
        VirtualHost host = Engines.cooperative(HostSettings.DEFAULT);
        try (LoopRuntime loops = VirtualLoops.builder().host(host).create()) {
            thrice(loops).missed(MissedSlots.RUN_ONCE).start(FlightRecorderTest::failTwice);
            host.advanceTo(Duration.ofSeconds(10).toNanos());
        } finally {
            host.close();
        }
    }

    private static void comeLateAndFailToFlush() {
        try (TestLoops loops =
                TestLoops.builder().tolerate(Finding.HOOK_FAILURE).create()) {
            loops.awaitEnd(loops.loop("l")
                    .every(Duration.ofSeconds(1))
                    .count(2)
                    .afterLoop(end -> {
                        throw new IllegalStateException("cannot flush");
                    })
                    .start(iteration -> iteration.sleep(Duration.ofMillis(1_500))));
        }
    }

    /** In their order: a file keeps them by the carrier that the loop happened to be on. */
    private static List<RecordedEvent> of(List<RecordedEvent> events, String kind) {
        return events.stream()
                .filter(event -> event.getEventType().getName().equals("dev.vloop." + kind))
                .sorted(Comparator.comparing(RecordedEvent::getEndTime))
                .toList();
    }
}
