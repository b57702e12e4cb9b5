package dev.vloop.tests.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopBody;
import dev.vloop.testkit.TestLoops;
import dev.vloop.tests.support.Items;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R7, R32: whoever interrupts a fork cancels the run")
class ForkInterruptedFromOutsideTest {
    private static final int TOO_MANY = 1000;

    private static void is_cancelled(LoopBody body) {
        try (TestLoops loops = TestLoops.create()) {
            Loop loop = loops.loop("l").every(Duration.ofSeconds(1)).count(2).start(body);
            loops.advance(Duration.ofSeconds(10));
            assertThat(loop.status().lastEnd()).hasToString("Cancelled[iterations=0]");
        }
    }

    private static int interrupted(@Nullable Exception thrown) throws Exception {
        Thread.currentThread().interrupt();
        if (thrown != null) {
            throw thrown;
        }
        return 1;
    }

    @Test
    void even_if_its_task_returns() {
        is_cancelled(it -> it.fork(() -> interrupted(null)));
    }

    @Test
    void even_if_its_task_throws_something_else() {
        is_cancelled(it -> it.fork(() -> interrupted(new IOException("closed"))).get());
    }

    @Test
    void even_if_a_fork_has_forked_it() {
        is_cancelled(it -> it.fork(
                () -> it.fork(() -> interrupted(new IOException("closed"))).get()));
    }

    @Test
    void even_in_forkEach() {
        is_cancelled(
                it -> it.forkEach(List.of(1, 2), item -> interrupted(item == 2 ? null : new IOException("closed"))));
    }

    @Test
    @DisplayName("R6, R32: a cancel ends forkEach although there are items without end")
    void a_cancel_ends_forkEach_over_items_without_end() {
        List<Integer> asked = new ArrayList<>();
        is_cancelled(it -> it.forkEach(endless(it.loop(), asked), item -> {}));
        assertThat(asked).hasSizeLessThan(10);
    }

    /** Has more items than anybody needs, and cancels the loop after some of them. */
    private static Items<Integer> endless(Loop loop, List<Integer> asked) {
        return new Items<>(
                () -> IntStream.iterate(0, last -> next(loop, asked, last)).iterator());
    }

    private static int next(Loop loop, List<Integer> asked, int last) {
        asked.add(last);
        if (last == 5) {
            loop.cancel();
        }
        assertThat(last).isLessThan(TOO_MANY);
        return last + 1;
    }
}
