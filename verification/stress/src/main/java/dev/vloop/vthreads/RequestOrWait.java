package dev.vloop.vthreads;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.vloop.LoopState;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A request, and the loop's thread that enters a wait: it sees the request, or is woken. */
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "it saw the request, or its word had changed, and it did not wait")
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "it waits, and is woken")
@Outcome(expect = FORBIDDEN, desc = "a lost wake-up, or one that nobody needs")
@State
public class RequestOrWait {
    private final StressControl control = new StressControl();

    @Actor
    public void loop(II_Result result) {
        control.bindToCurrentThread();
        int judged = control.word();
        if ((judged & Control.TRIGGER) != 0) {
            return;
        }
        result.r1 = control.become(judged, LoopState.WAITING) ? 1 : 0;
    }

    @Actor
    public void asks() {
        control.request(Control.TRIGGER, 0);
    }

    @Arbiter
    public void woken(II_Result result) {
        result.r2 = control.wasUnparked() ? 1 : 0;
    }
}
