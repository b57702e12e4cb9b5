package dev.vloop.vthreads;

import dev.vloop.spi.Host;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Finds jumps of the real machine's wall clock, by comparing it with the monotonic clock every second. A machine that was suspended shows
 * as a jump, too.
 */
final class ClockJumpWatch {
    /** How often it looks. */
    private static final long PERIOD = 1_000_000_000L;

    /**
     * The smallest difference that counts as a jump. The two clocks are not read at the same instant, so a smaller one may be the time
     * between the two reads.
     */
    private static final long SMALLEST = 100_000_000L;

    private final Host host;
    private final Consumer<Duration> listener;

    /** What the clocks showed at the start, or at the last jump. Used by the threads that look, one after the other. */
    private ClockReading reading;

    /** Cancel it to end the watch. */
    final RecurringAlarm alarm;

    ClockJumpWatch(Host host, Consumer<Duration> listener) {
        this.host = host;
        this.listener = listener;
        this.reading = ClockReading.at(host);
        this.alarm = new RecurringAlarm(host, PERIOD, this::look);
    }

    private long look() {
        ClockReading now = ClockReading.at(host);
        long jump = reading.driftTo(now);
        if (Math.abs(jump) >= SMALLEST) {
            reading = now;
            listener.accept(Duration.ofNanos(jump));
        }
        return PERIOD;
    }
}
