package dev.vloop.vthreads;

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

    /** {@return how many of the runs have called System.exit} Such a call waits for all hooks, so the run cannot end before they do. */
    static int countExiting(List<Run> runs) {
        int exiting = 0;
        for (Run run : runs) {
            if (isExiting(run)) {
                exiting++;
            }
        }
        return exiting;
    }

    /** Looks at all threads of the run, in whatever state it is: listeners are called in each. */
    private static boolean isExiting(Run run) {
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
