package dev.vloop.dbscheduler;

import dev.vloop.CutSlots;
import dev.vloop.spi.ClusterPosition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a loop.
 *
 * @param position where it is
 * @param triggered when somebody asked for an iteration; null if nobody has
 * @param cut what becomes of a slot whose holder dies
 */
record LoopRow(ClusterPosition position, @Nullable Instant triggered, CutSlots cut) {
    /** The last time that every database can store. */
    private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");

    /** {@return the row of a loop that has had no slot} */
    static LoopRow first(Instant runStart, CutSlots cut) {
        return new LoopRow(ClusterPosition.first(runStart.truncatedTo(ChronoUnit.MICROS)), null, cut);
    }

    LoopRow at(ClusterPosition next) {
        return new LoopRow(next, triggered, cut);
    }

    LoopRow withTrigger(@Nullable Instant when) {
        return new LoopRow(position, when, cut);
    }

    /** {@return the row after its holder has died, or has broken the iteration off} A triggered iteration is over. */
    LoopRow afterCut() {
        return triggered == null ? at(position.afterCut(cut)) : withTrigger(null);
    }

    /** {@return from when on the row may be picked, as the databases can store it: never before the slot} */
    Instant due() {
        Instant due = triggered != null ? triggered : position.due();
        if (!due.isBefore(LAST)) {
            return LAST;
        }
        Instant micros = due.truncatedTo(ChronoUnit.MICROS);
        return micros.equals(due) ? micros : micros.plus(1, ChronoUnit.MICROS);
    }
}
