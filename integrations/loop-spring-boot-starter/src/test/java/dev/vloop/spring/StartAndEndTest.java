package dev.vloop.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopEnd;
import dev.vloop.LoopRuntime;
import dev.vloop.Schedule;
import dev.vloop.vthreads.VirtualLoops;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * When loops start and end in an application. A runtime that is a bare bean has six traps, and fails here: it is closed when what loops use
 * is gone already, waits for deaf code for ever, ends after the web server and the executors, whatever is wanted, does not come back when
 * the context starts again, keeps the JVM alive beside a web server, and takes a grace for which nobody waits.
 */
@Timeout(60)
class StartAndEndTest {
    private static final AutoConfigurations STARTER =
            AutoConfigurations.of(LifecycleAutoConfiguration.class, LoopsAutoConfiguration.class);

    private final ApplicationContextRunner application = new ApplicationContextRunner().withConfiguration(STARTER);

    /** What happened, in order. */
    private static final List<String> EVENTS = new CopyOnWriteArrayList<>();

    StartAndEndTest() {
        EVENTS.clear();
    }

    @Test
    void afterLoop_finds_the_store_open_that_was_made_after_the_runtime() {
        application.withUserConfiguration(WithStore.class).run(context -> context.close());
        assertThat(EVENTS).containsExactly("written", "closed");
    }

    @Configuration(proxyBeanMethods = false)
    static class WithStore {
        @Bean
        Loop saving(LoopRuntime loops, ObjectProvider<Store> store) {
            return loops.loop("saving")
                    .schedule(Schedule.never())
                    .afterLoop(end -> store.getObject().write())
                    .build(it -> {});
        }

        @Bean
        Store store() {
            return new Store();
        }
    }

    static final class Store implements DisposableBean {
        private boolean closed;

        void write() {
            EVENTS.add(closed ? "lost" : "written");
        }

        @Override
        public void destroy() {
            closed = true;
            EVENTS.add("closed");
        }
    }

    @Test
    void a_body_that_is_deaf_does_not_hold_the_end_of_the_application() {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        AtomicBoolean over = new AtomicBoolean();
        application
                .withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=100ms")
                .run(context -> {
                    LoopRuntime loops = context.getBean(LoopRuntime.class);
                    loops.loop("deaf").every(Duration.ofDays(1)).start(it -> {
                        entered.countDown();
                        awaitWithoutInterrupts(released);
                        over.set(true);
                    });
                    entered.await();
                    context.close();
                    assertThat(over).isFalse();
                    released.countDown();
                });
    }

    @Test
    void the_log_names_the_loop_that_does_not_end_and_no_other() {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        List<String> warnings;
        try (CapturedLog log = new CapturedLog("dev.vloop.spring")) {
            application
                    .withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=100ms")
                    .run(context -> {
                        LoopRuntime loops = context.getBean(LoopRuntime.class);
                        loops.loop("idle").every(Duration.ofDays(1)).build(it -> {});
                        loops.loop("deaf").every(Duration.ofDays(1)).start(it -> {
                            entered.countDown();
                            awaitWithoutInterrupts(released);
                        });
                        entered.await();
                        context.close();
                        released.countDown();
                    });
            warnings = log.lines();
        }
        assertThat(warnings)
                .singleElement()
                .asString()
                .endsWith("have not ended, and what they use is destroyed now: [deaf]");
    }

