package dev.vloop.dashboard;

import dev.vloop.Loop;
import dev.vloop.LoopStatus;
import dev.vloop.Schedule;
import dev.vloop.internal.SafeText;
import dev.vloop.spi.CalendarSchedule;
import dev.vloop.spi.IntervalSchedule;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Computes the next slots of a loop. Any code of a user can be a schedule, and its search may be long: so it has a thread of its own and
 * half a second, and there is one such thread at a time. All threads may use it.
 */
final class Upcoming {
    /** How many slots are shown. */
    static final int SLOTS = 10;

    private static final long PATIENCE = 500;

    private final String threadName;

    /** Held while a schedule is asked, also by one that does not come back. */
    private final Semaphore busy = new Semaphore(1);

    Upcoming(Settings settings) {
        this.threadName = settings.loops.name() + "-dashboard-slots";
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
        CompletableFuture<List<Instant>> asked = new CompletableFuture<>();
        try {
            if (!busy.tryAcquire(PATIENCE, TimeUnit.MILLISECONDS)) {
                return new Slots(List.of(), "Another schedule takes its time. Look again.");
            }
            Thread thread = ask(schedule, next == null ? now : next, asked);
            try {
                return new Slots(asked.get(PATIENCE, TimeUnit.MILLISECONDS), note);
            } catch (TimeoutException e) {
                thread.interrupt();
                return new Slots(List.of(), "The schedule takes more than half a second to say.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Slots(List.of(), "");
        } catch (ExecutionException e) {
            return new Slots(List.of(), "The schedule throws " + SafeText.inOneLine(SafeText.of(e.getCause())));
        }
    }

    private Thread ask(Schedule schedule, Instant from, CompletableFuture<List<Instant>> asked) {
        Thread thread = DaemonThreads.make(threadName, () -> {
            try {
                asked.complete(schedule.nextRuns(from, SLOTS));
            } catch (Throwable e) {
                asked.completeExceptionally(e);
            } finally {
                busy.release();
            }
        });
        boolean started = false;
        try {
            thread.start();
            started = true;
        } finally {
            if (!started) {
                busy.release();
            }
        }
        return thread;
    }

    /** {@return what must be said where the slots after the next one may come otherwise; empty where they will not} */
    private static String certainty(Schedule schedule) {
        if (schedule instanceof IntervalSchedule || schedule instanceof CalendarSchedule) {
            return "";
        }
        String text = ScheduleWords.textOf(schedule);
        return isSure(text) ? "" : "About: they also depend on when the run began and how long its iterations take.";
    }

    private static boolean isSure(@Nullable String text) {
        return text != null
                && (text.startsWith("dailyAt(") || text.startsWith("cron(") || text.startsWith("once("))
                && !text.contains(".limitedTo(");
    }
}
