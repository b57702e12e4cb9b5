package dev.vloop.testkit;

import dev.vloop.Iteration;
import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopFailure;
import dev.vloop.LoopListener;
import dev.vloop.testkit.TimelineEntry.What;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes down what the loops do; its monitor guards its state, and no thread waits within. */
final class Recorder implements LoopListener {
    private static final int REMEMBERED = 10_000;

    private final VirtualHost host;
    private final ArrayDeque<Event> events = new ArrayDeque<>();
    private final Set<Loop> running = new LinkedHashSet<>();
    private final List<Failed> failed = new ArrayList<>();
    private long forgotten;

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
                    detail == null ? "" : Words.of(detail));
        }
    }

    /** A run that failed. */
    static final class Failed {
        final Loop loop;
        final LoopEnd.Failed end;
        final long nanos;
        private boolean seen;

        Failed(Loop loop, LoopEnd.Failed end, long nanos) {
            this.loop = loop;
            this.end = end;
            this.nanos = nanos;
        }
    }

    private synchronized void note(@Nullable Loop loop, What what, long index, @Nullable Object detail) {
        if (events.size() == REMEMBERED) {
            events.removeFirst();
            forgotten++;
        }
        events.addLast(new Event(host.nanoTime(), host.instant(), loop, what, index, detail));
    }

    @Override
    public void onStart(Loop loop) {
        synchronized (this) {
            running.add(loop);
        }
        AddressBook.add(loop, this);
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
        synchronized (this) {
            running.remove(loop);
            if (end instanceof LoopEnd.Failed failure) {
                failed.add(new Failed(loop, failure, host.nanoTime()));
            }
        }
    }

    /** The test moved the clock. */
    void clockMoved(String how) {
        note(null, What.CLOCK, -1, how);
    }

    /** {@return the loops of which a run goes on, oldest run first} */
    synchronized List<Loop> running() {
        return List.copyOf(running);
    }

    /** The test looks at a loop: its failures are no surprise any more. */
    synchronized void see(Loop loop) {
        failed.stream().filter(each -> each.loop == loop).forEach(each -> each.seen = true);
    }

    /** The test looks at an end. */
    synchronized void see(LoopEnd end) {
        failed.stream().filter(each -> each.end == end).forEach(each -> each.seen = true);
    }

    /** {@return the timeline of the loop which ended so, empty if none of this test did} */
    synchronized String story(LoopEnd end, String failure) {
        return events.stream()
                .filter(event -> event.detail == end && event.loop != null)
                .findFirst()
                .map(event -> timeline().of(event.entry().loop()).failedWith(failure))
                .orElse("");
    }

    synchronized List<Failed> unseen() {
        return failed.stream().filter(each -> !each.seen).toList();
    }

    Instant now() {
        return host.instant();
    }

    synchronized Timeline timeline() {
        String title = "timeline (virtual time, engine " + host.engine() + ", it is " + host.instant() + ")";
        List<TimelineEntry> entries = events.stream().map(Event::entry).toList();
        return new Timeline(title, entries, forgotten, Duration.ofNanos(host.nanoTime()));
    }
}
