package dev.vloop.tests.structure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.ForkFailure;
import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.tests.support.Items;
import dev.vloop.tests.support.VirtualTimeTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R32: forkEach")
class ForkEachTest extends VirtualTimeTest {
    /** It must give up long before that many items. */
    private static final int TOO_MANY = 20_000;

    private final List<ForkFailure<Integer>> failures = new ArrayList<>();

    @Test
    void it_runs_all_at_once_and_waits_for_all() {
        everySecond().count(1).start(it -> {
            it.forkEach(List.of(3, 1, 2), item -> {
                it.sleep(seconds(item));
                note("item " + item);
            });
            note("all");
        });
        loops.advance(seconds(10));
        assertThat(events)
                .containsExactly("before 0", "item 1 1", "item 2 2", "item 3 3", "all 3", "after Completed 3");
    }

    @Test
    void a_failure_stops_no_other_and_is_returned_in_the_order_of_the_items() {
        IOException ofThree = new IOException("three");
        IOException ofOne = new IOException("one");
        everySecond()
                .count(1)
                .start(it -> failures.addAll(it.forkEach(List.of(3, 2, 1), item -> {
                    it.sleep(seconds(item));
                    if (item == 3) {
                        throw ofThree;
                    }
                    if (item == 1) {
                        throw ofOne;
                    }
                    note("item " + item);
                })));
        loops.advance(seconds(10));
        assertThat(failures).containsExactly(new ForkFailure<>(3, ofThree), new ForkFailure<>(1, ofOne));
        assertThat(events).containsExactly("before 0", "item 2 2", "after Completed 3");
    }

    @Test
    void its_items_may_come_from_forks_one_after_the_other() {
        everySecond().count(1).start(it -> {
            Iterator<Integer> pages = Stream.of(1, 2, 3)
                    .map(page -> unchecked(() -> it.fork(() -> page).get()))
                    .iterator();
            failures.addAll(it.forkEach(new Items<>(() -> pages), item -> {
                it.sleep(seconds(item));
                note("item " + item);
            }));
        });
        loops.advance(seconds(10));
        assertThat(failures).isEmpty();
        assertThat(events).containsExactly("before 0", "item 1 1", "item 2 2", "item 3 3", "after Completed 3");
    }

    @Test
    void an_error_of_a_task_ends_it_although_there_are_items_without_end() {
        Error enough = new Error("enough");
        AtomicInteger asked = new AtomicInteger();
        Loop loop = everySecond()
                .start(it -> it.forkEach(withoutEnd(asked), item -> {
                    if (item == 3) {
                        throw enough;
                    }
                }));
        loops.advance(seconds(10));
        assertThat(asked).hasValueLessThan(TOO_MANY);
        assertThat(loop.status().lastEnd())
                .isInstanceOfSatisfying(
                        LoopEnd.Failed.class,
                        failed -> assertThat(failed.cause()).isSameAs(enough));
    }

    private static Items<Integer> withoutEnd(AtomicInteger asked) {
        return new Items<>(() -> IntStream.iterate(0, last -> last < TOO_MANY, last -> asked.incrementAndGet())
                .iterator());
    }

