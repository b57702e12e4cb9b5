package dev.vloop.dashboard;

import dev.vloop.Loop;
import dev.vloop.LoopStatus;
import dev.vloop.Schedule;
import dev.vloop.internal.SafeText;
import dev.vloop.spi.CalendarSchedule;
import dev.vloop.spi.IntervalSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Computes the next slots of a loop. All threads may use it. */
final class Upcoming {
    /** How many slots are shown. */
    static final int SLOTS = 10;

    private final Guarded guarded;

    Upcoming(Settings settings) {
        this.guarded = new Guarded(settings.loops.name() + "-dashboard-slots", Duration.ofMillis(500));
    }

    /**
     * What is to come.
     *
     * @param slots the next ones, in order
     * @param note what must be said about them
     */
    record Slots(List<Instant> slots, String note) {}

    Slots of(Loop loop, LoopStatus status, Instant now) {
        Instant next = status.nextIteration();
        Schedule schedule = loop.schedule();
        String note = next == null ? "As if it were started now: it has no next run at present." : certainty(schedule);
        try {
            return new Slots(
                    guarded.call(() ->
                            List.copyOf(next == null ? schedule.nextRuns(now, SLOTS) : loop.nextIterations(SLOTS))),
                    note);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Slots(List.of(), "");
        } catch (TimeoutException e) {
            return new Slots(List.of(), "Not known: " + e.getMessage() + ".");
        } catch (ExecutionException e) {
            return new Slots(List.of(), "The schedule throws " + SafeText.inOneLine(SafeText.of(e.getCause())));
        }
    }

    /** {@return a note if the slots after the next one may differ from what is shown; otherwise empty} */
    private static String certainty(Schedule schedule) {
        if (schedule instanceof IntervalSchedule || schedule instanceof CalendarSchedule) {
            return "";
        }
        return isSure(ScheduleWords.textOf(schedule))
                ? ""
                : "Approximate: they also depend on when the run began and how long its iterations take.";
    }

    private static boolean isSure(String text) {
        return (text.startsWith("dailyAt(") || text.startsWith("cron(") || text.startsWith("once("))
                && !text.contains(".limitedTo(");
    }
}
