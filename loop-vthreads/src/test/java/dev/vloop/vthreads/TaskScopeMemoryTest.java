package dev.vloop.vthreads;

import static dev.vloop.vthreads.ScopeFixture.onVirtualThread;
import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("R32 Of tasks that have ended,")
@ParameterizedClass
@EnumSource(names = {"STRUCTURED", "PLAIN"})
class TaskScopeMemoryTest {
    private static final int FORKS = 100_000;
    private static final int SCOPES = 10_000;

    private final TaskScopes scopes;

    TaskScopeMemoryTest(TaskScopes.Kind kind) {
        scopes = TaskScopes.of(kind);
    }

    @Test
    void an_open_scope_keeps_neither_task_nor_thread() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        List<WeakReference<?>> gone = new ArrayList<>();
        onVirtualThread(() -> {
            Thread[] last = new Thread[1];
            TaskScope scope = scopes.open("scope", remembering(last));
            for (int i = 0; i < FORKS; i++) {
                boolean sample = i % 1000 == 0;
                forkOne(scope, ran, sample ? gone : new ArrayList<>());
                if (sample) {
                    gone.add(new WeakReference<>(last[0]));
                    last[0].join();
                }
            }
            last[0] = null;
            System.gc();
            assertThat(gone).hasSize(2 * FORKS / 1000).allMatch(sample -> sample.refersTo(null));
            Reference.reachabilityFence(scope);
            scope.close();
        });
        assertThat(ran).hasValue(FORKS);
    }

    @Test
    void nothing_is_left_by_scopes_that_were_closed() throws Exception {
        AtomicInteger ran = new AtomicInteger();
        List<WeakReference<?>> gone = new ArrayList<>();
        onVirtualThread(() -> {
            Thread[] last = new Thread[1];
            for (int i = 0; i < SCOPES; i++) {
                openOne(last, ran, i % 100 == 0 ? gone : new ArrayList<>());
            }
            last[0].join();
            last[0] = null;
            System.gc();
        });
        assertThat(gone).hasSize(2 * SCOPES / 100).allMatch(sample -> sample.refersTo(null));
        assertThat(ran).hasValue(SCOPES);
    }

    private void openOne(Thread[] last, AtomicInteger ran, List<WeakReference<?>> references) throws Exception {
        TaskScope scope = scopes.open("scope", remembering(last));
        references.add(new WeakReference<>(scope));
        forkOne(scope, ran, references);
        last[0].join();
        scope.close();
    }

    private static void forkOne(TaskScope scope, AtomicInteger ran, List<WeakReference<?>> references) {
        Runnable task = new Runnable() { // an object of its own, whatever it captures
            @Override
            public void run() {
                ran.incrementAndGet();
            }
        };
        references.add(new WeakReference<>(task));
        scope.fork(task);
    }

    private static ThreadFactory remembering(Thread[] last) {
        return task -> last[0] = Thread.ofVirtual().unstarted(task);
    }
}
