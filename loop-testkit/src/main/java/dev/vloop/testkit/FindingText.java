package dev.vloop.testkit;

import dev.vloop.HookFailure;
import dev.vloop.Loop;
import dev.vloop.internal.DurationText;
import dev.vloop.testkit.engine.Frames;
import dev.vloop.testkit.engine.LongWait;
import dev.vloop.testkit.engine.OutsideWake;
import dev.vloop.testkit.engine.RealDelay;
import dev.vloop.testkit.engine.RealWait;
import dev.vloop.testkit.engine.ThreadReport;
import dev.vloop.testkit.engine.Uncaught;
import java.time.Duration;
import java.util.List;

/**
 * The texts of what a test is told at its end: each {@link Finding}, and a thread that outlives its time limit. What goes wrong
 * while time moves is worded by the engine's {@code Diagnosis}.
 */
final class FindingText {
    private FindingText() {}

    /** {@link Finding#UNSEEN_FAILURE}. */
    static String unseenFailure(Recorder.Failed failed) {
        return "loop '" + failed.loop.name() + "' failed at " + clock(failed.nanos) + ": "
                + OutcomeText.thrown(failed.end.cause()) + in(failed.end.cause())
                + ", and the test never looked\n  fix: if it is expected, look: loops.awaitEnd(loop),"
                + " assertThat(loop).hasFailedWith(..), or assertThat(loop).failedRuns(); a loop that restarts itself"
                + " and then succeeds need not be looked at";
    }

    /** A test has not closed its runtime. */
    static String forgotten(String test, List<StackTraceElement> made) {
        return "TestLoops of " + test + " were never closed: they were made in " + Frames.place(made)
                + ", and are closed now. Otherwise that test's time would go on in later tests.\n  fix: close them, best with"
                + " try (TestLoops loops = TestLoops.create()) { .. }, or let them be a parameter of a @LoopTest";
    }

    /** {@link Finding#HOOK_FAILURE}. */
    static String hookFailure(Recorder.FailedHook failed) {
        HookFailure failure = failed.failure;
        return failure.hook() + " of loop '" + failure.loop().name() + "' threw at " + clock(failed.nanos) + ": "
                + OutcomeText.thrown(failure.thrown()) + in(failure.thrown())
                + "\n  fix: if it is expected, assertThat(end).hasHookFailure("
                + failure.hook().name() + ", "
                + failure.thrown().getClass().getSimpleName() + ".class), or tolerate Finding.HOOK_FAILURE";
    }

    /** {@link Finding#LEAK}: a loop. Its thread is among those of the test, if it has one. */
    static String leak(Loop loop, List<ThreadReport> threads) {
        String where = threads.stream()
                .filter(thread -> thread.name().equals(loop.name()))
                .findFirst()
                .map(thread -> " in " + Frames.place(thread.stack()) + "; it " + thread.text())
                .orElse("");
        return "leak: loop '" + loop.name() + "' did not end when cancelled, within a day of virtual time" + where
                + "\n  fix: let its body and hooks heed interrupts: do not catch InterruptedException and go on";
    }

    /** {@link Finding#LEAK}: a thread that a body started. */
    static String leak(ThreadReport thread) {
        return "leak: thread " + thread.text() + "\n  a body started it, and it is still there"
                + "\n  fix: fork with iteration.fork(..), or end it in afterLoop";
    }

    /** {@link Finding#LEAK}: time could not go on while the loops were being cancelled. */
    static String leak(List<Loop> running, String error) {
        return running.isEmpty() ? error : "leak: " + names(running) + " did not end when cancelled\n" + error;
    }

    /** {@link Finding#UNCAUGHT}. */
    static String uncaught(Uncaught uncaught) {
        return "uncaught: " + OutcomeText.thrown(uncaught.thrown()) + " escaped from thread '" + uncaught.where()
                + "' at " + clock(uncaught.nanos()) + in(uncaught.thrown())
                + "\n  fix: catch it there, or fork with iteration.fork(..), which hands it to the loop";
    }

    /** {@link Finding#REAL_WAIT}. */
    static String realWait(RealWait wait) {
        return "real wait: thread '" + wait.thread() + "' waited in real time at " + clock(wait.nanos()) + " in "
                + Frames.place(wait.stack())
                + "\n  fix: wait with iteration.sleep(..) or the runtime's clock(); if a library waits, run the test with"
                + " loop-testkit-agent";
    }

    /** {@link Finding#OUTSIDE_WAKE}. */
    static String outsideWake(OutsideWake wake) {
        return "woken from outside: thread '" + wake.thread() + "' was woken by '" + wake.waker() + "' at "
                + clock(wake.nanos()) + ", from " + Frames.place(wake.stack())
                + "; time may have moved before it\n  fix: wait for the world outside in"
                + " TestLoops.external(..), or do the work on a thread of the test";
    }

    /** {@link Finding#REAL_DELAY}. */
    static String realDelay(RealDelay delay) {
        return "real delay: thread '" + delay.thread() + "' handed a delay to " + delay.clock() + ", at "
                + clock(delay.nanos()) + " in " + Frames.place(delay.stack())
                + "\n  fix: hand it to a pool that the test makes with Executors.newScheduledThreadPool(..), or wait for it in"
                + " TestLoops.external(..)";
    }

    /** A thread waits for long, which is no finding, but may explain why a test fails. */
    static String longWait(LongWait wait) {
        return "waiting: thread '" + wait.thread() + "' has waited since " + clock(wait.since()) + " in "
                + Frames.place(wait.stack()) + ", and time has moved since"
                + "\n  fix: if a thread outside is to wake it, let it wait in TestLoops.external(..)";
    }

    /** A method of the test did not return after its time limit, so that the test cannot be ended in order. */
    static String afterTimeLimit(Thread thread) {
        List<StackTraceElement> stack = List.of(thread.getStackTrace());
        StringBuilder text = new StringBuilder("the test goes on after its time limit: its thread '")
                .append(thread.getName())
                .append("' is in ")
                .append(Frames.place(stack))
                .append("; its loops are left as they are")
                .append("\n  fix: let it and the bodies of loops heed interrupts; it is in");
        stack.forEach(frame -> text.append("\n        at ").append(frame));
        return text.toString();
    }

    /** A dynamic test cannot have the runtime, since another one of its factory has it. */
    static String besideAnother(Thread other) {
        return "this dynamic test waits for thread '" + other.getName()
                + "', which runs another one of the same factory, in "
                + Frames.place(List.of(other.getStackTrace()))
                + "\n  fix: the dynamic tests of a factory share one runtime, and so one time: let them run one after the other, with"
                + " @Execution(ExecutionMode.SAME_THREAD) on the factory, or give each its own with TestLoops.create()";
    }

    /** {@return the names of loops, quoted} */
    static String names(List<Loop> loops) {
        return String.join(
                ", ", loops.stream().map(loop -> "'" + loop.name() + "'").toList());
    }

    private static String clock(long nanos) {
        return DurationText.asClock(Duration.ofNanos(nanos));
    }

    private static String in(Throwable thrown) {
        try {
            return " in " + Frames.place(List.of(thrown.getStackTrace()));
        } catch (Throwable e) { // the exception is a user's, and may do anything: the report must still come
            return " (its stack trace threw " + e.getClass().getName() + ")";
        }
    }
}
