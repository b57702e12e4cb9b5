package dev.vloop.testkit.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Reads stacks: whether a thread sleeps in real time or waits for the world outside, and where a person should look. */
public final class Frames {
    /** Packages whose code is the library's. A place in a message is never in one of them. */
    private static final Set<String> OURS = Set.of(
            "dev.vloop",
            "dev.vloop.spi",
            "dev.vloop.internal",
            "dev.vloop.testkit",
            "dev.vloop.testkit.open",
            "dev.vloop.testkit.agent.boot",
            Frames.class.getPackageName());

    /** The beginning of the names of classes of Kotlin's coroutines. Their time limits are real. */
    private static final String COROUTINES = "kotlinx.coroutines.";

    /** The library's own classes that block until suspending functions have ended. */
    private static final Set<String> OUR_COROUTINES =
            Set.of("dev.vloop.kotlin.CallingThread", "dev.vloop.kotlin.CoroutinesKt");

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

    /**
     * {@return whether the innermost frames, up to the first that is not of the JDK, wait for the network, for a process, or for a
     * fork-join pool, as a parallel stream does}
     */
    static boolean isOutside(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            String type = frame.getClassName();
            if (isJdk(type)) {
                if (type.startsWith("sun.nio.ch.")
                        || type.equals("jdk.internal.net.http.HttpClientImpl")
                        || type.equals("java.lang.ProcessImpl")
                        || type.equals("java.util.concurrent.ForkJoinTask")) {
                    return true;
                }
            } else {
                return false;
            }
        }
        return false;
    }

    /**
     * {@return whether the innermost frame that is not of the JDK blocks until suspending functions of Kotlin have ended} What they wait for
     * is not on the stack.
     */
    static boolean suspends(StackTraceElement[] stack) {
        for (StackTraceElement frame : stack) {
            if (!isJdk(frame.getClassName())) {
                return isSuspending(frame.getClassName());
            }
        }
        return false;
    }

    private static boolean isSuspending(String type) {
        return type.startsWith(COROUTINES) || OUR_COROUTINES.contains(type);
    }

    /**
     * {@return whether a virtual thread that waits does so neither by parking nor by {@link Object#wait()}} From JDK 26 on it then waits
     * for another thread to initialize a class.
     */
    static boolean awaitsClass(StackTraceElement[] stack) {
        return stack.length > 0
                && !stack[0].getClassName().equals("java.lang.VirtualThread")
                && !stack[0].getClassName().equals("java.lang.Object")
                && !stack[0].getClassName().startsWith("jdk.internal.vm.");
    }

    /** {@return whether code that waits, and is known to ask the clock without ever sleeping, is on the stack} */
    static boolean isBusyWait(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .anyMatch(frame ->
                        frame.getClassName().equals("org.mockito.internal.verification.VerificationOverTimeImpl"));
    }

    /** {@return whether the innermost frame that is not of the JDK is not of this library either} */
    static boolean isUsersWait(List<StackTraceElement> stack) {
        return stack.stream()
                .map(StackTraceElement::getClassName)
                .filter(type -> !isJdk(type) && !isSuspending(type))
                .findFirst()
                .filter(Frames::isUsers)
                .isPresent();
    }

    private static boolean isJdk(String type) {
        return type.startsWith("java.") || type.startsWith("jdk.") || type.startsWith("sun.");
    }

    /** {@return the innermost frame that belongs neither to the JDK nor to this library: its method, file and line} */
    public static String place(List<StackTraceElement> stack) {
        for (StackTraceElement frame : stack) {
            if (isUsers(frame.getClassName())) {
                return frame.getClassName() + "." + frame.getMethodName() + " (" + frame.getFileName() + ":"
                        + frame.getLineNumber() + ")";
            }
        }
        return stack.stream()
                .filter(frame -> isJdk(frame.getClassName())) // better than a frame of ours
                .filter(frame -> !frame.getClassName().startsWith("java.lang.VirtualThread"))
                .findFirst()
                .map(StackTraceElement::toString)
                .orElse("an unknown place");
    }

    private static boolean isUsers(String type) {
        if (isJdk(type) || isSuspending(type)) {
            return false;
        }
        String inPackage = type.substring(0, Math.max(0, type.lastIndexOf('.')));
        return !OURS.contains(inPackage) && !(inPackage + ".").startsWith(RUNTIME + ".");
    }
}
