package dev.vloop.examples.start;

// region start-test
import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.testkit.LoopTest;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class PrinterTest {
    @LoopTest
    void ticks_three_times(TestLoops loops) {
        List<String> said = new ArrayList<>();
        Printer.start(loops, said::add);
        loops.advance(Duration.ofSeconds(1));
        assertThat(said).containsExactly("tick 0", "tick 1");
        loops.advance(Duration.ofHours(1)); // takes no time
        assertThat(said).hasSize(4).endsWith("tick 2", "ended: Completed[iterations=3]");
    }
}
// end region
