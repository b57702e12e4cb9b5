package dev.vloop.testkit.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The self-test of the exact engine: tries what the engine relies on in this JVM. That is a sleep, a queue, a monitor that changes
 * hands, and a child thread that is carried too.
 */
final class ExactProbe {
    private final ExactHost host;
    private final LinkedBlockingQueue<String> queue = new LinkedBlockingQueue<>();
    private final Object monitor = new Object();
    private final List<String> log = new ArrayList<>();
    private boolean entered;

    private ExactProbe(VirtualThreads virtualThreads) {
        host = new ExactHost(HostSettings.DEFAULT, virtualThreads);
    }

    /** {@return what does not work, null if everything does} */
    static @Nullable String fault(VirtualThreads virtualThreads) {
        return Probe.fault(
                () -> new ExactProbe(virtualThreads).passes() ? null : "threads ran in another order than expected");
    }

    private boolean passes() {
        try {
            host.newThread("sleeper", this::sleepThenStartChild).start();
            host.newThread("taker", this::take).start();
            host.newThread("contender", this::enter).start();
            host.advanceTo(10);
            return log.equals(List.of("5 woke", "5 entered", "5 child", "5 took"))
                    && host.liveThreads() == 0
                    && entered;
        } finally {
            host.close();
        }
    }

    private synchronized void note(String what) {
        log.add(host.nanoTime() + " " + what);
    }

    private void sleepThenStartChild() {
        try {
            host.sleepUntil(5);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        note("woke");
        synchronized (monitor) {
            Thread.startVirtualThread(() -> {
                note("child");
                queue.add("item");
            });
        }
        note("entered");
    }

    private void enter() {
        synchronized (monitor) {
            entered = true;
        }
    }

    private void take() {
        try {
            queue.take();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        note("took");
    }
}
