package dev.vloop.vthreads.scopes;

import static dev.vloop.vthreads.scopes.ScopeFixture.onVirtualThread;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Looks at a sample of tasks and threads after a collection. A leak would keep all of them. Some may be there for
 * reasons that are the JDK's: a thread whose last instruction is to come, or the one that a carrier ran last.
 */
@DisplayName("R32 Of tasks that have ended,")
@ParameterizedClass
@ValueSource(strings = {"structured", "plain"})
class TaskScopeMemoryTest {
    private static final int FORKS = 100_000;
    private static final int SAMPLES = 500;
    private static final int NOT_YET_OVER = SAMPLES / 10;

    private final TaskScopes scopes;
    private final CountDownLatch running = new CountDownLatch(FORKS);
    private final List<WeakReference<?>> tasks = new ArrayList<>();
    private final List<WeakReference<?>> threads = new ArrayList<>();
    private final ThreadFactory factory = task -> {
        Thread thread = Thread.ofVirtual().unstarted(task);
        threads.add(new WeakReference<>(thread));
        return thread;
    };
    private final ThreadFactory unseen = Thread.ofVirtual().factory();

    /** How many forks there were; the owner's. */
    private int forked;

    TaskScopeMemoryTest(String kind) {
        scopes = TaskScopes.of(kind);
    }

    @Test
    void an_open_scope_keeps_neither_task_nor_thread() throws Exception {
        onVirtualThread(() -> {
            TaskScope scope = scopes.open("scope", task -> (sampled() ? factory : unseen).newThread(task));
            for (forked = 0; forked < FORKS; forked++) {
                forkOne(scope);
            }
            running.await();
            try {
                System.gc();
                assertThat(kept(tasks)).isLessThan(NOT_YET_OVER);
                assertThat(kept(threads)).isLessThan(NOT_YET_OVER);
            } finally {
                Reference.reachabilityFence(scope);
            }
            scope.close();
        });
        assertThat(tasks).hasSize(SAMPLES);
        assertThat(threads).hasSize(SAMPLES);
    }

    @Test
    void nothing_is_left_by_scopes_that_were_closed() throws Exception {
        List<WeakReference<?>> closed = new ArrayList<>();
        onVirtualThread(() -> {
            for (forked = 0; forked < FORKS; forked++) {
                TaskScope scope = scopes.open("scope", unseen);
                forkOne(scope);
                scope.close();
                if (sampled()) {
                    closed.add(new WeakReference<>(scope));
                }
            }
        });
        assertThat(running.getCount()).isZero(); // each close has waited
        System.gc();
        assertThat(kept(closed)).isLessThan(NOT_YET_OVER);
        assertThat(kept(tasks)).isLessThan(NOT_YET_OVER);
        assertThat(closed).hasSize(SAMPLES);
    }

    private boolean sampled() {
        return forked % (FORKS / SAMPLES) == 0;
    }

    private void forkOne(TaskScope scope) {
        CountDownLatch latch = running;
        Runnable task = new Runnable() { // an object of its own, whatever it captures
                    @Override
                    public void run() {
                        latch.countDown();
                    }
                };
        if (sampled()) {
            tasks.add(new WeakReference<>(task));
        }
        scope.fork(task);
    }

    private static long kept(List<WeakReference<?>> references) {
        return references.stream()
                .filter(reference -> !reference.refersTo(null))
                .count();
    }
}
