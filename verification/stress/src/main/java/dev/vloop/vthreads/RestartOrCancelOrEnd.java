package dev.vloop.vthreads;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A restart and then a cancel, and the end of the run meanwhile. */
@JCStressTest
@Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "over first: both go to the run that follows, or begin one")
@Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "restarted; the cancel goes to the new run")
@Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "the cancel takes the restart back")
@Outcome(expect = FORBIDDEN, desc = "r1: begins again; r2: restart taken; r3: cancel taken")
@State
public class RestartOrCancelOrEnd {
    private final StressControl control = new StressControl();

    @Actor
    public void end(III_Result result) {
        result.r1 = control.endAndAskForRestart() ? 1 : 0;
    }

    @Actor
    public void asks(III_Result result) {
        result.r2 = control.request(Control.CANCEL | Control.RESTART, 0) ? 1 : 0;
        result.r3 = control.request(Control.CANCEL, Control.RESTART) ? 1 : 0;
    }
}
