package dev.vloop.tests.structure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.tests.support.Items;
import dev.vloop.tests.support.VirtualTimeTest;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R7, R32: an interrupt from elsewhere of a body that has forks")
class ForeignInterruptTest extends VirtualTimeTest {
    private @Nullable Thread body;

    private Callable<Object> sleeping() {
        return () -> {
            try {
                loops.clock().sleep(seconds(60));
            } catch (InterruptedException e) {
                note("fork interrupted");
                throw e;
            }
            return 0;
        };
    }

    private void interruptBody() {
        loops.advance(seconds(2));
        Objects.requireNonNull(body).interrupt();
        loops.advance(seconds(100));
    }

    @Test
    void while_it_waits_for_them_at_its_end_reaches_them_and_cancels_the_run() {
        everySecond().start(it -> {
            body = Thread.currentThread();
            it.fork(sleeping());
        });
        interruptBody();
        assertThat(events).containsExactly("before 0", "fork interrupted 2", "after Cancelled 2");
    }

    @Test
    void while_it_waits_for_a_result_reaches_them_and_cancels_the_run() {
        everySecond().start(it -> {
            body = Thread.currentThread();
            it.fork(sleeping()).get();
        });
        interruptBody();
        assertThat(events).containsExactly("before 0", "fork interrupted 2", "after Cancelled 2");
    }

    @Test
    void while_it_waits_for_them_at_its_end_cancels_the_run_although_they_return_a_result() {
        everySecond().start(it -> {
            body = Thread.currentThread();
            it.fork(() -> {
                try {
                    loops.clock().sleep(seconds(60));
                } catch (InterruptedException e) {
                    note("fork interrupted");
                }
                return 0;
            });
        });
        interruptBody();
        assertThat(events).containsExactly("before 0", "fork interrupted 2", "after Cancelled 2");
    }

    @Test
    void cancels_the_run_although_a_fork_has_failed_before() {
        everySecond().start(it -> {
            body = Thread.currentThread();
            it.fork(() -> {
                throw new IllegalStateException("broken");
            });
            it.sleep(seconds(60));
        });
        interruptBody();
        assertThat(events).containsExactly("before 0", "after Cancelled 2");
    }

    /** By then the collection has thrown. That would fail the run if nobody had interrupted it. */
    @Test
    void while_forkEach_waits_for_its_tasks_as_its_collection_has_thrown_cancels_the_run() {
        everySecond().start(it -> {
            body = Thread.currentThread();
            it.forkEach(broken(), item -> {
                try {
                    loops.clock().sleep(seconds(60));
                } catch (InterruptedException e) {
                    note("fork interrupted");
                    loops.clock().sleep(seconds(10)); // it cleans up
                }
            });
        });
        interruptBody();
        assertThat(events).containsExactly("before 0", "fork interrupted 1", "after Cancelled 11");
    }

    /** One item. When another is asked for, that takes a second, in which the first one's task begins, and throws. */
    private Items<Integer> broken() {
        return new Items<>(() -> Stream.of(1, 2).map(this::item).iterator());
    }

    private int item(int number) {
        if (number == 2) {
            try {
                loops.clock().sleep(seconds(1));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            throw new IllegalStateException("broken");
        }
        return number;
    }
}
