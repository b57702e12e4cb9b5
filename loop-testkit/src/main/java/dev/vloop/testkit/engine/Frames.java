package dev.vloop.testkit.engine;

import java.util.List;
import java.util.Set;

/** Reads stacks: whether a thread sleeps in real time, and where a person should look. */
public final class Frames {
    /** Packages whose code is the library's. A place in a message is never in one of them. */
    private static final Set<String> OURS = Set.of(
            "dev.vloop", "dev.vloop.spi", "dev.vloop.internal", "dev.vloop.testkit", Frames.class.getPackageName());

    /** The runtime's package. It is ours with its sub-packages. */
    private static final String RUNTIME = "dev.vloop.vthreads";

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

    /** {@return the innermost frame that belongs neither to the JDK nor to this library: its method, file and line} */
    public static String place(List<StackTraceElement> stack) {
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
        String inPackage = type.substring(0, Math.max(0, type.lastIndexOf('.')));
        return !OURS.contains(inPackage) && !(inPackage + ".").startsWith(RUNTIME + ".");
    }
}
