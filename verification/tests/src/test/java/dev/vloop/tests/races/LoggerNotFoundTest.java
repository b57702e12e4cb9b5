package dev.vloop.tests.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import dev.vloop.vthreads.VirtualLoops;
import java.time.Duration;
import java.util.List;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("real-time")
class LoggerNotFoundTest {
    /** Finds no logger of the engine's at first. */
    public static final class Manager extends LogManager {
        static volatile boolean broken = true;

        @Override
        public Logger getLogger(String name) {
            if (broken && name.startsWith("dev.vloop")) {
                throw new IllegalStateException("no logger");
            }
            return super.getLogger(name);
        }
    }

    static final class Program {
        public static void main(String[] arguments) throws InterruptedException {
            try (LoopRuntime loops = VirtualLoops.create()) {
                Loop ofAKind = failing(loops, "a", "digest");
                Loop other = failing(loops, "b", "b");
                Manager.broken = false;
                System.out.println("well again");
                ofAKind.start().join();
                other.start().join();
            }
        }

        private static Loop failing(LoopRuntime loops, String name, String kind) throws InterruptedException {
            Loop loop = loops.loop(name)
                    .kind(kind)
                    .every(Duration.ofMillis(1))
                    .count(2)
                    .continueOn(Exception.class)
                    .onFailure(failure -> System.out.println("handled"))
                    .afterLoop(end -> System.out.println(name + " " + end))
                    .start(it -> {
                        throw new IllegalStateException("body");
                    });
            loop.join();
            return loop;
        }
    }

    @Test
    @DisplayName(
            "R30, R38: a logger that cannot be found breaks no run, its lines are on System.err, and it is asked for again")
    void a_logger_that_cannot_be_found_breaks_no_run() throws Exception {
        try (Jvm jvm = new Jvm(Program.class, "-Djava.util.logging.manager=" + Manager.class.getName())) {
            List<String> said = jvm.awaitEnd();
            int well = said.indexOf("well again");
            assertThat(said).filteredOn("handled"::equals).hasSize(8);
            assertThat(said)
                    .containsSubsequence(
                            "a Completed[iterations=2]",
                            "b Completed[iterations=2]",
                            "well again",
                            "a Completed[iterations=2]",
                            "b Completed[iterations=2]");
            assertThat(said.subList(0, well)).anyMatch(line -> line.contains("and the log threw"));
            assertThat(said.subList(well, said.size()))
                    .noneMatch(line -> line.contains("and the log threw"))
                    .anyMatch(line -> line.startsWith("WARNING: loop 'a'"))
                    .anyMatch(line -> line.startsWith("WARNING: loop 'b'"));
        }
    }
}
