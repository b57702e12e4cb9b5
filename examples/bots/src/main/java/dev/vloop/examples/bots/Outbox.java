package dev.vloop.examples.bots;

import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

// region outbox
/** What a bot has yet to say, oldest first. Anybody may add; one loop says it, a line in each iteration. */
final class Outbox {
    private final Queue<String> lines = new ConcurrentLinkedQueue<>();

    private Wire.@Nullable Receipt onItsWay; // that of the oldest line; only the loop's thread touches it

    void add(String line) {
        lines.add(line);
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** The body. An attempt that times out leaves the line on its way, and the next attempt waits for the same line. */
    void sayNext(Wire wire) throws IOException, InterruptedException {
        String line = lines.peek();
        if (line == null) {
            return;
        }
        Wire.Receipt receipt = onItsWay;
        if (receipt == null) {
            receipt = wire.send(line);
            onItsWay = receipt;
        }
        try {
            receipt.await();
        } catch (IOException lost) {
            onItsWay = null; // lost with its connection: the next attempt says it again
            throw lost;
        }
        onItsWay = null;
        lines.remove();
    }

    /** For {@code afterLoop}: says what is left. */
    void sayAll(Wire wire) throws IOException, InterruptedException {
        while (!isEmpty()) {
            sayNext(wire);
        }
    }
}
// end region
