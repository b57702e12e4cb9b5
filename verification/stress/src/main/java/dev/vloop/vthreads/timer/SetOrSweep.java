package dev.vloop.vthreads.timer;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A node that was unset is set again while the timer sweeps: it is kept, or comes again through the stack. */
@JCStressTest
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "it has rung once, and nothing is left")
@Outcome(expect = FORBIDDEN, desc = "r1: how often it has rung; r2: how many nodes are left")
@State
public class SetOrSweep {
    private final TimerQueue queue = new TimerQueue(failure -> {});
    private final StressNode node = new StressNode();
    private final StressNode other = new StressNode();

    public SetOrSweep() {
        queue.set(node, 100);
        queue.set(other, 50);
        queue.round(0);
        queue.unset(node);
        queue.unset(other);
    }

    @Actor
    public void owner() {
        queue.set(node, 150);
    }

    @Actor
    public void timer() {
        queue.sweep();
    }

    @Arbiter
    public void after(II_Result result) {
        queue.round(149);
        result.r2 = node.rung;
        queue.round(150);
        queue.round(2_000);
        result.r1 = node.rung + other.rung;
        result.r2 += queue.size() + (queue.hasPushed() ? 10 : 0);
    }
}
