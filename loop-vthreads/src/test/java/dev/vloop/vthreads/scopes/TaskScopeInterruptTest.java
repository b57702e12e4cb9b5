package dev.vloop.vthreads.scopes;

import static dev.vloop.vthreads.scopes.ScopeFixture.await;
import static dev.vloop.vthreads.scopes.ScopeFixture.onVirtualThread;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("R6_R32 An interrupt of a scope's owner")
@ParameterizedClass
@ValueSource(strings = {"structured", "plain"})
class TaskScopeInterruptTest {
    private final TaskScopes scopes;
    private final ScopeFixture factory = new ScopeFixture();

    TaskScopeInterruptTest(String kind) {
        scopes = TaskScopes.of(kind);
    }

    @Test
    void before_close_is_still_there_after_it_and_reaches_no_task() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        AtomicBoolean finished = new AtomicBoolean();
        onVirtualThread(() -> {
            TaskScope scope = scopes.open("scope", factory);
            scope.fork(() -> {
                await(release); // throws if interrupted
                finished.set(true);
            });
            Thread.currentThread().interrupt();
            scope.fork(release::countDown);
            scope.close();
            assertThat(Thread.interrupted()).isTrue();
        });
        assertThat(finished).isTrue();
    }

    @Test
    void while_it_waits_in_close_is_there_after_it_and_reaches_no_task() throws Exception {
        AtomicBoolean interrupted = new AtomicBoolean();
        onVirtualThread(() -> {
            Thread owner = Thread.currentThread();
            TaskScope scope = scopes.open("scope", factory);
            scope.fork(() -> {
                owner.interrupt();
                interrupted.set(Thread.currentThread().isInterrupted());
            });
            scope.close();
            assertThat(Thread.interrupted()).isTrue();
        });
        assertThat(interrupted).isFalse();
    }

    @Test
    void while_a_thread_outlives_its_task_is_there_after_close() throws Exception {
        CountDownLatch taskOver = new CountDownLatch(1);
        CountDownLatch threadMayEnd = new CountDownLatch(1);
        onVirtualThread(() -> {
            Thread owner = Thread.currentThread();
            Thread interrupter = Thread.ofVirtual().start(() -> {
                await(taskOver);
                owner.interrupt();
                threadMayEnd.countDown();
            });
            TaskScope scope = scopes.open(
                    "scope",
                    task -> factory.newThread(() -> {
                        task.run();
                        taskOver.countDown();
                        awaitInterruptibly(threadMayEnd);
                    }));
            scope.fork(() -> {});
            scope.close();
            joinUninterruptibly(interrupter);
            assertThat(Thread.interrupted()).isTrue();
        });
    }

    @Test
    void that_was_not_is_not_made_up() throws Exception {
        onVirtualThread(() -> {
            TaskScope scope = scopes.open("scope", factory);
            scope.fork(() -> Thread.currentThread().interrupt());
            scope.close();
            assertThat(Thread.interrupted()).isFalse();
        });
    }

    /** A thread whose task is over may be interrupted; it then just ends. */
    private static void awaitInterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
