package dev.vloop.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Chain;
import dev.vloop.CutSlots;
import dev.vloop.ForkContext;
import dev.vloop.Loop;
import dev.vloop.LoopInterceptor;
import dev.vloop.LoopListener;
import dev.vloop.LoopRuntime;
import dev.vloop.Schedule;
import dev.vloop.cron.Cron;
import dev.vloop.spi.Cluster;
import dev.vloop.vthreads.VirtualLoops;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/** Properties, and the beans that the runtime takes in. */
@Timeout(60)
class SettingsTest {
    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(LoopsAutoConfiguration.class));

    @Configuration(proxyBeanMethods = false)
    static class OneLoop {
        @Bean
        Loop one(LoopRuntime loops) {
            return loops.loop("one").every(Duration.ofDays(1)).build(it -> {});
        }
    }

    @Test
    void properties_replace_the_schedule_of_a_bean_and_of_a_loop_that_is_started_by_hand() {
        application
                .withUserConfiguration(OneLoop.class)
                .withPropertyValues(
                        "vloop.zone=Europe/Berlin", "vloop.loops.one.cron=0 4 * * *", "vloop.loops[by hand].every=2h")
                .run(context -> {
                    assertThat(context.getBean(Loop.class).schedule())
                            .isEqualTo(Cron.parse("0 4 * * *", ZoneId.of("Europe/Berlin")));
                    assertThat(context.getBean(Loop.class).isRunning()).isTrue();
                    Loop byHand = context.getBean(LoopRuntime.class)
                            .loop("by hand")
                            .schedule(Schedule.never())
                            .start(it -> {});
                    assertThat(byHand.schedule()).isEqualTo(Schedule.every(Duration.ofHours(2)));
                });
    }

    @Test
    void a_loop_that_is_not_enabled_does_not_start() {
        application
                .withUserConfiguration(OneLoop.class)
                .run(context ->
                        assertThat(context.getBean(Loop.class).isRunning()).isTrue());
        application
                .withUserConfiguration(OneLoop.class)
                .withPropertyValues("vloop.loops.one.enabled=false")
                .run(context ->
                        assertThat(context.getBean(Loop.class).isRunning()).isFalse());
        application
                .withUserConfiguration(OneLoop.class)
                .withPropertyValues("vloop.enabled=false")
                .run(context ->
                        assertThat(context.getBean(Loop.class).isRunning()).isFalse());
    }

    @Test
    void a_loop_starts_although_beans_are_lazy() {
        application
                .withUserConfiguration(OneLoop.class)
                .withInitializer(context ->
                        context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
                .run(context -> assertThat(context.getBean(LoopRuntime.class).find("one"))
                        .matches(Loop::isRunning));
    }

    @Test
    void wrong_properties_are_refused_with_their_names() {
        refused("vloop.loops.one.every", "-1s", "must be positive");
        refused("vloop.loops.one.every", "0s", "must be positive");
        refused("vloop.grace", "-1s", "must not be negative");
        refused("vloop.loops.one.cron", "61 * * * *", "61");
        application
                .withPropertyValues("vloop.loops.one.every=1s", "vloop.loops.one.cron=* * * * *")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("vloop.loops.one.cron")
                        .hasMessageContaining("vloop.loops.one.every"));
    }

    @Test
    void properties_that_boot_passes_over_are_found() {
        application
                .withPropertyValues(
                        "vloop.loops.my.loop.every=1m",
                        "vloop.loops.one.evry=1m",
                        "vloop.loops[my.loop].every=1m",
                        "vloop.loops.one.enabled=true")
                .withSystemProperties("vloop.loops.one.evry=2m") // also here, but it is told once
                .run(context -> assertThat(MisspeltProperties.in(context.getEnvironment()))
                        .containsExactly("vloop.loops.my.loop.every", "vloop.loops.one.evry"));
    }

    private void refused(String property, String value, String text) {
        application
                .withPropertyValues(property + "=" + value)
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining(property)
                        .hasStackTraceContaining(text));
    }

    @Configuration(proxyBeanMethods = false)
    static class TakenIn {
        /** What the beans heard, in order. */
        final List<String> heard = new CopyOnWriteArrayList<>();

        @Bean
        LoopListener listener() {
            return new LoopListener() {
                @Override
                public void onStart(Loop loop) {
                    heard.add("listener");
                }
            };
        }

        @Bean
        LoopInterceptor interceptor() {
            return (iteration, chain) -> {
                heard.add("interceptor");
                chain.proceed();
            };
        }

        @Bean
        ForkContext forkContext() {
            return () -> (Chain task) -> {
                heard.add("fork");
                task.proceed();
            };
        }

        @Bean
        LoopRuntimeCustomizer customizer() {
            return builder -> builder.defaults(loop -> loop.count(1));
        }
    }

    @Test
    void listeners_interceptors_fork_contexts_and_customizers_that_are_beans_are_taken_in() {
        application
                .withUserConfiguration(TakenIn.class)
                .withPropertyValues("vloop.name=mine")
                .run(context -> {
                    LoopRuntime loops = context.getBean(LoopRuntime.class);
                    CountDownLatch forked = new CountDownLatch(1);
                    loops.loop("once")
                            .every(Duration.ofDays(1))
                            .start(it -> it.fork(() -> {
                                        forked.countDown();
                                        return "";
                                    })
                                    .get())
                            .join(); // the customizer's count ends it
                    assertThat(forked.getCount()).isZero();
                    assertThat(context.getBean(TakenIn.class).heard).containsExactly("listener", "interceptor", "fork");
                    assertThat(loops).hasToString("runtime 'mine'");
                });
    }

    @Test
    void a_cluster_that_is_a_bean_is_the_runtime_s() {
        Cluster cluster = (Cluster) Proxy.newProxyInstance(
                Cluster.class.getClassLoader(), new Class<?>[] {Cluster.class}, (proxy, method, arguments) -> null);
        application.withBean(Cluster.class, () -> cluster).run(context -> {
            Loop loop = context.getBean(LoopRuntime.class)
                    .loop("digest")
                    .every(Duration.ofDays(1))
                    .oncePerCluster(CutSlots.LET_GO) // which a runtime without a cluster refuses
                    .build(it -> {});
            assertThat(loop.describe()).containsEntry("oncePerCluster", "LET_GO");
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class Ordered {
        final List<String> heard = new CopyOnWriteArrayList<>();

        private LoopInterceptor named(String name) {
            return (iteration, chain) -> {
                heard.add(name);
                chain.proceed();
            };
        }

        @Bean
        @Order(2)
        LoopInterceptor inner() {
            return named("inner");
        }

        @Bean
        @Order(1)
        LoopInterceptor outer() {
            return named("outer");
        }

        @Bean
        LoopRuntimeCustomizer last() {
            return builder ->
                    builder.name("customized").defaults(loop -> loop.count(1).intercept(named("customizer's")));
        }
    }

    @Test
    void interceptors_are_taken_in_their_order_and_customizers_come_after_all_else() {
        application
                .withUserConfiguration(Ordered.class)
                .withPropertyValues("vloop.name=mine")
                .run(context -> {
                    LoopRuntime loops = context.getBean(LoopRuntime.class);
                    loops.loop("once").every(Duration.ofDays(1)).start(it -> {}).join();
                    assertThat(context.getBean(Ordered.class).heard).containsExactly("outer", "inner", "customizer's");
                    assertThat(loops.name()).isEqualTo("customized");
                });
    }

    @Configuration(proxyBeanMethods = false)
    static class ByHand {
        @Bean
        SmartInitializingSingleton byHand(LoopRuntime loops) {
            return () -> {
                Loop unused = loops.loop("by hand").every(Duration.ofDays(1)).build(it -> {});
            };
        }
    }

    @Test
    void the_log_warns_of_a_name_that_no_loop_has_also_of_none_that_is_built_by_hand() {
        List<String> warnings;
        try (CapturedLog log = new CapturedLog("dev.vloop.spring")) {
            application
                    .withUserConfiguration(ByHand.class)
                    .withPropertyValues("vloop.loops[by hand].every=2h", "vloop.loops.by-hnad.every=2h")
                    .run(context -> assertThat(context).hasNotFailed());
            warnings = log.lines();
        }
        assertThat(warnings).containsExactly("vloop.loops.by-hnad: no loop has that name; there are [by hand]");
    }

    @Test
    void a_runtime_of_the_applications_own_is_the_only_one() {
        try (LoopRuntime own = VirtualLoops.create()) {
            application
                    .withBean(LoopRuntime.class, () -> own)
                    .run(context ->
                            assertThat(context.getBean(LoopRuntime.class)).isSameAs(own));
        }
    }
}
