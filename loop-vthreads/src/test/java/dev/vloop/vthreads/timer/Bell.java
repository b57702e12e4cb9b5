package dev.vloop.vthreads.timer;

import java.util.ArrayList;
import java.util.List;

/** A node that notes for which deadlines it has rung. */
final class Bell extends TimerNode {
    final List<Long> rung = new ArrayList<>();

    /** What it does when it rings. */
    Runnable action = () -> {};

    @Override
    boolean ring(TimerQueue queue, long due) {
        if (!take(due)) {
            return false;
        }
        rung.add(due);
        action.run();
        return true;
    }

    @Override
    void wakeEarly() {}
}
