package dev.vloop.vthreads;

/** Stack traces as text. */
final class Stacks {
    private static final String ENGINE = Stacks.class.getPackageName() + ".";

    private Stacks() {}

    /** {@return where the thread is, a line for each frame down to the engine's, each begun with a line feed} */
    static String of(Thread thread) {
        StringBuilder text = new StringBuilder();
        boolean user = false;
        for (StackTraceElement frame : thread.getStackTrace()) {
            boolean engine = frame.getClassName().startsWith(ENGINE);
            if (engine && user) break;
            user |= !engine && !frame.getClassName().startsWith("java.");
            text.append("\n\tat ").append(frame);
        }
        return text.isEmpty() ? " an unknown place" : text.toString();
    }
}
