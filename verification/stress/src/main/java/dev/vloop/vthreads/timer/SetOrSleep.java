package dev.vloop.vthreads.timer;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A node is set while the timer goes to sleep: the timer sees it, or is woken. */
@JCStressTest
@Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "seen before the sleep: it does not sleep")
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "woken, and seen then")
@Outcome(expect = FORBIDDEN, desc = "r1: the timer was woken; r2: the node has rung, 2 if the timer sleeps on")
@State
public class SetOrSleep {
    private final TimerQueue queue = new TimerQueue(failure -> {});
    private final StressNode node = new StressNode();
    private boolean woken;
    private boolean sleeps;

    @Actor
    public void owner(II_Result result) {
        woken = queue.set(node, 50);
        result.r1 = woken ? 1 : 0;
    }

    @Actor
    public void timer() {
        queue.round(100);
        sleeps = queue.beginSleep(1_000);
    }

    @Arbiter
    public void after(II_Result result) {
        if (sleeps && !woken && node.rung == 0) {
            result.r2 = 2;
            return;
        }
        queue.endSleep(false);
        queue.round(100);
        result.r2 = node.rung;
        if (node.rung == 1) {
            result.r1 = woken ? 1 : 0;
        }
    }
}
