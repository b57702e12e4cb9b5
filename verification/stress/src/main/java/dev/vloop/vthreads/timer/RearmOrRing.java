package dev.vloop.vthreads.timer;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A timeout is called off and set again, later, while the time that it was first set to comes up: nothing rings for that. */
@JCStressTest
@Outcome(id = "0, 1, 0", expect = ACCEPTABLE, desc = "called off in time; the second has rung")
@Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "it came before it was called off; the second has rung as well")
@Outcome(expect = FORBIDDEN, desc = "r1: rung for the first; r2: for the second; r3: nodes left")
@State
public class RearmOrRing {
    private final TimerQueue queue = new TimerQueue(failure -> {});
    private final StressNode node = new StressNode();

    public RearmOrRing() {
        queue.set(node, 100);
        queue.round(0);
    }

    @Actor
    public void owner(III_Result result) {
        queue.unset(node);
        while (queue.isActing(node)) {
            Thread.onSpinWait();
        }
        result.r1 = node.rung;
        queue.set(node, 200);
    }

    @Actor
    public void timer() {
        queue.round(100);
    }

    @Arbiter
    public void after(III_Result result) {
        queue.round(199);
        if (node.rung != result.r1) {
            result.r1 = -1; // after it was called off, or early
        }
        queue.round(200);
        queue.round(2_000);
        result.r2 = node.rung - Math.max(0, result.r1);
        result.r3 = queue.size() + (queue.hasPushed() ? 10 : 0);
    }
}
