package dev.vloop.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Iteration;
import dev.vloop.testkit.LoopTest;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** A race that shows only in some orders of threads. Seeds find it. */
class WelcomesTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private interface Greeting {
        void greet(Welcomes welcomes, Iteration iteration) throws Exception;
    }

    /** Starts two loops. The second one checks while the first one sends its message. */
    private static List<String> said(TestLoops loops, Greeting greeting) {
        FakeBot bot = new FakeBot(loops);
        Welcomes welcomes = new Welcomes(bot);
        loops.loop("joins").every(MINUTE).count(1).start(it -> greeting.greet(welcomes, it));
        loops.loop("sweep")
                .every(MINUTE)
                .initialDelay(Duration.ofSeconds(1))
                .count(1)
                .start(it -> greeting.greet(welcomes, it));
        loops.advance(MINUTE);
        return bot.said();
    }

    private static List<String> said(long seed) {
        try (TestLoops loops = TestLoops.builder().seed(seed).create()) {
            return said(loops, (welcomes, it) -> welcomes.lookAndGreet(it, "ann"));
        }
    }

    @Test
    void the_usual_order_of_threads_hides_the_bug() {
        try (TestLoops loops = TestLoops.create()) {
            assertThat(said(loops, (welcomes, it) -> welcomes.lookAndGreet(it, "ann")))
                    .containsExactly("1 welcome, ann");
        }
    }

    @Test
    void some_seeds_find_it_and_find_it_again() {
        List<Long> found = LongStream.range(0, 50)
                .filter(seed -> said(seed).size() > 1)
                .boxed()
                .toList();
        assertThat(found)
                .hasSizeBetween(1, 49)
                .allSatisfy(seed -> assertThat(said(seed)).containsExactly("1 welcome, ann", "2 welcome, ann"));
    }

    @LoopTest(seeds = 50)
    void no_seed_finds_one_where_there_is_none(TestLoops loops) {
        assertThat(said(loops, (welcomes, it) -> welcomes.greet(it, "ann"))).containsExactly("1 welcome, ann");
    }
}
