package dev.vloop.vthreads.timer;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** The only thing that a timer waits for is given up while it goes to sleep for long: it does not sleep on for nothing. */
@JCStressTest
@Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "it has seen that nothing is set")
@Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "it sleeps, and is woken")
@Outcome(expect = FORBIDDEN, desc = "r1: the timer dozes; r2: it was woken")
@State
public class GiveUpOrDoze {
    private final TimerQueue queue = new TimerQueue(failure -> {});
    private final StressNode node = new StressNode();

    public GiveUpOrDoze() {
        queue.set(node, 100);
        queue.round(0);
    }

    @Actor
    public void owner(II_Result result) {
        result.r2 = queue.unset(node) ? 1 : 0;
    }

    @Actor
    public void timer(II_Result result) {
        result.r1 = queue.doze() ? 1 : 0;
    }

    @Arbiter
    public void after(II_Result result) {
        if (result.r1 == 0) {
            result.r2 = 0; // a wake-up that nobody needs does no harm
        }
    }
}
