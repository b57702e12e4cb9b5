package dev.vloop.vthreads.timer;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A node that was unset is set to earlier times while the timer looks at it for the old one: it is pushed once, and rings. */
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "it has rung for the last time it was set to, and nothing is left")
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "it has rung for both, and nothing is left")
@Outcome(expect = FORBIDDEN, desc = "r1: how often it has rung, less one; r2: how many nodes are left")
@State
public class SetOrLook {
    private final TimerQueue queue = new TimerQueue(failure -> {});
    private final StressNode node = new StressNode();

    public SetOrLook() {
        queue.set(node, 100);
        queue.round(0);
        queue.unset(node);
    }

    @Actor
    public void owner() {
        queue.set(node, 50);
        queue.set(node, 40);
    }

    @Actor
    public void timer() {
        queue.round(100);
    }

    @Arbiter
    public void after(II_Result result) {
        queue.round(100);
        queue.round(2_000);
        result.r1 = node.rung - 1;
        result.r2 = queue.size() + (queue.hasPushed() ? 10 : 0);
    }
}
