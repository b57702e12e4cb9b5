package dev.vloop.examples.demo;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopState;
import dev.vloop.LoopStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** Loops as a table, from their {@code status()}. */
final class LoopTable {
    private LoopTable() {}

    /**
     * The loops as they are now.
     *
     * @param paint takes an ANSI colour and a text
     */
    static String live(List<Loop> loops, Instant now, BinaryOperator<String> paint) {
        String head = row("loop", "state", "done", "retries", "missed", "last", "next");
        StringBuilder table = new StringBuilder(paint.apply("1", head)).append('\n');
        for (Loop loop : loops) {
            LoopStatus status = loop.status();
            String row = row(
                    status.name(),
                    state(status),
                    Long.toString(status.iterations()),
                    Long.toString(status.retries()),
                    Long.toString(status.missedSlots()),
                    apart(status.iterationEndedAt(), now, " ago"),
                    apart(now, status.nextIteration(), ""));
            table.append(paint.apply(colour(status), row)).append('\n');
        }
        return table.toString();
    }

    /** The loops when all runs are over. */
    static String last(List<Loop> loops) {
        StringBuilder table = new StringBuilder(row("loop", "end", "done", "retries", "missed", "", "")).append('\n');
        for (Loop loop : loops) {
            LoopStatus status = loop.status();
            String row = row(
                    status.name(),
                    end(status.lastEnd()),
                    Long.toString(status.iterations()),
                    Long.toString(status.retries()),
                    Long.toString(status.missedSlots()),
                    "",
                    "");
            table.append(row).append('\n');
        }
        return table.toString();
    }

    static String end(@Nullable LoopEnd end) {
        return switch (end) {
            case null -> "still runs";
            case LoopEnd.Completed completed -> "completed";
            case LoopEnd.Stopped stopped -> "stopped";
            case LoopEnd.Cancelled cancelled -> "cancelled";
            case LoopEnd.Failed failed -> "failed";
        };
    }

    private static String row(
            String loop, String state, String done, String retries, String missed, String last, String next) {
        String cells = String.format(
                Locale.ROOT, "  %-12s  %-14s %6s %8s %7s %11s %9s", loop, state, done, retries, missed, last, next);
        return cells.stripTrailing();
    }

    private static String state(LoopStatus status) {
        String state = status.state().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return switch (status.state()) {
            case IDLE -> end(status.lastEnd());
            case BACKING_OFF -> state + " " + status.failuresInARow();
            default -> state;
        };
    }

    private static String colour(LoopStatus status) {
        if (status.state() == LoopState.BACKING_OFF) {
            return "33";
        }
        if (status.state() == LoopState.EXECUTING) {
            return "32";
        }
        return status.state() == LoopState.IDLE ? "2" : "0";
    }

    private static String apart(@Nullable Instant from, @Nullable Instant to, String suffix) {
        if (from == null || to == null) {
            return "-";
        }
        double seconds = Math.max(0, Screen.seconds(Duration.between(from, to)));
        return String.format(Locale.ROOT, "%.1f s%s", seconds, suffix);
    }
}