    private static <T> T unchecked(Callable<T> call) {
        try {
            return call.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Kotlin throws them, and Java can be made to. */
    @Test
    void a_throwable_that_is_neither_exception_nor_error_fails_the_run() {
        Throwable odd = new Throwable("odd");
        Loop each = everySecond()
                .continueOn(Exception.class)
                .start(it -> it.forkEach(List.of(1, 2), item -> {
                    throw ForkEachTest.<RuntimeException>unchecked(odd);
                }));
        Loop fork = loops.loop("fork")
                .every(seconds(1))
                .continueOn(Exception.class)
                .interceptAttempts((it, chain) -> chain.proceed())
                .start(it -> it.fork(() -> {
                            throw ForkEachTest.<RuntimeException>unchecked(odd);
                        })
                        .get());
        assertThat(List.of(loops.awaitEnd(each), loops.awaitEnd(fork)))
                .allSatisfy(end -> assertThat(((LoopEnd.Failed) end).cause()).isSameAs(odd));
    }

    /** It ended the run as cancelled, and nobody was told why. */
    @Test
    void a_fork_context_that_throws_fails_its_item() {
        IllegalStateException broken = new IllegalStateException("no context");
        everySecond()
                .count(1)
                .forkContext(() -> task -> {
                    throw broken;
                })
                .start(it -> failures.addAll(it.forkEach(List.of(1), item -> note("item"))));
        loops.advance(seconds(1));
        assertThat(failures).containsExactly(new ForkFailure<>(1, broken));
        assertThat(events).containsExactly("before 0", "after Completed 0");
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <X extends Throwable> X unchecked(Throwable thrown) throws X {
        throw (X) thrown;
    }

    @Test
    @DisplayName("R7: an interrupt that it tells of is no longer in the flag, so that the body can clean up")
    void an_interrupt_that_it_tells_of_is_no_longer_in_the_flag() {
        everySecond().start(it -> {
            Thread.currentThread().interrupt();
            try {
                it.forkEach(List.of(1), item -> note("item"));
            } catch (InterruptedException e) {
                note("flag " + Thread.currentThread().isInterrupted());
                throw e;
            }
        });
        loops.advance(seconds(1));
        assertThat(events).containsExactly("before 0", "flag false 0", "after Cancelled 0");
    }

    @Test
    void every_failure_is_logged() {
        everySecond()
                .count(1)
                .start(it -> it.forkEach(List.of(1, 2), item -> {
                    throw new IOException("no " + item);
                }));
        loops.advance(seconds(10));
        assertThat(log.warnings())
                .hasSize(2)
                .allSatisfy(message -> assertThat(message).contains("'job'"));
    }

    @Test
    void an_Error_stops_the_others_and_fails_the_iteration() {
        AssertionError error = new AssertionError("broken");
        Loop loop = everySecond()
                .start(it -> it.forkEach(List.of(1, 2), item -> {
                    it.sleep(seconds(item));
                    if (item == 1) {
                        throw error;
                    }
                    note("item " + item);
                }));
        loops.advance(seconds(10));
        assertThat(loop.status().lastEnd()).isEqualTo(new LoopEnd.Failed(0, error));
        assertThat(events).containsExactly("before 0", "after Failed 1");
    }

    @Test
    void cancelling_interrupts_all_and_they_are_over_first() {
        Loop loop = everySecond()
                .start(it -> it.forkEach(List.of(1, 2), item -> {
                    try {
                        it.sleep(seconds(60));
                    } catch (InterruptedException e) {
                        note("item " + item + " interrupted");
                        throw e;
                    }
                }));
        loops.advance(seconds(5));
        loop.cancel();
        loops.advance(seconds(10));
        assertThat(events)
                .containsExactlyInAnyOrder(
                        "before 0", "item 1 interrupted 5", "item 2 interrupted 5", "after Cancelled 5")
                .last()
                .isEqualTo("after Cancelled 5");
        assertThat(log.warnings()).as("a cancel is no failure of an item").isEmpty();
    }

    @Test
    @DisplayName("R30: items that fail as they were interrupted by a cancel are not logged")
    void what_items_throw_when_they_are_cancelled_is_not_logged() {
        Loop loop = everySecond()
                .start(it -> it.forkEach(List.of(1, 2), item -> {
                    try {
                        it.sleep(seconds(60));
                    } catch (InterruptedException e) {
                        throw new IllegalStateException("as a driver does", e);
                    }
                }));
        loops.advance(seconds(5));
        loop.cancel();
        loops.advance(seconds(10));
        assertThat(events).containsExactly("before 0", "after Cancelled 5");
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    @DisplayName("R7: an interrupt of one item's thread, from wherever it comes, cancels the run")
    void an_interrupt_of_one_cancels() {
        Loop loop = everySecond()
                .start(it -> it.forkEach(List.of(1, 2), item -> {
                    if (item == 1) {
                        Thread.currentThread().interrupt();
                    }
                    it.sleep(seconds(60));
                }));
        loops.settle();
        assertThat(loop.status().lastEnd()).isEqualTo(new LoopEnd.Cancelled(0, List.of()));
        assertThat(log.warnings()).isEmpty();
    }

    @Test
    void a_timeout_interrupts_all() {
        Loop loop = everySecond()
                .timeout(seconds(5))
                .failOn(TimeoutException.class)
                .start(it -> it.forkEach(List.of(1, 2), item -> it.sleep(seconds(60))));
        loops.advance(seconds(10));
        assertThat(events).containsExactly("before 0", "after Failed 5");
        assertThat(((LoopEnd.Failed) loop.status().lastEnd()).cause()).isInstanceOf(TimeoutException.class);
    }

    @Test
    void no_items_are_no_work() {
        everySecond().count(1).start(it -> note("failures " + it.forkEach(List.of(), item -> {})));
        loops.settle();
        assertThat(events).containsExactly("before 0", "failures [] 0", "after Completed 0");
    }

    @Test
    void an_item_may_fork_in_turn() {
        everySecond().count(1).start(it -> {
            it.forkEach(
                    List.of(1, 2),
                    item -> it.fork(() -> {
                        it.sleep(seconds(item));
                        note("deep " + item);
                        return 0;
                    }));
            note("all");
        });
        loops.advance(seconds(5));
        assertThat(events).containsExactly("before 0", "deep 1 1", "deep 2 2", "all 2", "after Completed 2");
    }

    @Test
    void it_may_be_called_beside_forks_that_go_on() {
        everySecond().count(1).start(it -> {
            it.fork(() -> {
                it.sleep(seconds(5));
                note("fork");
                return 0;
            });
            it.forkEach(List.of(1), item -> it.sleep(seconds(item)));
            note("each");
        });
        loops.advance(seconds(10));
        assertThat(events).containsExactly("before 0", "each 1", "fork 5", "after Completed 5");
    }

    @Test
    void a_failure_of_a_fork_beside_it_stops_no_item() {
        IllegalStateException broken = new IllegalStateException("broken");
        Loop loop = everySecond().start(it -> {
            it.fork(() -> {
                it.sleep(seconds(1));
                throw broken;
            });
            note("failures " + it.forkEach(List.of(3), item -> it.sleep(seconds(item))));
        });
        loops.advance(seconds(10));
        assertThat(loop.status().lastEnd()).isEqualTo(new LoopEnd.Failed(0, broken));
        assertThat(events).containsExactly("before 0", "failures [] 3", "after Failed 3");
    }
}
