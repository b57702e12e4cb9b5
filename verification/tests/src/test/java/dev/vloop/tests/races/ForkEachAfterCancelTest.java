package dev.vloop.tests.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import java.util.AbstractCollection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ForkEachAfterCancelTest {
    @Test
    @DisplayName("R6, R32: forkEach in a body that has swallowed a cancel says that it was interrupted")
    void forkEach_in_a_body_that_has_swallowed_a_cancel_says_that_it_was_interrupted() {
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        try (TestLoops loops = TestLoops.create()) {
            loops.loop("l").every(Duration.ofSeconds(1)).start(iteration -> {
                iteration.loop().cancel();
                assertThat(Thread.interrupted()).isTrue();
                try {
                    iteration.forkEach(List.of(1, 2), item -> {});
                } catch (Throwable e) {
                    thrown.add(e);
                }
            });
            loops.settle();
        }

        assertThat(thrown).singleElement().isInstanceOf(InterruptedException.class);
    }

    @Test
    @DisplayName("R6, R32: forkEach whose collection has swallowed a cancel at its end says that it was interrupted")
    void forkEach_whose_collection_has_swallowed_a_cancel_at_its_end_says_that_it_was_interrupted() {
        List<Throwable> thrown = new CopyOnWriteArrayList<>();
        try (TestLoops loops = TestLoops.create()) {
            loops.loop("l").every(Duration.ofSeconds(1)).start(iteration -> {
                try {
                    iteration.forkEach(
                            new CancelledAtItsEnd(iteration.loop()), item -> iteration.sleep(Duration.ofHours(1)));
                } catch (Throwable e) {
                    thrown.add(e);
                }
            });
            loops.settle();
        }

        assertThat(thrown).singleElement().isInstanceOf(InterruptedException.class);
    }

    /** A collection of one item, which cancels a loop when it is asked for the next, and clears the interrupt. */
    private static final class CancelledAtItsEnd extends AbstractCollection<Integer> {
        private final Loop loop;

        CancelledAtItsEnd(Loop loop) {
            this.loop = loop;
        }

        @Override
        public int size() {
            return 1;
        }

        @Override
        public Iterator<Integer> iterator() {
            return new Iterator<>() {
                private boolean asked;

                @Override
                public boolean hasNext() {
                    if (asked) {
                        loop.cancel();
                        assertThat(Thread.interrupted()).isTrue();
                    }
                    return !asked;
                }

                @Override
                public Integer next() {
                    asked = true;
                    return 1;
                }
            };
        }
    }
}
