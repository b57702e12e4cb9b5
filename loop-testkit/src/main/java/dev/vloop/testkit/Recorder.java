package dev.vloop.testkit;

import dev.vloop.HookFailure;
import dev.vloop.Iteration;
import dev.vloop.IterationOutcome;
import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopFailure;
import dev.vloop.LoopListener;
import dev.vloop.testkit.EventRing.Event;
import dev.vloop.testkit.TimelineEntry.What;
import dev.vloop.testkit.engine.VirtualHost;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Records what the loops of a test do. Any thread may use it. It has no lock: a thread that waited would stop its own test's time. */
final class Recorder implements LoopListener {
    /** With at least this many runs and iterations at one instant, a loop is taken for one that never waits. */
    private static final int MANY = 100;

    private final VirtualHost host;

    private final EventRing events = new EventRing();

    /** The loops that are running, oldest run first. */
    private final Queue<Loop> running = new ConcurrentLinkedQueue<>();

    /** The runs that failed. */
    private final List<Failed> failed = new CopyOnWriteArrayList<>();

    /** The hooks that failed. */
    private final List<FailedHook> failedHooks = new CopyOnWriteArrayList<>();

    /** All loops that ever began a run. */
    private final Set<Loop> known = ConcurrentHashMap.newKeySet();

    /** The last name for which the test found no loop, as a sentence; null: it found all. Confined to the test's thread. */
    private @Nullable String missed;

    Recorder(VirtualHost host) {
        this.host = host;
    }

    /** A run that failed. */
    static final class Failed {
        final Loop loop;
        final LoopEnd.Failed end;

        /** When it failed, in virtual time. */
        final long nanos;

        /** Whether the test has looked at it. */
        private volatile boolean seen;

        /** Whether a later run of the loop had a success. */
        private volatile boolean healed;

        Failed(Loop loop, LoopEnd.Failed end, long nanos) {
            this.loop = loop;
            this.end = end;
            this.nanos = nanos;
        }
    }

    /** A hook that failed. */
    static final class FailedHook {
        final HookFailure failure;

        /** When it failed, in virtual time. */
        final long nanos;

        /** Whether the test has looked at it. */
        private volatile boolean seen;

        FailedHook(HookFailure failure, long nanos) {
            this.failure = failure;
            this.nanos = nanos;
        }
    }

    private void note(@Nullable Loop loop, What what, long index, @Nullable Object detail) {
        events.add(new Event(host.nanoTime(), host.instant(), loop, what, index, detail));
    }

    @Override
    public void onStart(Loop loop) {
        running.add(loop);
        known.add(loop);
        note(loop, What.START, -1, null);
    }

    @Override
    public void onIteration(Iteration iteration) {
        note(iteration.loop(), What.ITERATION, iteration.index(), null);
    }

    @Override
    public void onAttempt(Iteration attempt) {
        if (attempt.attempt() > 1) {
            note(attempt.loop(), What.RETRY, attempt.index(), "attempt " + attempt.attempt());
        }
    }

    /** What has failed is told by {@link #onFailure}. */
    @Override
    public void onIterationEnd(Iteration last, IterationOutcome outcome, Duration took) {
        if (outcome == IterationOutcome.SUCCESS) {
            note(last.loop(), What.SUCCESS, last.index(), null);
            heal(last.loop());
        } else if (outcome == IterationOutcome.CANCELLED) {
            note(last.loop(), What.CANCELLED, last.index(), null);
        }
    }

    /** Without a stream, as it is called for each iteration, and a test that has just begun would have to load and compile one. */
    private void heal(Loop loop) {
        for (Failed each : failed) {
            if (each.loop == loop) {
                each.healed = true;
            }
        }
    }

    @Override
    public void onFailure(LoopFailure failure) {
        note(failure.loop(), What.FAILURE, failure.attempt() == 0 ? -1 : failure.index(), failure);
    }

    @Override
    public void onHookFailure(HookFailure failure) {
        note(failure.loop(), What.FAILURE, -1, failure);
        failedHooks.add(new FailedHook(failure, host.nanoTime()));
    }

    @Override
    public void onMissed(Loop loop, long slots, Instant first) {
        note(loop, What.MISSED, -1, "missed " + slots);
    }

    @Override
    public void onEnd(Loop loop, LoopEnd end) {
        note(loop, What.END, -1, end);
        running.remove(loop);
        if (end instanceof LoopEnd.Failed failure) {
            failed.add(new Failed(loop, failure, host.nanoTime()));
        }
    }

