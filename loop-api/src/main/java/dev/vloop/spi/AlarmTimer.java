package dev.vloop.spi;

import org.jspecify.annotations.Nullable;

/** A timer that sets a new alarm of its host each time. */
final class AlarmTimer implements Host.Timer {
    private final Host host;
    private final Runnable action;

    /** The alarm that was set last; null if it was called off. Written by the threads that set it or call it off, one after the other. */
    private volatile Host.@Nullable Alarm alarm;

    AlarmTimer(Host host, Runnable action) {
        this.host = host;
        this.action = action;
    }

    @Override
    public void set(long deadline) {
        cancel();
        if (deadline != Host.NEVER) {
            alarm = host.alarm(deadline, action);
        }
    }

    @Override
    public void cancel() {
        Host.Alarm current = alarm;
        if (current != null) {
            alarm = null;
            current.cancel();
        }
    }

    @Override
    public void release() {
        cancel();
    }
}
