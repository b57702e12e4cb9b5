package dev.vloop.vthreads;

/** Stack traces as text. */
final class Stacks {
    private static final String ENGINE = Stacks.class.getPackageName() + ".";

    private Stacks() {}

    /** {@return where the thread is, a line for each frame down to the engine's that called it, each begun with a line feed} */
    static String of(Thread thread) {
        StackTraceElement[] frames = thread.getStackTrace();
        int end = frames.length;
        while (end > 0 && isBelowUserCode(frames[end - 1])) end--;
        if (end == 0) end = frames.length;
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < end; i++) text.append("\n\tat ").append(frames[i]);
        return text.isEmpty() ? " an unknown place" : text.toString();
    }

    private static boolean isBelowUserCode(StackTraceElement frame) {
        String name = frame.getClassName();
        return name.startsWith(ENGINE) || name.startsWith("java.") || name.startsWith("jdk.");
    }
}
