package dev.vloop.vthreads.timer;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** An alarm is called off while it comes: after that it does not run, and is not running. */
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "called off in time")
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "it was over when it was called off")
@Outcome(expect = FORBIDDEN, desc = "r1: rung when it was called off; r2: rung in the end")
@State
public class CancelOrRing {
    private final TimerQueue queue = new TimerQueue(failure -> {});
    private final StressNode node = new StressNode();

    public CancelOrRing() {
        queue.set(node, 100);
    }

    @Actor
    public void owner(II_Result result) {
        queue.unset(node);
        while (queue.isActing(node)) {
            Thread.onSpinWait();
        }
        result.r1 = node.rung;
    }

    @Actor
    public void timer() {
        queue.round(100);
    }

    @Arbiter
    public void after(II_Result result) {
        queue.round(2_000);
        result.r2 = node.rung;
    }
}