    /** {@return the graces that a runtime is given at the end of an application} */
    private List<Object> graces(String... properties) {
        List<Object> told = new CopyOnWriteArrayList<>();
        LoopRuntime own = VirtualLoops.create();
        LoopRuntime watched = (LoopRuntime) Proxy.newProxyInstance(
                LoopRuntime.class.getClassLoader(), new Class<?>[] {LoopRuntime.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("shutdown")) {
                        told.add(arguments[0]);
                    }
                    return switch (method.getName()) {
                        case "equals" -> proxy == arguments[0];
                        case "hashCode" -> System.identityHashCode(proxy);
                        default -> method.invoke(own, arguments);
                    };
                });
        application
                .withBean(LoopRuntime.class, () -> watched)
                .withPropertyValues(properties)
                .run(context -> context.close());
        return told.stream().distinct().toList();
    }

    @Test
    void iterations_have_two_thirds_of_the_time_for_which_the_context_waits_or_the_grace_that_is_set() {
        assertThat(graces()).containsExactly(Duration.ofSeconds(20));
        assertThat(graces("spring.lifecycle.timeout-per-shutdown-phase=9s")).containsExactly(Duration.ofSeconds(6));
        assertThat(graces("spring.lifecycle.timeout-per-shutdown-phase=9s", "vloop.grace=8s"))
                .containsExactly(Duration.ofSeconds(8));
    }

    private static void awaitWithoutInterrupts(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException e) {
                // deaf
            }
        }
    }

    @Test
    void loops_end_before_the_web_server_and_before_executors() {
        application.withUserConfiguration(Phases.class).run(context -> context.close());
        assertThat(EVENTS).containsExactly("loop", "web drains", "web stops", "executor");
    }

    @Test
    void loops_end_after_the_web_server_if_that_is_wanted_so_that_they_see_its_last_requests() {
        application
                .withUserConfiguration(Phases.class)
                .withPropertyValues("vloop.stop=after-web-server")
                .run(context -> context.close());
        assertThat(EVENTS).containsExactly("web drains", "web stops", "loop", "executor");
    }

    @Configuration(proxyBeanMethods = false)
    static class Phases {
        @Bean
        Loop loop(LoopRuntime loops) {
            return loops.loop("loop")
                    .schedule(Schedule.never())
                    .afterLoop(end -> EVENTS.add("loop"))
                    .build(it -> {});
        }

        @Bean
        SmartLifecycle drain() {
            return new Part("web drains", SmartLifecycle.DEFAULT_PHASE - 1024);
        }

        @Bean
        SmartLifecycle server() {
            return new Part("web stops", SmartLifecycle.DEFAULT_PHASE - 2048);
        }

        @Bean
        SmartLifecycle executor() {
            return new Part("executor", Integer.MAX_VALUE / 2);
        }
    }

    static class Part implements SmartLifecycle {
        private final String name;
        private final int phase;
        private boolean running;

        Part(String name, int phase) {
            this.name = name;
            this.phase = phase;
        }

        @Override
        public int getPhase() {
            return phase;
        }

        @Override
        public void start() {
            running = true;
        }

        @Override
        public void stop() {
            running = false;
            EVENTS.add(name);
        }

        @Override
        public boolean isRunning() {
            return running;
        }
    }

    @Test
    void what_ran_when_the_context_stopped_runs_again_when_it_starts_and_nothing_else() {
        application.withUserConfiguration(Three.class).run(context -> {
            LoopRuntime loops = context.getBean(LoopRuntime.class);
            Loop byHand = loops.loop("by hand").schedule(Schedule.never()).start(it -> {});
            Loop kept = context.getBean("kept", Loop.class);
            Loop ended = context.getBean("ended", Loop.class);
            ended.stop();
            ended.join();
            ConfigurableApplicationContext source =
                    context.getSourceApplicationContext(ConfigurableApplicationContext.class);
            source.stop();
            assertThat(loops.loops()).noneMatch(Loop::isRunning);
            source.start();
            assertThat(List.of(kept, byHand)).allMatch(Loop::isRunning);
            assertThat(ended.isRunning()).isFalse();
        });
    }

    @Test
    void what_runs_again_is_what_ran_at_the_last_stop_and_not_at_an_earlier_one() {
        application.withUserConfiguration(Three.class).run(context -> {
            ConfigurableApplicationContext source =
                    context.getSourceApplicationContext(ConfigurableApplicationContext.class);
            source.stop();
            source.start();
            Loop ended = context.getBean("ended", Loop.class);
            ended.stop();
            ended.join();
            Loop late = context.getBean(LoopRuntime.class)
                    .loop("late")
                    .schedule(Schedule.never())
                    .start(it -> {});
            source.stop();
            source.start();
            assertThat(ended.isRunning()).isFalse();
            assertThat(late.isRunning()).isTrue();
            assertThat(context.getBean("kept", Loop.class).isRunning()).isTrue();
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Three {
        @Bean
        Loop kept(LoopRuntime loops) {
            return loops.loop("kept").schedule(Schedule.never()).build(it -> {});
        }

        @Bean
        Loop ended(LoopRuntime loops) {
            return loops.loop("ended").schedule(Schedule.never()).build(it -> {});
        }
    }

    @Test
    void no_loop_begins_any_more_when_those_that_ran_have_ended_and_the_application_goes_on_to_close() {
        application.withUserConfiguration(StartsLate.class).run(context -> context.close());
        assertThat(EVENTS).containsExactly("refused");
    }

    @Configuration(proxyBeanMethods = false)
    static class StartsLate {
        @Bean
        SmartLifecycle late(LoopRuntime loops) {
            return new Part("late", 0) {
                @Override
                public void stop() {
                    try {
                        loops.loop("late").schedule(Schedule.never()).start(it -> {});
                    } catch (IllegalStateException e) {
                        EVENTS.add("refused");
                    }
                }
            };
        }
    }

    @Test
    void a_loop_begins_when_all_beans_are_there() {
        application.withUserConfiguration(Early.class).run(context -> {
            Loop early = context.getBean(Loop.class);
            assertThat(early.join()).isInstanceOf(LoopEnd.Completed.class);
            assertThat(EVENTS).containsExactly("last bean", "body");
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Early {
        @Bean
        Loop early(LoopRuntime loops) {
            return loops.loop("early").every(Duration.ofDays(1)).count(1).build(it -> EVENTS.add("body"));
        }

        @Bean
        SmartInitializingSingleton last() {
            return () -> EVENTS.add("last bean");
        }
    }

    @Test
    void a_start_that_fails_leaves_no_loop_behind() {
        application.withUserConfiguration(FailsLate.class).run(context -> {
            assertThat(context).hasFailed();
            assertThat(EVENTS).containsExactly("ended");
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class FailsLate {
        @Bean
        SmartInitializingSingleton fails(LoopRuntime loops) {
            return () -> {
                loops.loop("by hand")
                        .schedule(Schedule.never())
                        .afterLoop(end -> EVENTS.add("ended"))
                        .start(it -> {});
                throw new IllegalStateException("the start fails");
            };
        }
    }

    @Test
    void loops_keep_the_jvm_alive_only_where_no_web_server_does() {
        application.run(context -> assertThat(keepAlive(context.getBean(LoopRuntimeConfigurer.class)))
                .containsExactly(true));
        WebApplicationContextRunner web = new WebApplicationContextRunner().withConfiguration(STARTER);
        web.run(context -> assertThat(keepAlive(context.getBean(LoopRuntimeConfigurer.class)))
                .containsExactly(false));
        web.withPropertyValues("vloop.keep-alive=true")
                .run(context -> assertThat(keepAlive(context.getBean(LoopRuntimeConfigurer.class)))
                        .containsExactly(true));
    }

    /** {@return what a builder of a runtime is told of keepAlive} */
    private static List<Object> keepAlive(LoopRuntimeConfigurer configurer) {
        List<Object> told = new CopyOnWriteArrayList<>();
        configurer.configure((VirtualLoops.Builder) Proxy.newProxyInstance(
                VirtualLoops.Builder.class.getClassLoader(),
                new Class<?>[] {VirtualLoops.Builder.class},
                (builder, method, arguments) -> {
                    if (method.getName().equals("keepAlive")) {
                        told.add(arguments[0]);
                    }
                    return builder;
                }));
        return told;
    }

    @Test
    void a_grace_that_the_context_would_not_wait_for_is_refused() {
        application
                .withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=10s", "vloop.grace=10s")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("vloop.grace")
                        .hasMessageContaining("must be shorter"));
    }
}
