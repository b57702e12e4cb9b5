package dev.vloop.vthreads.timer;

/** A node that counts how often it rings. */
final class StressNode extends TimerNode {
    int rung;

    @Override
    boolean ring(TimerQueue queue, long due) {
        return queue.act(this, due, () -> rung++);
    }

    @Override
    void wakeEarly() {}
}
