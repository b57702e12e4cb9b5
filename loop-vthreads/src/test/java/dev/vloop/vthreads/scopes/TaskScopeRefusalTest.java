package dev.vloop.vthreads.scopes;

import static dev.vloop.vthreads.scopes.ScopeFixture.onVirtualThread;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.vloop.spi.Host;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("R32 A scope whose fork is refused or fails")
@ParameterizedClass
@ValueSource(strings = {"structured", "plain"})
class TaskScopeRefusalTest {
    private final TaskScopes scopes;
    private final ScopeFixture factory = new ScopeFixture();
    private final AtomicInteger ran = new AtomicInteger();

    TaskScopeRefusalTest(String kind) {
        scopes = TaskScopes.of(kind);
    }

    @Test
    void as_another_thread_asks_says_whose_it_is() throws Exception {
        AtomicReference<Throwable> fromTask = new AtomicReference<>();
        AtomicReference<Throwable> close = new AtomicReference<>();
        onVirtualThread(() -> {
            TaskScope scope = scopes.open("batch", factory);
            scope.fork(() -> {
                fromTask.set(catchThrowable(() -> scope.fork(ran::incrementAndGet)));
                close.set(catchThrowable(scope::close));
            });
            factory.made.get(0).join();
            scope.fork(ran::incrementAndGet);
            scope.close();
        });
        assertThat(fromTask.get())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("only the thread 'owner' that opened the scope 'batch' may fork in it, not 'task-0'");
        assertThat(close.get())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("only the thread 'owner' that opened the scope 'batch' may close it, not 'task-0'");
        assertThat(ran).hasValue(1);
    }

    @Test
    void as_the_factory_throws_goes_on_and_closes() throws Exception {
        RuntimeException failure = new RuntimeException("no thread today");
        AtomicInteger asked = new AtomicInteger();
        onVirtualThread(() -> {
            TaskScope scope = scopes.open("scope", task -> {
                if (asked.getAndIncrement() == 0) {
                    throw failure;
                }
                return factory.newThread(task);
            });
            assertThatThrownBy(() -> scope.fork(ran::incrementAndGet)).isSameAs(failure);
            scope.fork(ran::incrementAndGet);
            scope.close();
        });
        assertThat(ran).hasValue(1);
    }

    @Test
    void as_no_thread_can_be_made_leaves_the_thread_of_the_fork_before_it_alone() throws Exception {
        RuntimeException failure = new RuntimeException("no thread today");
        List<Object> abandoned = new ArrayList<>();
        InvocationHandler makesOneThread = (proxy, method, arguments) -> {
            if (method.getName().equals("abandon")) {
                abandoned.add(arguments[0]);
                return null;
            }
            if (!factory.made.isEmpty()) {
                throw failure;
            }
            return factory.newThread((Runnable) arguments[1]);
        };
        Host host =
                (Host) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Host.class}, makesOneThread);
        onVirtualThread(() -> {
            ScopeThreads threads = new ScopeThreads(host);
            TaskScope scope = scopes.open("scope", threads);
            threads.fork(scope, "first", ran::incrementAndGet);
            assertThatThrownBy(() -> threads.fork(scope, "second", ran::incrementAndGet))
                    .isSameAs(failure);
            scope.close();
        });
        assertThat(ran).hasValue(1);
        assertThat(abandoned).isEmpty();
    }

    @Test
    void as_the_factory_throws_an_error_closes_without_any_task() throws Exception {
        Error failure = new OutOfMemoryError("fake");
        onVirtualThread(() -> {
            TaskScope scope = scopes.open("scope", task -> {
                throw failure;
            });
            assertThatThrownBy(() -> scope.fork(ran::incrementAndGet)).isSameAs(failure);
            scope.close();
        });
        assertThat(ran).hasValue(0);
    }

    @Test
    void as_the_factory_makes_nothing_goes_on_and_closes() throws Exception {
        onVirtualThread(() -> {
            TaskScope scope = scopes.open("scope", task -> null);
            assertThatThrownBy(() -> scope.fork(ran::incrementAndGet)).isInstanceOf(RejectedExecutionException.class);
            scope.close();
        });
        assertThat(ran).hasValue(0);
    }

    @Test
    void as_the_thread_cannot_be_started_goes_on_and_closes() throws Exception {
        Thread dead = Thread.ofVirtual().start(() -> {});
        dead.join();
        AtomicInteger asked = new AtomicInteger();
        onVirtualThread(() -> {
            TaskScope scope =
                    scopes.open("scope", task -> asked.getAndIncrement() == 0 ? dead : factory.newThread(task));
            assertThatThrownBy(() -> scope.fork(ran::incrementAndGet)).isInstanceOf(IllegalThreadStateException.class);
            scope.fork(() -> ran.addAndGet(10));
            scope.close();
        });
        assertThat(ran).hasValue(10);
    }

    @Test
    void never_runs_that_task_even_if_its_thread_is_started_later() throws Exception {
        CountDownLatch forkFailed = new CountDownLatch(1);
        AtomicReference<Thread> late = new AtomicReference<>();
        onVirtualThread(() -> {
            TaskScope scope = scopes.open("scope", task -> {
                late.set(Thread.ofVirtual().start(() -> {
                    ScopeFixture.await(forkFailed);
                    task.run();
                    task.run();
                }));
                return late.get(); // which is running: it cannot be started
            });
            assertThatThrownBy(() -> scope.fork(ran::incrementAndGet)).isInstanceOf(IllegalThreadStateException.class);
            forkFailed.countDown();
            late.get().join();
            scope.close();
        });
        assertThat(ran).hasValue(0);
    }
}
