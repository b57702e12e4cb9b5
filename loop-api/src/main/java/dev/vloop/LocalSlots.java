package dev.vloop;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;

/** From a local date and time to the instants at which it runs. */
final class LocalSlots {
    private LocalSlots() {}

    /** Takes instants, in no order. */
    @FunctionalInterface
    interface Sink {
        void accept(Instant slot);
    }

    /** Gives the sink every instant at which a local time runs: one, or by the policies none or two. */
    static void offer(
            LocalDateTime local, ZoneRules rules, DailySchedule.Gap gap, DailySchedule.Overlap overlap, Sink sink) {
        List<ZoneOffset> offsets = rules.getValidOffsets(local);
        switch (offsets.size()) {
            case 1 -> sink.accept(local.toInstant(offsets.getFirst()));
            case 0 -> inGap(local, rules.getTransition(local), gap, sink);
            default -> {
                if (overlap != DailySchedule.Overlap.SECOND) {
                    sink.accept(local.toInstant(offsets.getFirst()));
                }
                if (overlap != DailySchedule.Overlap.FIRST) {
                    sink.accept(local.toInstant(offsets.getLast()));
                }
            }
        }
    }

    private static void inGap(LocalDateTime local, ZoneOffsetTransition transition, DailySchedule.Gap gap, Sink sink) {
        switch (gap) {
            // By the clock as it was before the transition: that is later by the gap's length on the clock after it.
            case MOVED -> sink.accept(local.toInstant(transition.getOffsetBefore()));
            case AT_TRANSITION -> sink.accept(transition.getInstant());
            case SKIPPED -> {}
        }
    }
}
