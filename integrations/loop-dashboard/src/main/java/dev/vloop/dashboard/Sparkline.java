package dev.vloop.dashboard;

import dev.vloop.IterationOutcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Draws the last iterations: a bar for each, its height for its length, its colour for its outcome. */
final class Sparkline {
    private static final int HEIGHT = 18;
    private static final int STEP = 3;

    private Sparkline() {}

    /** {@return the drawing; a dash if nothing is known} */
    static String of(@Nullable LoopRecord known) {
        long[] last = known == null ? new long[0] : known.iterations();
        if (last.length == 0) {
            return "<span class=no>–</span>";
        }
        long longest = 1;
        long bad = 0;
        for (long iteration : last) {
            longest = Math.max(longest, LoopRecord.micros(iteration));
            bad += LoopRecord.outcome(iteration) == IterationOutcome.SUCCESS ? 0 : 1;
        }
        Html svg = new Html();
        String text = last.length + (last.length == 1 ? " iteration, " : " iterations, ")
                + (bad == 0 ? "all successes" : bad + " not a success") + "; the longest took "
                + TimeText.length(Duration.ofNanos(longest * 1_000));
        svg.raw("<svg class=sp viewBox=\"0 0 180 18\" role=img><title>")
                .text(text)
                .raw("</title>");
        int from = (LoopRecord.ITERATIONS - last.length) * STEP + 1;
        for (IterationOutcome outcome : IterationOutcome.values()) {
            StringBuilder bars = new StringBuilder();
            for (int i = 0; i < last.length; i++) {
                if (LoopRecord.outcome(last[i]) == outcome) {
                    // By the root, so that one long iteration does not make the others vanish.
                    long high = 3 + Math.round((HEIGHT - 3) * Math.sqrt((double) LoopRecord.micros(last[i]) / longest));
                    bars.append('M')
                            .append(from + i * STEP)
                            .append(' ')
                            .append(HEIGHT)
                            .append("v-")
                            .append(high);
                }
            }
            if (!bars.isEmpty()) {
                svg.raw("<path class=" + style(outcome) + " d=\"" + bars + "\"/>");
            }
        }
        return svg.raw("</svg>").toString();
    }

    private static String style(IterationOutcome outcome) {
        return switch (outcome) {
            case SUCCESS -> "ok";
            case CONTINUED -> "warn";
            case FAILED -> "bad";
            case CANCELLED -> "cut";
        };
    }
}
