package dev.vloop.testkit;

import java.util.List;

/** What stacks tell. */
final class Frames {
    private Frames() {}

    /** {@return whether the innermost frames are {@link Thread#sleep}} */
    static boolean isRealSleep(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (!frame.getClassName().startsWith("java.lang.")) {
                return false;
            }
            if (frame.getClassName().equals("java.lang.Thread")
                    && frame.getMethodName().equals("sleep")) {
                return true;
            }
        }
        return false;
    }

    /** {@return where the innermost code of neither the JDK nor this library is, as file and line} */
    static String place(List<StackTraceElement> stack) {
        for (StackTraceElement frame : stack) {
            String type = frame.getClassName();
            boolean ours = type.startsWith("dev.vloop.") && !type.endsWith("Test") && !type.contains("Test$");
            if (!ours && !type.startsWith("java.") && !type.startsWith("jdk.") && !type.startsWith("sun.")) {
                return frame.getClassName() + "." + frame.getMethodName() + " (" + frame.getFileName() + ":"
                        + frame.getLineNumber() + ")";
            }
        }
        return stack.isEmpty() ? "an unknown place" : stack.get(0).toString();
    }
}
