package dev.vloop.vthreads.scopes;

import static dev.vloop.vthreads.scopes.ScopeFixture.await;
import static dev.vloop.vthreads.scopes.ScopeFixture.onVirtualThread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("R32_R34 A task scope, of either kind,")
@ParameterizedClass
@ValueSource(strings = {"structured", "plain"})
class TaskScopeTest {
    private final TaskScopes scopes;
    private final ScopeFixture factory = new ScopeFixture();

    TaskScopeTest(String kind) {
        scopes = TaskScopes.of(kind);
    }

    @Test
    void runs_each_task_on_a_thread_of_its_factory() throws Exception {
        ConcurrentLinkedQueue<Thread> ranOn = new ConcurrentLinkedQueue<>();
        onVirtualThread(() -> {
            TaskScope scope = scopes.open("scope", factory);
            for (int i = 0; i < 3; i++) {
                scope.fork(() -> ranOn.add(Thread.currentThread()));
            }
            scope.close();
        });
        assertThat(ranOn).hasSize(3).containsExactlyInAnyOrderElementsOf(factory.made);
        assertThat(ranOn).extracting(Thread::getName).containsExactlyInAnyOrder("task-0", "task-1", "task-2");
    }

    @Test
    void closes_without_any_task() throws Exception {
        onVirtualThread(() -> scopes.open("scope", factory).close());
        assertThat(factory.made).isEmpty();
    }

    @Test
    void can_be_owned_by_a_platform_thread() {
        AtomicInteger ran = new AtomicInteger();
        TaskScope scope = scopes.open("scope", factory);
        scope.fork(ran::incrementAndGet);
        scope.close();
        assertThat(ran).hasValue(1);
    }

    @Test
    void lets_no_failing_task_harm_another_and_tells_its_thread_of_the_failure() throws Exception {
        RuntimeException exception = new UncheckedIOException(new IOException("fake"));
        Error error = new OutOfMemoryError("fake");
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger finished = new AtomicInteger();
        onVirtualThread(() -> {
            TaskScope scope = scopes.open("scope", factory);
            scope.fork(() -> {
                await(release); // throws if interrupted
                finished.incrementAndGet();
            });
            scope.fork(() -> {
                throw exception;
            });
            scope.fork(() -> {
                throw error;
            });
            factory.made.get(1).join();
            factory.made.get(2).join();
            scope.fork(finished::incrementAndGet);
            release.countDown();
            scope.close();
        });
        assertThat(finished).hasValue(2);
        assertThat(factory.uncaught).containsExactlyInAnyOrder(exception, error);
    }

    @Test
    void lets_no_failing_handler_of_failures_harm_another_task() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger finished = new AtomicInteger();
        List<Thread> failing = new ArrayList<>();
        onVirtualThread(() -> {
            TaskScope scope = scopes.open("scope", task -> {
                Thread thread = factory.newThread(task);
                thread.setUncaughtExceptionHandler((t, failure) -> {
                    throw new IllegalStateException("handler");
                });
                failing.add(thread);
                return thread;
            });
            scope.fork(() -> {
                await(release);
                finished.incrementAndGet();
            });
            scope.fork(() -> {
                throw new IllegalStateException("task");
            });
            failing.get(1).join();
            release.countDown();
            scope.close();
        });
        assertThat(finished).hasValue(1);
    }

    @Test
    @SuppressWarnings("ThreadPriorityCheck")
    void waits_in_close_for_the_end_of_all_tasks() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(2);
        onVirtualThread(() -> {
            Thread owner = Thread.currentThread();
            TaskScope scope = scopes.open("scope", factory);
            scope.fork(() -> {
                await(release);
                ended.countDown();
            });
            scope.fork(() -> {
                // Until the owner waits in its close, or is over as it did not: there is no signal for that.
                while (owner.getState() != Thread.State.WAITING && owner.isAlive()) {
                    Thread.yield();
                }
                release.countDown();
                ended.countDown();
            });
            scope.close();
            assertThat(ended.getCount()).isZero();
        });
    }

    @Test
    void may_be_closed_twice_and_then_refuses_forks() throws Exception {
        onVirtualThread(() -> {
            TaskScope scope = scopes.open("batch", factory);
            scope.close();
            scope.close();
            assertThatIllegalStateException()
                    .isThrownBy(() -> scope.fork(() -> {}))
                    .withMessage("scope 'batch' is closed");
        });
        assertThat(factory.made).isEmpty();
    }

    @Test
    void nests_and_lets_the_outer_scope_fork_while_an_inner_one_is_open() throws Exception {
        ConcurrentLinkedQueue<String> ran = new ConcurrentLinkedQueue<>();
        onVirtualThread(() -> {
            TaskScope outer = scopes.open("outer", factory);
            TaskScope inner = scopes.open("inner", factory);
            inner.fork(() -> ran.add("inner"));
            outer.fork(() -> ran.add("outer"));
            outer.fork(() -> {
                TaskScope own = scopes.open("own", factory);
                own.fork(() -> ran.add("task of a task"));
                own.close();
            });
            inner.close();
            outer.close();
        });
        assertThat(ran).containsExactlyInAnyOrder("inner", "outer", "task of a task");
    }

    @Test
    @SuppressWarnings("NullAway")
    void refuses_nulls_by_name() {
        assertThatNullPointerException()
                .isThrownBy(() -> scopes.open(null, factory))
                .withMessage("name");
        assertThatNullPointerException()
                .isThrownBy(() -> scopes.open("scope", null))
                .withMessage("factory");
        TaskScope scope = scopes.open("scope", factory);
        assertThatNullPointerException().isThrownBy(() -> scope.fork(null)).withMessage("task");
        scope.close();
    }
}
