package dev.vloop.vthreads;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where the threads of a run are that will not end, as text: its own, those of its iterations, their forks. */
final class Whereabouts {
    private static final int MOST_THREADS = 10;

    /** Who calls users' code: what lies below them is the engine's own. */
    private static final Set<String> CALLERS =
            Set.of(Attempts.class.getName(), Fork.class.getName(), Run.class.getName(), Worker.class.getName());

    private Whereabouts() {}

    /** Any thread. */
    static String of(Worker worker) {
        List<Thread> others = new ArrayList<>();
        worker.addThreads(others);
        StringBuilder text = new StringBuilder();
        @Nullable Thread own = worker.thread();
        if (own != null) {
            text.append("; it is at").append(stack(own));
        }
        for (Thread other : others.subList(0, Math.min(MOST_THREADS, others.size()))) {
            text.append("\n    ").append(other.getName()).append(" is at").append(stack(other));
        }
        if (others.size() > MOST_THREADS) {
            text.append("\n    and ").append(others.size() - MOST_THREADS).append(" more threads");
        }
        return text.toString();
    }

    /**
     * {@return where the thread is, a line for each frame down to the engine's, each begun with a line feed} Users' code may wait in
     * the engine or in its host, whose frames then lie above those of interest.
     */
    private static String stack(Thread thread) {
        StringBuilder text = new StringBuilder();
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (CALLERS.contains(frame.getClassName())) {
                break;
            }
            text.append("\n\tat ").append(frame);
        }
        return text.isEmpty() ? " an unknown place" : text.toString();
    }
}
