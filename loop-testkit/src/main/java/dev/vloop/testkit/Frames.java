package dev.vloop.testkit;

import java.util.List;
import java.util.Set;

/** What stacks tell. */
final class Frames {
    /** Their code is the library's, not that of those who use it; but for what tests it. */
    private static final Set<String> OURS = Set.of(
            "dev.vloop", "dev.vloop.spi", "dev.vloop.vthreads", "dev.vloop.vthreads.scopes", "dev.vloop.testkit");

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

    /** {@return where the innermost code of neither the JDK nor this library is, as method, file and line} */
    static String place(List<StackTraceElement> stack) {
        for (StackTraceElement frame : stack) {
            if (isUsers(frame.getClassName())) {
                return frame.getClassName() + "." + frame.getMethodName() + " (" + frame.getFileName() + ":"
                        + frame.getLineNumber() + ")";
            }
        }
        return stack.isEmpty() ? "an unknown place" : stack.get(0).toString();
    }

    private static boolean isUsers(String type) {
        if (type.startsWith("java.") || type.startsWith("jdk.") || type.startsWith("sun.")) {
            return false;
        }
        String outer = type.contains("$") ? type.substring(0, type.indexOf('$')) : type;
        boolean test = outer.endsWith("Test") || outer.endsWith("Tests") || outer.endsWith("Contract");
        return test || !OURS.contains(outer.substring(0, Math.max(0, outer.lastIndexOf('.'))));
    }
}
