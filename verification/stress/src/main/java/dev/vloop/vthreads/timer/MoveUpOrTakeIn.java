package dev.vloop.vthreads.timer;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A node is set to an earlier time while the timer takes it in: it is not forgotten, not early, not there twice. */
@JCStressTest
@Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "it has rung once, and the timer has nothing left")
@Outcome(expect = FORBIDDEN, desc = "r1: how often it has rung; r2: how many nodes are left")
@State
public class MoveUpOrTakeIn {
    private final TimerQueue queue = new TimerQueue(failure -> {});
    private final StressNode node = new StressNode();

    public MoveUpOrTakeIn() {
        queue.set(node, 1_000);
    }

    @Actor
    public void owner() {
        queue.unset(node);
        queue.set(node, 500);
        queue.set(node, 100);
    }

    @Actor
    public void timer() {
        queue.round(0);
        queue.round(0);
    }

    @Arbiter
    public void after(II_Result result) {
        queue.round(99);
        result.r2 = node.rung;
        queue.round(100);
        queue.round(2_000);
        result.r1 = node.rung;
        result.r2 += queue.size() + (queue.hasPushed() ? 10 : 0);
    }
}
