package dev.vloop.vthreads;

import dev.vloop.LoopState;
import dev.vloop.internal.DurationText;
import dev.vloop.spi.Host;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Reports a run that is in {@code beforeLoop} for long: for how long, and where it is. After a minute, then after waits that double, up to
 * an hour.
 *
 * <p>On a host for tests it reports once. An alarm that is set again and again would let time go on for ever there, where the test is to
 * hear that nothing can wake it.
 */
final class StartReport {
    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Run run;

    /** When the run has begun: a monotonic time. */
    private final long since;

    /** Used by the loop's thread, then by those that report, one after the other. */
    private final ReportRhythm rhythm = new ReportRhythm(FIRST, LONGEST);

    /** Null if it could not be set. The loop's thread only. */
    private Host.@Nullable Alarm alarm;

    StartReport(Run run, long since) {
        this.run = run;
        this.since = since;
    }

    /** The loop's thread, before {@code beforeLoop}. If no alarm can be set, the run goes on without the report. */
    void begin() {
        try {
            if (run.host instanceof SystemHost) {
                alarm = new RecurringAlarm(run.host, rhythm.nextWait(), () -> {
                    report();
                    return rhythm.nextWait();
                });
            } else {
                alarm = run.host.alarm(Nanos.plus(since, rhythm.nextWait()), this::report);
            }
        } catch (Throwable e) {
            Log.broken("it will not be reported if " + Log.loop(run.name()) + " stays in beforeLoop for long", e);
        }
    }

    /** A thread of the host's for alarms. A backoff is not reported, because the failure before it was logged. */
    private void report() {
        if (run.state() == LoopState.STARTING) {
            Duration length = Duration.ofNanos(run.host.nanoTime() - since);
            Log.stillWaiting(Log.loop(run.name()) + " has been in beforeLoop for " + DurationText.inSeconds(length)
                    + StackReport.of(run));
        }
    }

    /** The loop's thread, after {@code beforeLoop}. No report begins any more. */
    void end() {
        if (alarm != null) {
            alarm.cancel();
        }
    }
}
