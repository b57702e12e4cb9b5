package dev.vloop.vthreads;

import dev.vloop.LoopFailure;
import dev.vloop.internal.SafeText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Stacks as text: of a run's threads, when they do not end, and of what was thrown around the cause of a failure. */
final class StackReport {
    private static final int MOST_THREADS = 10;

    /** The classes that call users' code: frames from there on are the engine's, and of no use to users. */
    private static final Set<String> CALLERS = Set.of(
            Attempts.class.getName(),
            Events.class.getName(),
            Fork.class.getName(),
            Hooks.class.getName(),
            Run.class.getName(),
            Slots.class.getName(),
            Worker.class.getName());

    private StackReport() {}

    /** Any thread. {@return the stacks, to be appended to a sentence} */
    static String of(Worker worker) {
        List<Thread> others = new ArrayList<>();
        worker.addThreads(others);
        StringBuilder text = new StringBuilder();
        @Nullable Thread own = worker.thread();
        if (own != null) {
            text.append("; it is at").append(stack(own));
        }
        for (Thread other : others.subList(0, Math.min(MOST_THREADS, others.size()))) {
            text.append("\n    ")
                    .append(SafeText.inOneLine(other.getName()))
                    .append(" is at")
                    .append(stack(other));
        }
        if (others.size() > MOST_THREADS) {
            text.append("\n    and ").append(others.size() - MOST_THREADS).append(" more threads");
        }
        return text.toString();
    }

    /**
     * {@return the thread's frames, each on a line of its own, from the innermost one up to the first of a class that calls users' code}
     * Users' code may wait in the engine or in its host, so the innermost frames may be the engine's, too.
     */
    private static String stack(Thread thread) {
        String text = frames(thread.getStackTrace());
        return text.isEmpty() ? " an unknown place" : text;
    }

    /**
     * {@return what a future has thrown around the cause of a failure, and where} It tells which line of the body has waited for the
     * future: the stack of the cause is of another thread. Empty if nothing is around it.
     */
    static String around(LoopFailure failure) {
        Throwable thrown = failure.thrown();
        if (thrown == failure.cause()) {
            return "";
        }
        String frames = "";
        try {
            frames = frames(thrown.getStackTrace());
        } catch (Throwable e) {
            // the exception is a user's, and may do anything
        }
        return "; it came in " + SafeText.of(thrown) + frames;
    }

    private static String frames(StackTraceElement[] stack) {
        StringBuilder text = new StringBuilder();
        for (StackTraceElement frame : stack) {
            if (CALLERS.contains(frame.getClassName())) {
                break;
            }
            text.append("\n\tat ").append(frame);
        }
        return text.toString();
    }
}
