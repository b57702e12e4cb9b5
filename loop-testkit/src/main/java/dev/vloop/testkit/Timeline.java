package dev.vloop.testkit;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What each loop did at which virtual time, up to now: as data, and as text in the form of a table. Immutable. */
public final class Timeline {
    private final String title;
    private final List<TimelineEntry> entries;
    private final long forgotten;
    private final Duration now;

    Timeline(String title, List<TimelineEntry> entries, long forgotten, Duration now) {
        this.title = title;
        this.entries = entries;
        this.forgotten = forgotten;
        this.now = now;
    }

    /** {@return the entries, oldest first; in a long test only the last ten thousand} */
    public List<TimelineEntry> entries() {
        return entries;
    }

    /** {@return how many older entries have been dropped} */
    public long forgotten() {
        return forgotten;
    }

    /**
     * Leaves out other loops.
     *
     * @param loop the name of a loop
     * @return what that loop did, and what was done to the clock
     */
    public Timeline of(String loop) {
        List<TimelineEntry> its = entries.stream()
                .filter(entry -> entry.loop().equals(loop) || entry.loop().isEmpty())
                .toList();
        return new Timeline(title, its, forgotten, now);
    }

    /** {@return the text, with the end marked as the point of a failure if there is one} */
    String failedWith(@Nullable String what) {
        return new TimelineTable(title, entries, forgotten, now, what).text();
    }

    /** {@return one row per instant, one column per loop} */
    @Override
    public String toString() {
        return failedWith(null);
    }
}
