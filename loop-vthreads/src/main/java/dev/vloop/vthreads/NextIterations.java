package dev.vloop.vthreads;

import dev.vloop.LoopState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists the slots that a loop is to have, from its next one on. It computes on the thread that looks, and nothing of the run changes. */
final class NextIterations {
    /** How often it looks again while the loop's own thread goes on to another slot, which takes a few stores. */
    private static final int MOST_LOOKS = 1_000;

    private NextIterations() {}

    /** {@return at most so many slots; none if there is no next one} */
    static List<Instant> of(VirtualLoop loop, int most) {
        for (int look = 1; ; look++) {
            Instant next = loop.nextIteration();
            Run run = loop.current();
            if (next == null || run == null || most == 0) {
                return List.of();
            }
            Timetable timetable = timetable(run);
            if (timetable == null) {
                return List.of(next);
            }
            List<Instant> slots = list(run, next, timetable, most);
            // Both still have that slot, so nothing has moved while the list was made.
            boolean same = next.equals(loop.nextIteration()) && next.equals(Forecast.next(run, timetable));
            if (same || look == MOST_LOOKS) {
                return slots;
            }
            Thread.onSpinWait();
        }
    }

    /** {@return the run's timetable, or the one that it is about to have; null if that is not known} */
    private static @Nullable Timetable timetable(Run run) {
        boolean paused = ControlWord.shownBy(run.word()) == LoopState.PAUSED; // and resumed, as there is a next slot
        return paused || run.has(Control.REARM) ? Forecast.changed(run, paused) : run.currentTimetable();
    }

    private static List<Instant> list(Run run, Instant next, Timetable timetable, int most) {
        long left = run.loop().options().count - run.progress.begun();
        List<Instant> slots = new ArrayList<>();
        slots.add(next);
        slots.addAll(timetable.afterNext(run.clock(), (int) Math.max(0, Math.min(left, most) - 1)));
        return List.copyOf(slots);
    }
}
