package dev.vloop.tests.structure;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.Iteration;
import dev.vloop.tests.support.VirtualTimeTest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R32: an iteration belongs to the threads of its attempt")
class ForeignThreadTest extends VirtualTimeTest {
    private volatile @Nullable Iteration foreign;

    private void useForeign() {
        Iteration it = requireNonNull(foreign);
        String whose = "does not belong to " + it;
        assertThatThrownBy(() -> it.sleep(seconds(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(whose);
        assertThatThrownBy(() -> it.fork(() -> 1))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(whose);
        assertThatThrownBy(() -> it.forkEach(List.of(1), item -> {}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(whose);
        note("refused");
    }

    @Test
    void the_body_and_a_fork_of_another_loop_may_not_use_it() {
        loops.loop("other").every(seconds(100)).start(it -> {
            foreign = it;
            it.sleep(seconds(50));
        });
        loops.advance(seconds(1));
        loops.loop("job").every(seconds(100)).start(it -> {
            useForeign();
            it.fork(() -> {
                useForeign();
                return null;
            });
        });
        loops.settle();
        assertThat(events).containsExactly("refused 1", "refused 1");
    }

    @Test
    void nor_may_another_iteration_of_its_loop_that_overlaps_it() {
        loops.loop("job").every(seconds(1)).maxConcurrent(2).start(it -> {
            if (it.index() == 0) {
                foreign = it;
                it.sleep(seconds(50));
            }
            useForeign();
        });
        loops.advance(seconds(1));
        assertThat(events).containsExactly("refused 1");
    }
}
