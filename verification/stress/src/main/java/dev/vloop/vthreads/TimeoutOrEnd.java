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

/** A timeout's alarm, and the end of its attempt: the next attempt hears nothing of it. */
@JCStressTest
@Outcome(
        id = "0, 0, 0",
        expect = ACCEPTABLE,
        desc = "in time, never set, or the alarm came between the end and its cancellation")
@Outcome(id = "3, 0, 1", expect = ACCEPTABLE, desc = "timed out, and interrupted")
@Outcome(expect = FORBIDDEN, desc = "r1: 1 timed out + 2 interrupted; r2: the same of the next attempt; r3: deliveries")
@State
public class TimeoutOrEnd {
    private final StressControl control = new StressControl();
    private boolean set;
    private boolean called;

    @Actor
    public void loop(III_Result result) {
        control.bindToCurrentThread();
        control.expose(LoopState.EXECUTING);
        synchronized (this) {
            set = true;
        }
        result.r1 = told(control.leave());
        synchronized (this) {
            called = true; // as the alarm's cancel, which waits for its action
        }
        control.forget(Control.TIMEOUT);
        control.expose(LoopState.EXECUTING);
        result.r2 = told(control.leave()) + (Thread.interrupted() ? 4 : 0);
    }

    private static int told(int left) {
        return ((left & Control.TIMEOUT) != 0 ? 1 : 0) + ((left & Control.FLAGGED) != 0 ? 2 : 0);
    }

    @Actor
    public synchronized void alarm() {
        if (set && !called) {
            control.request(Control.TIMEOUT, 0);
        }
    }

    @Arbiter
    public void after(III_Result result) {
        result.r2 += 8 * control.stray.get();
        result.r3 = control.timeouts.get();
        if (control.has(Control.TIMEOUT | Control.DELIVERING | Control.LEAVING)) {
            result.r3 = -1;
        }
    }
}
