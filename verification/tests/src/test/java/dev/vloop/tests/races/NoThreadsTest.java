package dev.vloop.tests.races;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopListener;
import dev.vloop.LoopRuntime;
import dev.vloop.LoopState;
import dev.vloop.spi.Host;
import dev.vloop.testkit.Finding;
import dev.vloop.testkit.TestLoops;
import dev.vloop.tests.support.BuilderHost;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("R38: a moment without threads")
class NoThreadsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final LogCapture log = new LogCapture();
    private final Poverty poverty = new Poverty();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    /** Which loop each listener was called for, as it could see. */
    private final List<Loop> current = new CopyOnWriteArrayList<>();

    /** What a host is out of. */
    private static final class Poverty {
        /** A thread whose name has this in it cannot be had. */
        volatile String threads = "";

        volatile boolean alarms;

        /** A thread of this name gets an error once, instead of a wait. */
        volatile String noPark = "";

        /** Whether the JVM itself throws before a thread cannot be had. It then forgets which scoped values are bound. */
        volatile boolean stack;

        /** What happens when the next thread is started, which then fails; null for nothing. */
        volatile @Nullable Runnable atStart;

        private int overflow(int depth) {
            return depth < 0 ? 0 : depth + overflow(depth + 1);
        }

        /** {@return a host that is as poor as this says, and otherwise the one that is given} */
        Host of(Host host) {
            return (Host) Proxy.newProxyInstance(
                    Host.class.getClassLoader(), new Class<?>[] {Host.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("newThread") && isPoor((String) arguments[0])
                                || method.getName().equals("alarm") && alarms) {
                            if (stack) {
                                overflow(0);
                            }
                            throw new OutOfMemoryError("unable to create native thread");
                        }
                        if (method.getName().equals("park")
                                && noPark.equals(Thread.currentThread().getName())) {
                            noPark = "";
                            throw new OutOfMemoryError("no thread to read a class with");
                        }
                        Runnable meanwhile = atStart;
                        if (method.getName().equals("newThread") && meanwhile != null) {
                            atStart = null;
                            return new Thread() {
                                @Override
                                public void start() {
                                    meanwhile.run();
                                    throw new OutOfMemoryError("unable to create native thread");
                                }
                            };
                        }
                        try {
                            return method.invoke(host, arguments);
                        } catch (InvocationTargetException e) {
                            throw Objects.requireNonNull(e.getCause());
                        }
                    });
        }

        private boolean isPoor(String name) {
            return !threads.isEmpty() && name.contains(threads);
        }
    }

    private static LoopListener hears(List<String> heard, List<Loop> current) {
        return new LoopListener() {
            @Override
            public void onEnd(Loop loop, LoopEnd end) {
                heard.add(loop.name() + " " + end.getClass().getSimpleName() + " on "
                        + Thread.currentThread().getName());
                current.add(LoopRuntime.current());
            }
        };
    }

    private final TestLoops loops = TestLoops.builder()
            .settings(builder -> BuilderHost.wrap(builder, poverty::of))
            .settings(builder -> builder.name("bot").listener(hears(heard, current)))
            .tolerate(Finding.UNSEEN_FAILURE)
            .create();

    @AfterEach
    void close() {
        poverty.threads = "";
        poverty.alarms = false;
        try {
            loops.close();
        } finally {
            log.close();
        }
    }

    @Test
    void a_start_without_a_supervisor_throws_and_nothing_has_begun() {
        poverty.threads = "bot";
        Loop idle = loops.loop("job").every(SECOND).build(it -> {});
        Loop other = loops.loop("other").every(SECOND).build(it -> heard.add("body"));
        assertThatThrownBy(other::start)
                .isInstanceOf(OutOfMemoryError.class)
                .hasMessageContaining("'other'")
                .hasMessageContaining("unable to create native thread");
        assertThat(other.isRunning()).isFalse();
        assertThat(other.status().state()).isEqualTo(LoopState.IDLE);
        assertThat(other.status().lastEnd()).isNull();
        assertThatThrownBy(() -> loops.loop("job").every(SECOND).start(it -> {}))
                .isInstanceOf(OutOfMemoryError.class);
        assertThat(loops.runtime().find("job")).isSameAs(idle);

        poverty.threads = "";
        other.start();
        loops.settle();
        assertThat(heard).containsExactly("body");
    }

    /** The second start finds a thread for both, which then cannot be started. */
    @Test
    void a_loop_that_was_started_while_another_start_fails_does_not_wait_for_ever() {
        Loop first = loops.loop("first").every(SECOND).build(it -> {});
        Loop second = loops.loop("second").every(SECOND).build(it -> heard.add("body"));
        poverty.atStart = second::start;
        assertThatThrownBy(first::start).isInstanceOf(OutOfMemoryError.class);
        assertThat(first.isRunning()).isFalse();
        assertThat(((LoopEnd.Failed) loops.awaitEnd(second)).cause()).isInstanceOf(OutOfMemoryError.class);
        assertThat(log.messages()).anyMatch(line -> line.contains("'second' cannot begin"));

        second.start();
        loops.settle();
        assertThat(heard).containsExactly("body");
    }

    /** While the first start fails, a loop of the same name waits for the end of its run. Then that loop gets no thread either. */
    @Test
    void listeners_hear_of_a_loop_that_waited_for_a_start_that_failed() {
        Loop first = loops.loop("poor").every(SECOND).build(it -> {});
        AtomicReference<Loop> next = new AtomicReference<>();
        poverty.atStart = () -> {
            first.cancel();
            next.set(loops.loop("poor").every(SECOND).startIfIdle(it -> {}));
            poverty.threads = "bot";
        };
        assertThatThrownBy(first::start).isInstanceOf(OutOfMemoryError.class);
        assertThat(next.get()).isNotSameAs(first);
        assertThat(next.get().status().lastEnd()).isInstanceOf(LoopEnd.Failed.class);
        assertThat(log.messages()).anyMatch(line -> line.contains("'poor' cannot begin"));
        assertThat(heard).singleElement().asString().startsWith("poor Failed");
    }

    @Test
    void a_runtime_that_could_start_nothing_closes_at_once() {
        poverty.threads = "bot";
        Loop loop = loops.loop("job").every(SECOND).build(it -> {});
        assertThatThrownBy(loop::startIfIdle).isInstanceOf(OutOfMemoryError.class);
        assertThat(loops.runtime().shutdown(SECOND)).isEmpty();
        assertThat(loops.elapsed()).isZero();
    }

    /** JDK 21 needs one more thread to read a class from its file on a virtual thread. So any line may throw while there is none. */
    @Test
    void a_supervisor_that_gets_an_error_goes_on() {
        loops.loop("before").every(SECOND).start(it -> {});
        loops.settle();
        poverty.noPark = "bot";
        loops.loop("first").every(SECOND).start(it -> {});
        loops.settle();
        assertThat(poverty.noPark).isEmpty();

        loops.loop("second").every(SECOND).start(it -> heard.add("body"));
        loops.settle();
        assertThat(heard).containsExactly("body");
    }

    /** The JVM does the same when it throws an OutOfMemoryError because a carrier cannot be had. */
    @Test
    void an_error_of_the_JVM_itself_does_not_keep_later_runs_from_beginning() {
        loops.loop("before").every(SECOND).start(it -> {});
        loops.settle();
        poverty.stack = true;
        poverty.threads = "poor";
        Loop poor = loops.loop("poor").every(SECOND).start(it -> {});
        LoopEnd end = loops.awaitEnd(poor);
        assertThat(((LoopEnd.Failed) end).cause()).isInstanceOf(StackOverflowError.class);

        poverty.threads = "";
        Loop later = loops.loop("later").every(SECOND).start(it -> heard.add("body"));
        poor.start();
        loops.settle();
        assertThat(later.isRunning()).isTrue();
        assertThat(poor.isRunning()).isTrue();
        assertThat(heard).contains("body");
    }

    @Test
    void a_run_that_got_no_thread_tells_its_end_and_others_begin() {
        Loop before = loops.loop("before").every(SECOND).start(it -> {});
        loops.settle();
        poverty.threads = "poor";
        Loop poor = loops.loop("poor").every(SECOND).start(it -> {});
        LoopEnd end = loops.awaitEnd(poor);
        assertThat(((LoopEnd.Failed) end).cause()).isInstanceOf(OutOfMemoryError.class);
        loops.settle();
        assertThat(heard).containsExactly("poor Failed on bot/ends"); // no thread of the runtime's own
        assertThat(current).containsExactly(poor);
        assertThat(log.messages()).anyMatch(line -> line.contains("'poor' cannot begin"));
        assertThat(before.isRunning()).isTrue();

        poverty.threads = "";
        poor.start();
        loops.settle();
        assertThat(poor.isRunning()).isTrue();
    }

    @Test
    void listeners_hear_of_it_when_there_are_threads_again() {
        loops.loop("before").every(SECOND).start(it -> {});
        loops.settle();
        poverty.threads = "o"; // bot/ends, too
        Loop poor = loops.loop("poor").every(SECOND).start(it -> {});
        assertThat(loops.awaitEnd(poor).isFailed()).isTrue();
        loops.advance(SECOND.multipliedBy(3));
        assertThat(heard).isEmpty();
        poverty.threads = "";
        loops.advance(SECOND.multipliedBy(2));
        assertThat(heard).containsExactly("poor Failed on bot/ends");
    }

    @Test
    void a_restart_without_a_thread_fails_and_the_loop_can_be_started_again() {
        Loop loop = loops.loop("poor").every(SECOND).start(it -> {});
        loops.settle();
        poverty.threads = "poor";
        loop.restart();
        loops.settle();
        assertThat(loop.isRunning()).isFalse();
        assertThat(loop.status().lastEnd()).isInstanceOf(LoopEnd.Failed.class);
        poverty.threads = "";
        loop.start();
        loops.settle();
        assertThat(loop.isRunning()).isTrue();
    }

    @Test
    void a_fork_without_a_thread_fails_its_attempt_alone() {
        Loop loop = loops.loop("job").every(SECOND).start(it -> {
            poverty.threads = it.index() == 0 ? "fork" : "";
            it.fork(() -> heard.add("fork"));
        });
        LoopEnd end = loops.awaitEnd(loop);
        assertThat(((LoopEnd.Failed) end).cause()).hasMessage("unable to create native thread");
        assertThat(log.messages()).noneMatch(line -> line.contains("in the engine"));
        poverty.threads = "";
        assertThat(heard).containsExactly("job Failed on job");
    }

    @Test
    void a_body_may_go_on_without_its_fork() {
        Loop loop = loops.loop("job").every(SECOND).count(1).start(it -> {
            poverty.threads = "fork";
            assertThatThrownBy(() -> it.fork(() -> null)).isInstanceOf(OutOfMemoryError.class);
            poverty.threads = "";
            it.fork(() -> heard.add("fork")).get();
        });
        assertThat(loops.awaitEnd(loop)).isEqualTo(new LoopEnd.Completed(1));
        assertThat(heard).first().isEqualTo("fork");
    }

    @Test
    void an_overlapping_iteration_without_a_thread_fails_the_run_which_ends() {
        Loop loop = loops.loop("job")
                .every(SECOND)
                .maxConcurrent(2)
                .afterLoop(end ->
                        heard.add("attempt " + LoopRuntime.current().status().attempt()))
                .start(it -> {
                    poverty.threads = "iteration-1";
                    it.sleep(SECOND.multipliedBy(5));
                    heard.add("body");
                });
        LoopEnd end = loops.awaitEnd(loop);
        assertThat(((LoopEnd.Failed) end).cause()).hasMessage("unable to create native thread");
        assertThat(heard).containsExactly("body", "attempt 0", "job Failed on job");
    }

    @Test
    void a_cancel_whose_report_gets_no_alarm_is_delivered_all_the_same() {
        Loop loop = loops.loop("job").every(SECOND).start(it -> {
            it.fork(() -> {
                loops.clock().sleep(SECOND.multipliedBy(100));
                return null;
            });
            it.sleep(SECOND.multipliedBy(100));
        });
        Loop other = loops.loop("other").every(SECOND).start(it -> it.sleep(SECOND.multipliedBy(100)));
        loops.settle();
        poverty.alarms = true;
        loop.cancel();
        assertThat(loops.awaitEnd(loop)).isEqualTo(new LoopEnd.Cancelled(0));
        loops.runtime().close();
        assertThat(other.isRunning()).isFalse();
        assertThat(loops.elapsed()).isZero();
    }
}
