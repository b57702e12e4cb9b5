package dev.vloop.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import dev.vloop.Schedule;
import dev.vloop.vthreads.VirtualLoops;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.context.LifecycleAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/** Applications with several runtimes, and contexts within contexts. */
@Timeout(60)
class SeveralRuntimesTest {
    private final ApplicationContextRunner application = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(LifecycleAutoConfiguration.class, LoopsAutoConfiguration.class));

    /** What happened, in order. */
    private static final List<String> EVENTS = new CopyOnWriteArrayList<>();

    SeveralRuntimesTest() {
        EVENTS.clear();
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

    private static Loop saving(LoopRuntime loops, ObjectProvider<Store> store) {
        return loops.loop("saving")
                .schedule(Schedule.never())
                .afterLoop(end -> store.getObject().write())
                .build(it -> {});
    }

    @Configuration(proxyBeanMethods = false)
    static class Two {
        @Bean
        @Primary
        LoopRuntime first() {
            return VirtualLoops.create();
        }

        @Bean
        LoopRuntime second() {
            return VirtualLoops.create();
        }

        @Bean
        Loop savingLoop(@Qualifier("second") LoopRuntime loops, ObjectProvider<Store> store) {
            return saving(loops, store);
        }

        @Bean
        Store store() {
            return new Store();
        }
    }

    @Test
    void the_loops_of_all_runtimes_end_before_what_they_use() {
        application.withUserConfiguration(Two.class).run(context -> {
            assertThat(context.getBean("savingLoop", Loop.class).isRunning()).isTrue();
            context.close();
        });
        assertThat(EVENTS).containsExactly("written", "closed");
    }

    @Configuration(proxyBeanMethods = false)
    static class One {
        @Bean
        Loop savingLoop(LoopRuntime loops, ObjectProvider<Store> store) {
            return saving(loops, store);
        }

        @Bean
        Store store() {
            return new Store();
        }
    }

    @Test
    void a_context_within_another_one_has_its_own_runtime_and_ends_no_loop_of_the_other() {
        application.withUserConfiguration(One.class).run(outer -> {
            application.withUserConfiguration(One.class).withParent(outer).run(inner -> {
                assertThat(inner.getBean(LoopRuntime.class)).isNotSameAs(outer.getBean(LoopRuntime.class));
                inner.close();
                assertThat(EVENTS).containsExactly("written", "closed");
                assertThat(outer.getBean("savingLoop", Loop.class).isRunning()).isTrue();
            });
            outer.stop();
            outer.start();
            assertThat(outer.getBean("savingLoop", Loop.class).isRunning())
                    .as("the outer context was stopped, but not for good")
                    .isTrue();
            EVENTS.removeLast();
            outer.close();
            assertThat(EVENTS).containsExactly("written", "closed", "written", "closed");
        });
    }

    @Test
    void a_context_that_waits_for_nothing_needs_no_grace() throws InterruptedException {
        AtomicReference<Loop> saving = new AtomicReference<>();
        application
                .withUserConfiguration(One.class)
                .withPropertyValues("spring.lifecycle.timeout-per-shutdown-phase=0s")
                .run(context -> {
                    saving.set(context.getBean(Loop.class));
                    assertThat(saving.get().isRunning()).isTrue();
                });
        // Nothing waited for it: it would write while the next test runs.
        saving.get().join();
    }
}
