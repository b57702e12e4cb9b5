package dev.vloop.testkit;

import dev.vloop.spi.ClusterPosition;
import dev.vloop.testkit.TestInstance.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a {@link ClusterStore} has of a loop, and which runs would take it. Guarded by the store's lock. */
final class ClusterRow {
    ClusterPosition position;

    /** When somebody asked for an iteration; null if nobody has. */
    @Nullable
    Instant triggered;

    long token;

    /** Null while nobody has it. */
    @Nullable
    Part holder;

    /** Until when it is the holder's, as a monotonic time. */
    long leaseEnd;

    /** When the alarm rings that was set last, as a monotonic time; -1 if none is set. */
    long wakeAt = -1;

    /** Who has lost a claim and was not reached since, and its token. */
    final Map<Part, Long> untold = new LinkedHashMap<>();

    final List<Part> parts = new ArrayList<>();

    ClusterRow(ClusterPosition position) {
        this.position = position;
    }

    Instant due() {
        return triggered != null ? triggered : position.due();
    }
}
