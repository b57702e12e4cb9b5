package dev.vloop.vthreads;

import org.jspecify.annotations.Nullable;

/** One of several overlapping iterations, on a thread of its own, with a control word of its own. */
final class Lane extends Worker implements Runnable {
    private final Run run;
    private final Lanes lanes;
    private final String name;

    /** Written by the loop's thread before this lane's starts. */
    private @Nullable VirtualIteration iteration;

    Lane(Run run, Lanes lanes, long index) {
        super(run.loop());
        this.run = run;
        this.lanes = lanes;
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
        new ForkOwner(this, name).bindToCurrentThread(); // so that the run knows this thread for one of its own
        try {
            VirtualIteration begun = iteration;
            if (begun == null) {
                throw new AssertionError("a lane without an iteration");
            }
            boolean done = Attempts.iterate(this, begun) != Attempts.BROKEN_OFF;
            if (has(CANCEL)) {
                run.request(CANCEL, 0); // it was interrupted by somebody else: so is the run
            } else if (!done) {
                run.request(STOP, 0); // it has failed for good
            }
        } catch (Throwable e) {
            Log.broken("loop '" + run.name() + "' failed in the engine", e);
            run.request(CANCEL, 0);
        } finally {
            lanes.over(this);
        }
    }
}
