package dev.vloop.tests.sight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Iteration;
import dev.vloop.IterationOutcome;
import dev.vloop.Loop;
import dev.vloop.LoopChange;
import dev.vloop.LoopListener;
import dev.vloop.tests.support.ListenerRelay;
import dev.vloop.tests.support.VirtualTimeTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R36: an audit log, by no map of its own")
class AuditTest extends VirtualTimeTest {
    /** Who asked for what, and what came of it. */
    private static final class Audit implements LoopListener {
        final List<String> lines = Collections.synchronizedList(new ArrayList<>());

        @Override
        public void onChange(Loop loop, LoopChange change) {
            lines.add(Thread.currentThread().getName() + ": " + change + " " + loop.name() + " ("
                    + (loop.status().paused() ? "paused" : "not paused") + ")");
        }

        @Override
        public void onIterationEnd(Iteration last, IterationOutcome outcome, Duration took) {
            lines.add(last.loop().name() + " " + last.index() + ": " + outcome + " in " + took.toSeconds() + " s, "
                    + last.attempt() + " attempt");
        }
    }

    AuditTest() {
        super(new ListenerRelay());
    }

    @Test
    void names_who_asked_and_the_outcome_of_each_iteration() {
        Audit audit = new Audit();
        listen(audit);
        Thread.currentThread().setName("admin");
        Loop loop = loops.loop("job").every(seconds(10)).start(it -> it.sleep(seconds(3)));
        loops.advance(seconds(11));
        loop.pause();
        loop.cancel();
        loops.settle();
        loop.remove();
        assertThat(audit.lines)
                .containsExactly(
                        "admin: BUILT job (not paused)",
                        "admin: STARTED job (not paused)",
                        "job 0: SUCCESS in 3 s, 1 attempt",
                        "admin: PAUSED job (paused)",
                        "admin: CANCELLED job (paused)",
                        "job 1: CANCELLED in 1 s, 1 attempt",
                        "admin: REMOVED job (paused)");
    }
}