    /** {@return whether the loop ever ran in this test} */
    boolean knows(Loop loop) {
        return known.contains(Recorders.itself(loop, known));
    }

    /** The test moved the clock. */
    void clockMoved(String how) {
        note(null, What.CLOCK, -1, how);
    }

    /** {@return the loops that are running, oldest run first} */
    List<Loop> running() {
        return List.copyOf(running);
    }

    /** The test looks at a loop: its failures count as seen. */
    void see(Loop loop) {
        Loop itself = Recorders.itself(loop, known);
        failed.stream().filter(each -> each.loop == itself).forEach(each -> each.seen = true);
    }

    /** The test looks at an end: if it is a failure, it counts as seen. */
    void see(LoopEnd end) {
        failed.stream().filter(each -> each.end == end).forEach(each -> each.seen = true);
    }

    /** The test looks at what a hook has thrown. */
    void see(HookFailure failure) {
        failedHooks.stream().filter(each -> each.failure == failure).forEach(each -> each.seen = true);
    }

    /** {@return the ends of a loop's runs that failed, oldest first} */
    List<LoopEnd.Failed> failedRuns(Loop loop) {
        Loop itself = Recorders.itself(loop, known);
        return failed.stream()
                .filter(each -> each.loop == itself)
                .map(each -> each.end)
                .toList();
    }

    /** {@return the timeline of the loop that has this end, with a failure marked; empty if it is no loop of this test} */
    String story(LoopEnd end, String failure) {
        return events.kept().stream()
                .filter(event -> event.detail() == end && event.loop() != null)
                .findFirst()
                .map(event -> timeline().of(event.entry().loop()).failedWith(failure))
                .orElse("");
    }

    /** {@return the failures that the test has not looked at, and that no later run has made up for} */
    List<Failed> unseen() {
        return failed.stream().filter(each -> !each.seen && !each.healed).toList();
    }

    /** {@return the failures of hooks that the test has not looked at} */
    List<FailedHook> unseenHooks() {
        return failedHooks.stream().filter(each -> !each.seen).toList();
    }

    /** The test has looked for a loop. On the test's thread. {@return the sentence} */
    String missed(String name, List<Loop> known) {
        String sentence = "no loop '" + name + "'; there are " + FindingText.names(known);
        if (host.isTestThread()) {
            missed = sentence;
        }
        return sentence;
    }

    /** The test has found the loop that it last looked for, or is over. */
    void found() {
        if (host.isTestThread()) {
            missed = null;
        }
    }

    /** {@return what the calling thread was told if it is the test's, and found no loop of a name} */
    @Nullable
    String missed() {
        return host.isTestThread() ? missed : null;
    }

    /** {@return the loop that has begun the most runs and iterations at this instant, and how many; null: none has begun many} */
    @Nullable
    String restless() {
        long now = host.nanoTime();
        Map<Loop, Long> begun = events.kept().stream()
                .filter(event -> event.nanos() == now && event.loop() != null)
                .filter(event -> event.what() == What.START || event.what() == What.ITERATION)
                .collect(Collectors.groupingBy(event -> Objects.requireNonNull(event.loop()), Collectors.counting()));
        return begun.entrySet().stream()
                .filter(each -> each.getValue() >= MANY)
                .max(Map.Entry.comparingByValue())
                .map(each -> "loop '" + each.getKey().name() + "' has begun " + each.getValue()
                        + (events.forgotten() > 0 ? " and more" : "") + " runs and iterations at this instant")
                .orElse(null);
    }

    /** {@return what the test's wall clock says} */
    Instant now() {
        return host.instant();
    }

    /** {@return what has happened up to now} */
    Timeline timeline() {
        return moment().timeline();
    }

    /** {@return what has happened up to now, without the texts} */
    Moment moment() {
        return new Moment(host.engine(), host.instant(), host.nanoTime(), events.kept(), events.forgotten());
    }

    /** What had happened at a moment. */
    record Moment(String engine, Instant wall, long nanos, List<Event> events, long forgotten) {
        Timeline timeline() {
            String title = "timeline (virtual time, engine " + engine + ", it is " + wall + ")";
            List<TimelineEntry> entries = events.stream().map(Event::entry).toList();
            return new Timeline(title, entries, forgotten, Duration.ofNanos(nanos));
        }
    }
}
