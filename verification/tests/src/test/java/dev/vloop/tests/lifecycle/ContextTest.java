package dev.vloop.tests.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.tests.support.VirtualTimeTest;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R2: what the threads of a run inherit")
class ContextTest extends VirtualTimeTest {
    private static final InheritableThreadLocal<@Nullable String> INHERITABLE = new InheritableThreadLocal<>();

    private final ClassLoader own = Thread.currentThread().getContextClassLoader();
    private final URLClassLoader plugin = new URLClassLoader(new URL[0], own);
    private final ConcurrentLinkedQueue<ClassLoader> seen = new ConcurrentLinkedQueue<>();

    @AfterEach
    void giveBack() throws Exception {
        Thread.currentThread().setContextClassLoader(own);
        INHERITABLE.remove();
        plugin.close();
    }

    private void see() {
        seen.add(Thread.currentThread().getContextClassLoader());
    }

    @Test
    void hooks_body_and_forks_have_the_class_loader_of_the_thread_that_built_the_loop() {
        Thread.currentThread().setContextClassLoader(plugin);
        Loop loop = loops.loop("job")
                .every(seconds(1))
                .count(1)
                .beforeLoop(this::see)
                .afterLoop(end -> see())
                .build(it -> {
                    see();
                    it.fork(() -> {
                                see();
                                it.fork(() -> {
                                            see();
                                            return null;
                                        })
                                        .get();
                                return null;
                            })
                            .get();
                });
        Thread.currentThread().setContextClassLoader(own); // not that of the thread that starts it
        loop.start();
        loops.awaitEnd(loop);
        assertThat(seen).hasSize(5).containsOnly(plugin);
    }

    @Test
    void so_have_iterations_that_overlap() {
        Thread.currentThread().setContextClassLoader(plugin);
        Loop loop = loops.loop("job")
                .every(seconds(1))
                .maxConcurrent(2)
                .count(2)
                .start(it -> {
                    see();
                    it.sleep(seconds(3));
                });
        Thread.currentThread().setContextClassLoader(own);
        loops.awaitEnd(loop);
        assertThat(seen).hasSize(2).containsOnly(plugin);
    }

    @Test
    void a_restarted_loop_keeps_it_whoever_restarts_it() {
        Thread.currentThread().setContextClassLoader(plugin);
        Loop loop = loops.loop("job").every(seconds(100)).start(it -> see());
        loops.settle();
        Thread.currentThread().setContextClassLoader(own);
        loop.restart();
        loops.settle();
        assertThat(seen).hasSize(2).containsOnly(plugin);
    }

    @Test
    void nothing_else_is_inherited() {
        INHERITABLE.set("of the test");
        Loop loop = loops.loop("job").every(seconds(1)).count(1).start(it -> {
            note("body " + INHERITABLE.get());
            INHERITABLE.set("of the body");
            it.fork(() -> {
                        note("fork " + INHERITABLE.get());
                        return null;
                    })
                    .get();
        });
        loops.awaitEnd(loop);
        assertThat(events).containsExactly("body null 0", "fork null 0");
    }
}
