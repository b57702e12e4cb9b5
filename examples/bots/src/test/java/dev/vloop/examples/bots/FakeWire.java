package dev.vloop.examples.bots;

import dev.vloop.testkit.TestLoops;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A server in virtual time: how long it takes for a line, and when its connection is lost. For one loop. */
final class FakeWire implements Wire {
    private final TestLoops loops;
    private final List<String> said = new ArrayList<>();
    private Duration latency = Duration.ZERO;
    private boolean connected = true;
    private boolean loses;

    FakeWire(TestLoops loops) {
        this.loops = loops;
    }

    /** {@return the lines that were put on the wire, each with the second in which it was} */
    List<String> said() {
        return List.copyOf(said);
    }

    FakeWire takes(Duration time) {
        latency = time;
        return this;
    }

    void connected(boolean yes) {
        connected = yes;
    }

    /** The connection of the next line is lost before its receipt. */
    void losesTheNext() {
        loses = true;
    }

    @Override
    public Receipt send(String line) throws IOException {
        if (!connected) {
            throw new IOException("not connected");
        }
        said.add(loops.elapsed().toSeconds() + " " + line);
        Duration due = loops.elapsed().plus(latency);
        boolean lost = loses;
        loses = false;
        return () -> {
            Duration wait = due.minus(loops.elapsed());
            if (wait.isPositive()) {
                loops.clock().sleep(wait);
            }
            if (lost) {
                throw new IOException("connection lost");
            }
        };
    }
}
