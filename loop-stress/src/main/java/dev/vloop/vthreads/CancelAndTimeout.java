package dev.vloop.vthreads;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.vloop.LoopState;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/** A cancel and a timeout at once: each that finds the code exposed is delivered, once, and swept up with it. */
@JCStressTest
@Outcome(id = "0, 0, 0, 0", expect = ACCEPTABLE, desc = "cancelled before: the code does not begin")
@Outcome(id = "1, 0, 0, 0", expect = ACCEPTABLE, desc = "both after")
@Outcome(id = "2, 0, 1, 0", expect = ACCEPTABLE, desc = "cancelled in the code")
@Outcome(id = "2, 0, 0, 1", expect = ACCEPTABLE, desc = "timed out in the code")
@Outcome(id = "2, 0, 1, 1", expect = ACCEPTABLE, desc = "both in the code")
@Outcome(expect = FORBIDDEN, desc = "r1: as in TwoCancels; r2: stray ones; r3: cancels, r4: timeouts delivered")
@State
public class CancelAndTimeout {
    private final StressControl control = new StressControl();

    @Actor
    public void loop(IIII_Result result) {
        control.bindToCurrentThread();
        if (!control.expose(LoopState.EXECUTING)) return;
        boolean swallowed = Thread.interrupted();
        result.r1 = (control.leave() & Control.FLAGGED) != 0 || swallowed ? 2 : 1;
        if (Thread.interrupted()) result.r2 = 1;
    }

    @Actor
    public void cancels() {
        control.request(Control.CANCEL, 0);
    }

    @Actor
    public void timesOut() {
        control.request(Control.TIMEOUT, 0);
    }

    @Arbiter
    public void after(IIII_Result result) {
        result.r2 += control.stray.get();
        result.r3 = control.cancels.get();
        result.r4 = control.timeouts.get();
        if (control.has(Control.DELIVERING | Control.LEAVING)) result.r3 = -1;
    }
}
