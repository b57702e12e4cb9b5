package dev.vloop;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.function.Consumer;

/** From a local date and time to the instants at which it runs. */
final class LocalSlots {
    private LocalSlots() {}

    /** Gives the sink, in no order, every instant at which a local time runs: one, or by the policies none or two. */
    static void offer(
            LocalDateTime local,
            ZoneRules rules,
            DailySchedule.Gap gap,
            DailySchedule.Overlap overlap,
            Consumer<Instant> sink) {
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

    private static void inGap(
            LocalDateTime local, ZoneOffsetTransition transition, DailySchedule.Gap gap, Consumer<Instant> sink) {
        if (gap == DailySchedule.Gap.MOVED) {
            // By the clock as it was before the transition: that is later by the gap's length on the clock after it.
            sink.accept(local.toInstant(transition.getOffsetBefore()));
        } else if (gap == DailySchedule.Gap.AT_TRANSITION) {
            sink.accept(transition.getInstant());
        }
    }
}
