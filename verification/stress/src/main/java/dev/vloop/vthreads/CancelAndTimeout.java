package dev.vloop.vthreads;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A cancel and a timeout of code that is exposed, at once: each is delivered, once, whoever comes first. */
@JCStressTest
@Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "both delivered, and through with it")
@Outcome(
        expect = FORBIDDEN,
        desc = "r1: cancels, r2: timeouts delivered; r3: stray ones, or -1 for an endless delivery")
@State
public class CancelAndTimeout {
    private final StressControl control = StressControl.exposed();

    @Actor
    public void cancels() {
        control.request(Control.CANCEL, 0);
    }

    @Actor
    public void timesOut() {
        control.request(Control.TIMEOUT, 0);
    }

    @Arbiter
    public void after(III_Result result) {
        result.r1 = control.cancels.get();
        result.r2 = control.timeouts.get();
        result.r3 = control.has(Control.DELIVERING) ? -1 : control.stray.get();
    }
}
