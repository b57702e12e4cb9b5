package dev.vloop.vthreads;

import org.jspecify.annotations.Nullable;

/** One of several iterations that may overlap: on a thread of its own, with a control word of its own. */
final class OverlappingIteration extends Worker implements Runnable {
    private final Run run;

    /** Those that this one belongs to. */
    private final OverlappingIterations all;

    /** Of the iteration, in the run. */
    final long index;

    /** The name of its thread. */
    private final String name;

    /** What it runs. Written by the loop's thread before this one's starts. */
    private @Nullable VirtualIteration iteration;

    OverlappingIteration(Run run, OverlappingIterations all, long index) {
        super(run.loop());
        this.run = run;
        this.all = all;
        this.index = index;
        this.name = run.name() + "/iteration-" + index;
    }

    @Override
    Run owner() {
        return run;
    }

    @Override
    String name() {
        return name;
    }

    void setIteration(VirtualIteration begun) {
        iteration = begun;
    }

    @Override
    public void run() {
        bindToCurrentThread();
        adoptCurrentThread();
        new ForkOwner(this, name).bindToCurrentThread(); // tells that this thread belongs to the run
        try {
            VirtualIteration begun = iteration;
            if (begun == null) {
                throw new AssertionError("started without an iteration");
            }
            boolean goesOn = Attempts.run(this, begun, false);
            if (has(EVICTED)) {
                all.evicted();
            } else if (has(CANCEL)) {
                run.request(CANCEL, 0); // somebody has interrupted this thread: that cancels the run
            } else if (!goesOn) {
                run.request(STOP, 0); // it has failed for good
            }
        } catch (Throwable e) {
            Log.broken(Log.loop(run.name()) + " failed in the engine", e);
            run.request(CANCEL, 0);
        } finally {
            try {
                releaseTimers();
            } finally {
                all.ended(this);
            }
        }
    }
}
