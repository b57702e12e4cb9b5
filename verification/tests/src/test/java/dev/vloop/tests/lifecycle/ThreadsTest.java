package dev.vloop.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Reaction;
import dev.vloop.tests.support.VirtualTimeTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R2: threads")
class ThreadsTest extends VirtualTimeTest {
    private final Map<String, Thread> threads = new ConcurrentHashMap<>();

    private void see(String what) {
        threads.put(what, Thread.currentThread());
    }

    @Test
    void all_of_a_run_happens_on_one_virtual_thread_named_after_the_loop() {
        loops.loop("poll")
                .schedule(at -> {
                    see("schedule");
                    return at.lastSlot() == null ? at.now() : at.lastSlot().plusSeconds(1);
                })
                .count(1)
                .beforeLoop(() -> see("beforeLoop"))
                .afterLoop(end -> see("afterLoop"))
                .onFailure(failure -> see("onFailure"))
                .on(IOException.class, e -> {
                    see("reaction");
                    return Reaction.RETRY;
                })
                .backoff((failure, random) -> {
                    see("backoff");
                    return seconds(1);
                })
                .start(it -> {
                    see("attempt " + it.attempt());
                    if (it.attempt() == 1) {
                        throw new IOException("no network");
                    }
                });
        loops.advance(seconds(10));
        assertThat(threads)
                .containsOnlyKeys(
                        "schedule",
                        "beforeLoop",
                        "afterLoop",
                        "onFailure",
                        "reaction",
                        "backoff",
                        "attempt 1",
                        "attempt 2");
        assertThat(threads.values()).allSatisfy(thread -> {
            assertThat(thread).isSameAs(threads.get("beforeLoop"));
            assertThat(thread.isVirtual()).isTrue();
            assertThat(thread.getName()).isEqualTo("poll");
            assertThat(thread).isNotSameAs(Thread.currentThread());
        });
    }

    @Test
    void each_loop_has_a_thread_of_its_own() {
        List<String> names = Collections.synchronizedList(new ArrayList<>());
        for (String name : List.of("a", "b", "c")) {
            loops.loop(name).every(seconds(1)).start(it -> {
                see(name);
                names.add(Thread.currentThread().getName());
            });
        }
        loops.settle();
        assertThat(threads.values()).doesNotHaveDuplicates().hasSize(3);
        assertThat(names).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void a_loop_that_blocks_in_its_body_does_not_hold_up_another() {
        loops.loop("slow").every(seconds(1)).start(it -> it.sleep(seconds(100)));
        loops.loop("quick").every(seconds(1)).start(it -> note("quick"));
        loops.advance(seconds(2));
        assertThat(events).containsExactly("quick 0", "quick 1", "quick 2");
    }
}
