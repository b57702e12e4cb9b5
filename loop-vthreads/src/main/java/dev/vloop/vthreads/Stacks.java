package dev.vloop.vthreads;

import java.util.Set;

/** Stack traces as text. */
final class Stacks {
    /** Who calls users' code: what lies below them is the engine's own. */
    private static final Set<String> CALLERS =
            Set.of(Attempts.class.getName(), Fork.class.getName(), Run.class.getName(), Worker.class.getName());

    private Stacks() {}

    /**
     * {@return where the thread is, a line for each frame down to the engine's, each begun with a line feed} Users' code may wait in
     * the engine or in its host, whose frames then lie above those of interest.
     */
    static String of(Thread thread) {
        StringBuilder text = new StringBuilder();
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (CALLERS.contains(frame.getClassName())) break;
            text.append("\n\tat ").append(frame);
        }
        return text.isEmpty() ? " an unknown place" : text.toString();
    }
}
