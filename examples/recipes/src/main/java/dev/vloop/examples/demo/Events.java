package dev.vloop.examples.demo;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopListener;
import java.time.Instant;

/** Shows events that the loops do not print themselves. Failures come from the log, see {@link LogLines}. */
final class Events implements LoopListener {
    private final Screen screen;

    Events(Screen screen) {
        this.screen = screen;
    }

    @Override
    public void onStart(Loop loop) {
        screen.note(loop.name(), "starts");
    }

    @Override
    public void onMissed(Loop loop, long slots, Instant first) {
        screen.warn(loop.name(), slots == 1 ? "missed a slot" : "missed " + slots + " slots");
    }

    @Override
    public void onEnd(Loop loop, LoopEnd end) {
        screen.note(loop.name(), LoopTable.end(end) + " after " + end.iterations() + " iterations");
    }
}
