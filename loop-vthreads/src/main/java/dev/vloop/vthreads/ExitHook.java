package dev.vloop.vthreads;

import dev.vloop.LoopState;
import dev.vloop.internal.PlatformThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Shuts a runtime down when the JVM is asked to end, unless it is taken back before. */
final class ExitHook implements Runnable {
    /** After how long it looks whether the user's code has called System.exit, in milliseconds; it doubles each time. */
    private static final long FIRST_LOOK = 50;

    private static final long LONGEST_LOOK = 1_000;

    private final VirtualLoopRuntime runtime;
    private final Duration grace;
    private final Runnable then;
    private final Thread thread;

    private ExitHook(VirtualLoopRuntime runtime, Duration grace, Runnable then) {
        this.runtime = runtime;
        this.grace = grace;
        this.then = then;
        this.thread = PlatformThreads.make(runtime + " exit", false, this);
        // The code that it runs at the end is the caller's.
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    }

    /**
     * {@return a hook that the JVM knows}
     *
     * @throws IllegalStateException if the JVM is ending already
     */
    static ExitHook register(VirtualLoopRuntime runtime, Duration grace, Runnable then) {
        ExitHook hook = new ExitHook(runtime, grace, then);
        Runtime.getRuntime().addShutdownHook(hook.thread);
        return hook;
    }

    /** Any thread. The JVM forgets the hook and does not run it, unless it is ending already. */
    void takeBack() {
        try {
            Runtime.getRuntime().removeShutdownHook(thread);
        } catch (IllegalStateException e) {
            // the JVM is ending: it runs the hook, which then has nothing to wait for
        }
    }

    /** The hook's thread. */
    @Override
    public void run() {
        try {
            runtime.shutdownAtExit(grace);
        } finally {
            runThen();
        }
    }

    /**
     * On a thread of its own: if the user's code calls System.exit, its thread waits for this hook for ever, and this hook must not wait for
     * it.
     */
    private void runThen() {
        Thread last = PlatformThreads.make(thread.getName() + ", then", true, then);
        last.setContextClassLoader(thread.getContextClassLoader());
        try {
            last.start();
        } catch (OutOfMemoryError e) { // there are no more threads
            then.run();
            return;
        }
        for (long step = FIRST_LOOK; last.isAlive() && !isExiting(last); step = Math.min(2 * step, LONGEST_LOOK)) {
            try {
                last.join(step);
            } catch (InterruptedException e) {
                last.interrupt();
            }
        }
    }

    /** {@return whether the JVM is ending} The only way to find out is to register a hook. */
    static boolean isJvmEnding() {
        Thread probe = PlatformThreads.make("vloop-exit-probe", true, () -> {});
        try {
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    /**
     * {@return how many of the runs the end of the JVM does not wait for} A run that has called System.exit cannot end before all hooks do,
     * as that call waits for them.
     *
     * @param alsoDeaf whether it does not wait, either, for those that were cancelled and have not come to {@code afterLoop}
     */
    static int countLost(List<Run> runs, boolean alsoDeaf) {
        int lost = 0;
        for (Run run : runs) {
            if (alsoDeaf && run.state() != LoopState.ENDING || isExiting(run)) {
                lost++;
            }
        }
        return lost;
    }

    /**
     * {@return whether the run has called System.exit} It looks at all threads of the run, in whatever state it is: listeners are called in
     * each.
     */
    static boolean isExiting(Run run) {
        List<Thread> threads = new ArrayList<>();
        Thread own = run.thread();
        if (own != null) {
            threads.add(own);
        }
        run.addThreads(threads);
        return threads.stream().anyMatch(ExitHook::isExiting);
    }

    private static boolean isExiting(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getClassName().equals("java.lang.Shutdown")) {
                return true;
            }
        }
        return false;
    }
}
