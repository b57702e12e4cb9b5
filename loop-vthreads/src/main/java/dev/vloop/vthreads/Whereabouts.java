package dev.vloop.vthreads;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the threads of a run are that will not end, as text: its own, those of its iterations, their forks. */
final class Whereabouts {
    private static final int MOST_THREADS = 10;

    private Whereabouts() {}

    /** Any thread. */
    static String of(Worker worker) {
        List<Thread> others = new ArrayList<>();
        worker.addThreads(others);
        StringBuilder text = new StringBuilder();
        @Nullable Thread own = worker.thread();
        if (own != null) text.append("; it is at").append(Stacks.of(own));
        for (Thread other : others.subList(0, Math.min(MOST_THREADS, others.size()))) {
            text.append("\n    ").append(other.getName()).append(" is at").append(Stacks.of(other));
        }
        if (others.size() > MOST_THREADS) {
            text.append("\n    and ").append(others.size() - MOST_THREADS).append(" more threads");
        }
        return text.toString();
    }
}
