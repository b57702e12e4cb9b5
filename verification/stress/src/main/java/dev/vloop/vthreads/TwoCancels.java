package dev.vloop.vthreads;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Two cancels of code that is exposed: one interrupt. */
@JCStressTest
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "interrupted once, and through with it")
@Outcome(expect = FORBIDDEN, desc = "r1: interrupts; r2: stray ones, or -1 for a delivery that has not ended")
@State
public class TwoCancels {
    private final StressControl control = StressControl.exposed();

    @Actor
    public void one() {
        control.request(Control.CANCEL, 0);
    }

    @Actor
    public void other() {
        control.request(Control.CANCEL, 0);
    }

    @Arbiter
    public void after(II_Result result) {
        result.r1 = control.cancels.get();
        result.r2 = control.has(Control.DELIVERING) ? -1 : control.stray.get();
    }
}
