package dev.vloop.testkit.engine;

import dev.vloop.internal.DurationText;
import dev.vloop.testkit.engine.VirtualTimeError.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The texts of what the engines find while a test runs: what went wrong, on which thread, when and where, how to fix it, and what
 * all threads of the test do. What a test is told at its end is worded by the testkit's {@code FindingText}.
 */
final class Diagnosis {
    private Diagnosis() {}

    /**
     * Makes the error that ends a test's wait.
     *
     * @param engine the engine's name
     * @param nanos the virtual time
     * @param thread the thread that is to blame, null if no single one is
     * @param work the external work that takes too long, null if there is none
     * @param all all threads of the test
     */
    static VirtualTimeError error(
            Kind kind,
            String engine,
            long nanos,
            @Nullable ThreadReport thread,
            ExternalWork.@Nullable Piece work,
            List<ThreadReport> all) {
        StringBuilder text = new StringBuilder(what(kind, thread, work));
        text.append("\n  at virtual time ")
                .append(DurationText.ofDeadline(nanos))
                .append(", engine ")
                .append(engine);
        text.append("\n  fix: ").append(fix(kind)).append("\n  threads of the test:");
        all.forEach(each -> text.append("\n    ").append(each.text()));
        return new VirtualTimeError(kind, text.toString());
    }

    private static String what(Kind kind, @Nullable ThreadReport thread, ExternalWork.@Nullable Piece work) {
        String who = thread == null ? "a thread" : "thread '" + thread.name() + "'";
        String where = thread == null ? "" : " in " + Frames.place(thread.stack());
        return switch (kind) {
            case DEADLOCK -> "deadlock: nothing will ever wake the test, every thread waits and no timer is set";
            case BLOCKED_ELSEWHERE ->
                "blocked where virtual time does not see it: " + who + where
                        + "; virtual time cannot tell whether it is idle";
            case REAL_SLEEP -> "real sleep: " + who + " sleeps in real time" + where;
            case RUNAWAY ->
                "runaway: the test still waits, although time has moved on by a year or threads have been switched ten million times";
            case SPIN -> "spin: " + who + " goes on and on without letting time move" + where;
            case EXTERNAL -> external(thread, work);
            case NEVER_STARTED -> who + " was made and not started; it counts as running";
            case PINNED -> "pinned carrier: " + who + " blocks" + where + " and keeps its carrier";
            case DEAF ->
                "deaf: " + who + " keeps the test's thread, which carries it," + where
                        + " and does not heed interrupts";
            case INTERRUPTED -> "the test's thread was interrupted while time moved";
        };
    }

    private static String external(@Nullable ThreadReport thread, ExternalWork.@Nullable Piece work) {
        if (thread != null) {
            return "a wait for the network or a process takes too long: thread '" + thread.name() + "' in "
                    + Frames.place(thread.stack()) + "; time waits for it";
        }
        if (work == null) { // it has ended in the meantime
            return "external work takes too long; time waits for it";
        }
        return "external work '" + work.what + "' on thread '" + work.thread.getName()
                + "' takes too long; time waits for it" + frames(List.of(work.thread.getStackTrace()));
    }

    private static String fix(Kind kind) {
        return switch (kind) {
            case DEADLOCK ->
                "see below what each thread waits for; put a wait for the world outside into TestLoops.external(..)";
            case BLOCKED_ELSEWHERE ->
                "wait with the library (iteration.sleep, loop.join, fork), put work of the world outside into"
                        + " TestLoops.external(..), or run the test in the EXACT engine (" + Engines.EXACT_FLAG + ")";
            case REAL_SLEEP ->
                "sleep with iteration.sleep(..); if a library sleeps, run the test with loop-testkit-agent";
            case RUNAWAY ->
                "a loop without a count never ends by itself: stop it, give it a count, or wait with a limit"
                        + " (join(Duration), TestLoops.advance(..))";
            case SPIN -> "let it wait with iteration.sleep(..) between its rounds";
            case EXTERNAL -> "see above what the work waits for; let it end sooner";
            case NEVER_STARTED -> "start it, or abandon it";
            case PINNED ->
                "use a ReentrantLock instead of synchronized, or JDK 24 or later; do not wait in a class initializer or in"
                        + " code that native code calls; or use the COOPERATIVE engine";
            case DEAF ->
                "let it look at Thread.interrupted() now and then, or wait where an interrupt ends the wait. Nothing can stop it from"
                        + " outside: the test ends when it returns. @Timeout(threadMode = SEPARATE_THREAD) fails the test without"
                        + " waiting for it, and so does the COOPERATIVE engine";
            case INTERRUPTED -> "find out who interrupts it; a time limit of JUnit does";
        };
    }

    /** {@return the text for a test whose own thread is blocked, with this stack, where no time moves} */
    static String blockedTest(List<StackTraceElement> stack) {
        return "the test's own thread is blocked in " + Frames.place(stack)
                + "; until it goes on, nothing else of the test runs\n  fix: wait with the library (loop.join,"
                + " loops.runUntil), or put it into TestLoops.external(..); its thread was interrupted in"
                + frames(stack);
    }

    private static String frames(List<StackTraceElement> stack) {
        StringBuilder text = new StringBuilder();
        stack.forEach(frame -> text.append("\n        at ").append(frame));
        return text.toString();
    }
}
