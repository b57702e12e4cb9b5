package dev.vloop.tests.structure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.tests.support.VirtualTimeTest;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R32: a fork that is over is kept by nobody but who holds its handle")
class ForkLeftoversTest extends VirtualTimeTest {
    @Test
    void its_result_can_be_collected_while_the_iteration_goes_on() {
        AtomicLong left = new AtomicLong(-1);
        Loop loop = loops.loop("job").every(seconds(1)).count(1).start(it -> {
            List<WeakReference<Object>> results = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                results.add(new WeakReference<>(it.fork(Object::new).get()));
            }
            for (int i = 0; i < 10; i++) {
                it.fork(() -> {
                    Object result = new Object();
                    synchronized (results) {
                        results.add(new WeakReference<>(result));
                    }
                    return result;
                });
            }
            it.sleep(seconds(1)); // they are over; nobody has asked for their results
            System.gc();
            synchronized (results) {
                left.set(results.stream().filter(result -> result.get() != null).count());
            }
        });
        loops.awaitEnd(loop);
        assertThat(left).hasValueLessThan(2); // the last may still be on the stack
    }

    @Test
    void forkEach_keeps_the_failures_alone_and_in_the_order_of_the_items() {
        Loop loop = loops.loop("job")
                .every(seconds(1))
                .count(1)
                .start(it -> it.forkEach(IntStream.range(0, 20).boxed().toList(), item -> {
                            loops.clock().sleep(seconds(20 - item));
                            if (item % 5 == 0) {
                                throw new IllegalStateException("item " + item);
                            }
                        })
                        .forEach(failure -> note(failure.cause().getMessage())));
        assertThat(loops.awaitEnd(loop)).isEqualTo(new LoopEnd.Completed(1));
        assertThat(events).containsExactly("item 0 20", "item 5 20", "item 10 20", "item 15 20");
    }
}
