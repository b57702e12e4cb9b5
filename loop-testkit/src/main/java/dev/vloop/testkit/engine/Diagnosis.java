package dev.vloop.testkit.engine;

import dev.vloop.testkit.engine.VirtualTimeError.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts what went wrong into words: what, who, when, where, the mend, and all threads of the test. */
final class Diagnosis {
    private static final String MEND_BLOCKED =
            "Wait with the library (iteration.sleep, loop.join, fork), put work of the world"
                    + " outside into TestLoops.external(..)";
    private static final String MEND_EXACT =
            ", or run the test in the EXACT engine (--add-opens java.base/java.lang=ALL-UNNAMED)";

    private Diagnosis() {}

    static VirtualTimeError error(
            Kind kind,
            String engine,
            long nanos,
            @Nullable ThreadReport thread,
            Holds.@Nullable Hold hold,
            List<ThreadReport> all) {
        StringBuilder text = new StringBuilder(what(kind, thread, hold));
        text.append("\n  at virtual time ")
                .append(Times.text(nanos))
                .append(", engine ")
                .append(engine);
        text.append("\n  mend: ").append(mend(kind)).append("\n  threads of the test:");
        all.forEach(each -> text.append("\n    ").append(each.text()));
        return new VirtualTimeError(kind, text.toString());
    }

    private static String what(Kind kind, @Nullable ThreadReport thread, Holds.@Nullable Hold hold) {
        String who = thread == null ? "a thread" : "thread '" + thread.name() + "'";
        String where = thread == null ? "" : " in " + Frames.place(thread.stack());
        return switch (kind) {
            case DEADLOCK -> "deadlock: nothing will ever wake the test, every thread waits and no timer is set";
            case BLOCKED_ELSEWHERE ->
                "blocked where virtual time does not see it: " + who + where + "; whether it is idle cannot be told";
            case REAL_SLEEP -> "real sleep: " + who + " sleeps in real time" + where;
            case RUNAWAY ->
                "it never comes: time has gone on for a year, or a million switches more than that takes, and the test still waits";
            case SPIN -> "spin: " + who + " goes on and on without letting time move" + where;
            case EXTERNAL ->
                "external work"
                        + (hold == null ? "" : " '" + hold.what + "' on thread '" + hold.thread.getName() + "'")
                        + " takes too long; time waits for it"
                        + (hold == null ? "" : frames(hold.thread));
            case NEVER_STARTED -> who + " was made and not started; it counts as running";
            case PINNED -> "pinned carrier: " + who + " blocks" + where + " and keeps its carrier";
            case DEAF ->
                "deaf: " + who + " keeps the test's thread, which carries it," + where
                        + " and does not heed interrupts";
            case INTERRUPTED -> Misuse.INTERRUPTED;
        };
    }

    private static String frames(Thread thread) {
        StringBuilder text = new StringBuilder();
        for (StackTraceElement frame : thread.getStackTrace()) {
            text.append("\n        at ").append(frame);
        }
        return text.toString();
    }

    private static String mend(Kind kind) {
        return switch (kind) {
            case DEADLOCK ->
                "see below what each thread waits for; work that the world outside will finish belongs into"
                        + " TestLoops.external(..)";
            case BLOCKED_ELSEWHERE -> MEND_BLOCKED + MEND_EXACT;
            case REAL_SLEEP -> "sleep with iteration.sleep(..)";
            case RUNAWAY ->
                "a loop without a count never ends by itself: stop it, give it a count, or wait with a limit"
                        + " (join(Duration), TestLoops.advance(..))";
            case SPIN -> "let it wait with iteration.sleep(..) between its rounds";
            case EXTERNAL -> "let it end, or give it a longer limit";
            case NEVER_STARTED -> "start it, or abandon it";
            case PINNED ->
                "use a ReentrantLock instead of synchronized, or JDK 24 or later; do not wait in a class initializer or in what"
                        + " native code calls; or use the COOPERATIVE engine";
            case DEAF ->
                "let it look at Thread.interrupted() now and then, or wait where an interrupt ends the wait. Nothing can stop it from"
                        + " outside: the test ends when it returns. @Timeout(threadMode = SEPARATE_THREAD) fails the test without"
                        + " waiting for it, and so does the COOPERATIVE engine";
            case INTERRUPTED -> "find who interrupts it; a time limit of JUnit does";
        };
    }
}
