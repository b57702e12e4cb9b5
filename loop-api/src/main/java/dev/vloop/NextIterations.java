package dev.vloop;

import dev.vloop.internal.SlotOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Lists the slots that a run is to have, from its next one on, by what can be seen of it from outside. */
final class NextIterations {
    private final Schedule schedule;
    private final int most;
    private final List<Instant> slots = new ArrayList<>();

    private NextIterations(Schedule schedule, int most) {
        this.schedule = schedule;
        this.most = most;
    }

    /**
     * {@return the slots, the next one included}
     *
     * @param past how many slots the run has had
     */
    static List<Instant> of(Schedule schedule, Instant next, long past, int most) {
        NextIterations list = new NextIterations(schedule, most);
        if (most > 0) {
            list.slots.add(next);
            if (!schedule.isMonotonic() || !list.followRunOf(next, past)) {
                list.follow(new SlotContext(next, next, next, next, past + 1), next);
            }
        }
        return List.copyOf(list.slots);
    }

    /**
     * Intervals count from the start of the run, which is not known here. So this takes a run that begins early enough for its first slot to be
     * about the next one, and lists what comes after that.
     *
     * @return false if there is no such run: the schedule has no slot there
     */
    private boolean followRunOf(Instant next, long past) {
        SlotContext start = new SlotContext(next, next, null, null, past);
        Instant first = schedule.next(start);
        if (first == null || first.equals(Never.SLOT)) {
            return false;
        }
        Duration moved = Duration.between(next, first); // by a shift or a jitter
        SlotContext early = start.startedAt(InstantMath.minus(next, moved));
        Instant about = schedule.next(early);
        if (about == null) {
            return false;
        }
        follow(early.ran(about), next);
        return true;
    }

    private void follow(SlotContext from, Instant bound) {
        SlotContext at = from;
        while (slots.size() < most) {
            Instant slot = schedule.next(at);
            if (slot == null || slot.equals(Never.SLOT)) {
                return;
            }
            SlotOrder.requireAfter(schedule, at.lastSlot(), slot);
            if (slot.isAfter(bound)) {
                slots.add(slot);
            }
            at = at.ran(slot);
        }
    }
}
