package dev.vloop.testkit;

import dev.vloop.Iteration;
import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopFailure;
import dev.vloop.LoopListener;
import dev.vloop.testkit.TimelineEntry.What;
import dev.vloop.testkit.engine.VirtualHost;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what the loops do. Without a lock: the assertions of a test ask the recorders of all, and a thread that
 * waited for another test would do so while its own time moves.
 */
final class Recorder implements LoopListener {
    private static final int REMEMBERED = 10_000;

    private final VirtualHost host;

    /** The last ones, each in the place of its number; a reader beside a writer may find the next one there already. */
    private final AtomicReferenceArray<@Nullable Event> events = new AtomicReferenceArray<>(REMEMBERED);

    private final AtomicLong noted = new AtomicLong();
    private final Queue<Loop> running = new ConcurrentLinkedQueue<>();
    private final List<Failed> failed = new CopyOnWriteArrayList<>();

    /** All that ever began. */
    private final Set<Loop> known = ConcurrentHashMap.newKeySet();

    Recorder(VirtualHost host) {
        this.host = host;
    }

    /** An entry before anybody wants to read it. */
    private record Event(
            long nanos,
            Instant wall,
            @Nullable Loop loop,
            What what,
            long index,
            @Nullable Object detail) {
        TimelineEntry entry() {
            return new TimelineEntry(
                    Duration.ofNanos(nanos),
                    wall,
                    loop == null ? "" : loop.name(),
                    what,
                    index,
                    detail == null ? "" : OutcomeText.of(detail));
        }
    }

    /** A run that failed. */
    static final class Failed {
        final Loop loop;
        final LoopEnd.Failed end;
        final long nanos;
        private volatile boolean seen;

        Failed(Loop loop, LoopEnd.Failed end, long nanos) {
            this.loop = loop;
            this.end = end;
            this.nanos = nanos;
        }
    }

    private void note(@Nullable Loop loop, What what, long index, @Nullable Object detail) {
        Event event = new Event(host.nanoTime(), host.instant(), loop, what, index, detail);
        events.setRelease(place(noted.getAndIncrement()), event);
    }

    private static int place(long number) {
        return (int) (number % REMEMBERED);
    }

    private long forgotten() {
        return Math.max(0, noted.get() - REMEMBERED);
    }

    private Stream<Event> events() {
        return LongStream.range(forgotten(), noted.get())
                .mapToObj(number -> events.getAcquire(place(number)))
                .filter(Objects::nonNull);
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
    public void onSuccess(Iteration iteration) {
        note(iteration.loop(), What.SUCCESS, iteration.index(), null);
    }

    @Override
    public void onFailure(LoopFailure failure) {
        note(failure.loop(), What.FAILURE, failure.attempt() == 0 ? -1 : failure.index(), failure);
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

    boolean knows(Loop loop) {
        return known.contains(loop);
    }

    /** The test moved the clock. */
    void clockMoved(String how) {
        note(null, What.CLOCK, -1, how);
    }

    /** {@return the loops of which a run goes on, oldest run first} */
    List<Loop> running() {
        return List.copyOf(running);
    }

    /** The test looks at a loop: its failures are no surprise any more. */
    void see(Loop loop) {
        failed.stream().filter(each -> each.loop == loop).forEach(each -> each.seen = true);
    }

    /** The test looks at an end. */
    void see(LoopEnd end) {
        failed.stream().filter(each -> each.end == end).forEach(each -> each.seen = true);
    }

    /** {@return the timeline of the loop which ended so, empty if none of this test did} */
    String story(LoopEnd end, String failure) {
        return events().filter(event -> event.detail == end && event.loop != null)
                .findFirst()
                .map(event -> timeline().of(event.entry().loop()).failedWith(failure))
                .orElse("");
    }

    List<Failed> unseen() {
        return failed.stream().filter(each -> !each.seen).toList();
    }

    Instant now() {
        return host.instant();
    }

    Timeline timeline() {
        String title = "timeline (virtual time, engine " + host.engine() + ", it is " + host.instant() + ")";
        List<TimelineEntry> entries = events().map(Event::entry).toList();
        return new Timeline(title, entries, forgotten(), Duration.ofNanos(host.nanoTime()));
    }
}
