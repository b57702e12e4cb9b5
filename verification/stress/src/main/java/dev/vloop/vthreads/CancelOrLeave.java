package dev.vloop.vthreads;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.vloop.LoopState;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A cancel, and the loop's thread that exposes code and leaves it: the interrupt lands there or nowhere. */
@JCStressTest
@Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "cancelled before: the code does not begin")
@Outcome(id = "1, 0, 0", expect = ACCEPTABLE, desc = "cancelled after: no interrupt")
@Outcome(id = "2, 0, 1", expect = ACCEPTABLE, desc = "interrupted in the code, once")
@Outcome(expect = FORBIDDEN, desc = "r1: 0 not begun, 1 not interrupted, 2 interrupted; r2: stray ones; r3: deliveries")
@State
public class CancelOrLeave {
    private final StressControl control = new StressControl();

    @Actor
    public void loop(III_Result result) {
        control.bindToCurrentThread();
        if (!control.expose(LoopState.EXECUTING)) {
            return;
        }
        result.r1 = (control.leave() & Control.FLAGGED) != 0 ? 2 : 1;
        if (Thread.interrupted()) {
            result.r2 = 1;
        }
    }

    @Actor
    public void cancels() {
        control.request(Control.CANCEL, 0);
    }

    @Arbiter
    public void after(III_Result result) {
        result.r2 += control.stray.get();
        result.r3 = control.cancels.get();
        if (!control.has(Control.CANCEL) || control.has(Control.DELIVERING | Control.LEAVING)) {
            result.r3 = -1;
        }
    }
}
