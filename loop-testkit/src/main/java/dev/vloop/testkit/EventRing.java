package dev.vloop.testkit;

import dev.vloop.Loop;
import dev.vloop.testkit.TimelineEntry.What;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** The last events of a test. Their texts are made when somebody asks, which is mostly never. Any thread may use it, and none waits. */
final class EventRing {
    /** How many events are kept. */
    private static final int REMEMBERED = 10_000;

    /** Each event is in the place of its number. A reader may already find a newer one in a place. */
    private final AtomicReferenceArray<@Nullable Event> events = new AtomicReferenceArray<>(REMEMBERED);

    /** How many events there have been. */
    private final AtomicLong noted = new AtomicLong();

    /**
     * An event.
     *
     * @param nanos the virtual time
     * @param wall what the wall clock said
     * @param loop null if it concerns all loops
     * @param what what happened
     * @param index the iteration's index; -1 where there is none
     * @param detail of what its text is made; null: it has none
     */
    record Event(
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

    void add(Event event) {
        events.setRelease(place(noted.getAndIncrement()), event);
    }

    private static int place(long number) {
        return (int) (number % REMEMBERED);
    }

    /** {@return how many older events have been dropped} */
    long forgotten() {
        return Math.max(0, noted.get() - REMEMBERED);
    }

    /** {@return the events that are kept now, oldest first} */
    List<Event> kept() {
        long end = noted.get();
        List<Event> kept = new ArrayList<>();
        for (long number = Math.max(0, end - REMEMBERED); number < end; number++) {
            Event event = events.getAcquire(place(number));
            if (event != null) {
                kept.add(event);
            }
        }
        return kept;
    }
}
