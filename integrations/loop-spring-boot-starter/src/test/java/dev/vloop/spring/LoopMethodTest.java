package dev.vloop.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.CutSlots;
import dev.vloop.Iteration;
import dev.vloop.Loop;
import dev.vloop.Schedule;
import dev.vloop.cron.Cron;
import dev.vloop.spi.Cluster;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aot.generate.ClassNameGenerator;
import org.springframework.aot.generate.DefaultGenerationContext;
import org.springframework.aot.generate.GenerationContext;
import org.springframework.aot.generate.InMemoryGeneratedFiles;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.javapoet.ClassName;
import org.springframework.scheduling.annotation.Async;

/** Methods of beans as loops. */
@Timeout(60)
class LoopMethodTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private final ApplicationContextRunner application =
            new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(LoopsAutoConfiguration.class));

    static class Feed {
        final CountDownLatch polled = new CountDownLatch(1);

        /** A bean may want its own loop. */
        @Autowired
        @Qualifier("feed-poll")
        Loop own;

        @SuppressWarnings("UnusedMethod") // the loop calls it
        @LoopMethod(every = "${feed.every:5m}", retryOn = FileNotFoundException.class, timeout = "30s", kind = "poller")
        private void poll() {
            polled.countDown();
        }
    }

    @Test
    void a_method_runs_as_a_loop_that_others_can_have_injected() {
        application.withBean("feed", Feed.class).run(context -> {
            Feed feed = context.getBean(Feed.class);
            feed.polled.await();
            Loop loop = context.getBean("feed-poll", Loop.class);
            assertThat(feed.own).isSameAs(loop);
            assertThat(loop.isRunning()).isTrue();
            assertThat(loop.kind()).isEqualTo("poller");
            assertThat(loop.schedule()).isEqualTo(Schedule.every(Duration.ofMinutes(5)));
            assertThat(loop.describe()).containsEntry("timeout", "PT30S");
        });
    }

    @Test
    void its_texts_may_have_placeholders() {
        application
                .withBean("feed", Feed.class)
                .withPropertyValues("feed.every=7s")
                .run(context -> assertThat(
                                context.getBean("feed-poll", Loop.class).schedule())
                        .isEqualTo(Schedule.every(Duration.ofSeconds(7))));
    }

    static class Configured {
        @LoopMethod(
                name = "${x.name}",
                kind = "${x.kind}",
                cron = "${x.cron}",
                zone = "${x.zone}",
                initialDelay = "${x.delay}",
                timeout = "${x.timeout}")
        void cron() {}

        @LoopMethod(name = "after", fixedDelay = "${x.delay}")
        void after() {}
    }

    @Test
    void each_of_its_texts_may_have_placeholders() {
        application
                .withBean("configured", Configured.class)
                .withPropertyValues(
                        "x.name=report",
                        "x.kind=reports",
                        "x.cron=0 3 * * *",
                        "x.zone=Europe/Berlin",
                        "x.delay=90s",
                        "x.timeout=7s")
                .run(context -> {
                    Loop loop = context.getBean("report", Loop.class);
                    assertThat(loop.name()).isEqualTo("report");
                    assertThat(loop.kind()).isEqualTo("reports");
                    assertThat(loop.schedule()).isEqualTo(Cron.parse("0 3 * * *", BERLIN));
                    assertThat(loop.describe())
                            .containsEntry("initialDelay", "PT1M30S")
                            .containsEntry("timeout", "PT7S");
                    assertThat(context.getBean("after", Loop.class).schedule())
                            .isEqualTo(Schedule.fixedDelay(Duration.ofSeconds(90)));
                });
    }

    static class Times {
        @LoopMethod(
                name = "daily",
                dailyAt = {"09:00", "${evening:18:30}"},
                zone = "Europe/Berlin")
        void daily() {}

        @LoopMethod(name = "cron", cron = "0 3 * * MON-FRI", zone = "Europe/Berlin")
        void cron(Iteration iteration) {}

        @LoopMethod(name = "delay", fixedDelay = "10s", initialDelay = "1m", maxAttempts = 3)
        void delay() {}
    }

    @Test
    void it_has_all_kinds_of_schedules() {
        application.withBean("times", Times.class).run(context -> {
            assertThat(context.getBean("daily", Loop.class).schedule())
                    .isEqualTo(Schedule.dailyAt(BERLIN, LocalTime.of(9, 0), LocalTime.of(18, 30)));
            assertThat(context.getBean("cron", Loop.class).schedule()).isEqualTo(Cron.parse("0 3 * * MON-FRI", BERLIN));
            assertThat(context.getBean("delay", Loop.class).schedule())
                    .isEqualTo(Schedule.fixedDelay(Duration.ofSeconds(10)));
            assertThat(context.getBean("delay", Loop.class).describe()).containsEntry("maxAttempts", "3");
        });
    }

    @Test
    void properties_replace_its_schedule_in_its_own_zone() {
        application
                .withBean("times", Times.class)
                .withPropertyValues(
                        "vloop.loops.daily.cron=0 4 * * *",
                        "vloop.loops.cron.zone=UTC",
                        "vloop.loops.delay.every=3s",
                        "vloop.loops.delay.enabled=false")
                .run(context -> {
                    assertThat(context.getBean("daily", Loop.class).schedule())
                            .isEqualTo(Cron.parse("0 4 * * *", BERLIN));
                    assertThat(context.getBean("cron", Loop.class).schedule())
                            .isEqualTo(Cron.parse("0 3 * * MON-FRI", ZoneId.of("UTC")));
                    Loop delay = context.getBean("delay", Loop.class);
                    assertThat(delay.schedule()).isEqualTo(Schedule.every(Duration.ofSeconds(3)));
                    assertThat(delay.isRunning()).isFalse();
                });
    }

    static class Careful {
        @LoopMethod(
                name = "checks",
                every = "10s",
                initialDelay = "90s",
                timeout = "7s",
                kind = "feed",
                retryOn = IllegalStateException.class,
                continueOn = {IllegalArgumentException.class, UnsupportedOperationException.class},
                failOn = FileNotFoundException.class,
                maxAttempts = 4,
                oncePerCluster = CutSlots.RUN_AGAIN)
        void check() {}
    }

    @Test
    void each_of_its_options_reaches_the_loop() {
        application
                .withBean("careful", Careful.class)
                .withBean(Cluster.class, LoopMethodTest::noCluster)
                .withPropertyValues("vloop.loops.checks.enabled=false")
                .run(context -> {
                    Loop loop = context.getBean("checks", Loop.class);
                    assertThat(loop.describe())
                            .containsEntry("initialDelay", "PT1M30S")
                            .containsEntry("timeout", "PT7S")
                            .containsEntry("kind", "feed")
                            .containsEntry("maxAttempts", "4")
                            .containsEntry("oncePerCluster", "RUN_AGAIN");
                    assertThat(loop.describe().get("reactions"))
                            .contains("IllegalStateException RETRY")
                            .contains("IllegalArgumentException CONTINUE")
                            .contains("UnsupportedOperationException CONTINUE")
                            .contains("FileNotFoundException FAIL");
                });
    }

    /** Nobody joins it. */
    private static Cluster noCluster() {
        return (Cluster) Proxy.newProxyInstance(
                Cluster.class.getClassLoader(), new Class<?>[] {Cluster.class}, (proxy, method, arguments) -> null);
    }

    interface Greets {}

    static class Greeter implements Greets {
        final CountDownLatch greeted = new CountDownLatch(1);

        @LoopMethod(name = "greeter", every = "1h")
        void greet() {
            greeted.countDown();
        }
    }

    @Test
    void a_loop_may_be_named_like_its_bean() {
        application
                .withBean("greeter", Greeter.class)
                .run(context -> assertThat(
                                context.getBean("greeterLoop", Loop.class).name())
                        .isEqualTo("greeter"));
    }

    static class WantsTheLoop {
        @Autowired
        @Qualifier("greeter")
        Loop loop;
    }

    @Test
    void a_loop_that_is_named_like_its_bean_is_injected_by_its_own_name() {
        application
                .withBean("greeter", Greeter.class)
                .withBean(Loop.class, LoopMethodTest::another)
                .withBean(WantsTheLoop.class)
                .run(context ->
                        assertThat(context.getBean(WantsTheLoop.class).loop).isSameAs(context.getBean("greeterLoop")));
    }

    private static Loop another() {
        return (Loop) Proxy.newProxyInstance(
                Loop.class.getClassLoader(),
                new Class<?>[] {Loop.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "name" -> "another";
                    case "startIfIdle", "equals" -> false;
                    case "hashCode" -> 1;
                    default -> null;
                });
    }

    @Test
    void it_is_called_through_the_beans_proxy() {
        CountDownLatch advised = new CountDownLatch(1);
        application
                .withBean("greeter", Greeter.class)
                .withBean(BeanPostProcessor.class, () -> new Advises(advised))
                .run(context -> {
                    context.getBean(Greeter.class);
                    advised.await();
                });
    }

    private record Advises(CountDownLatch advised) implements BeanPostProcessor {
        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            if (!(bean instanceof Greeter)) {
                return bean;
            }
            ProxyFactory factory = new ProxyFactory(bean);
            factory.setProxyTargetClass(true);
            factory.addAdvice((MethodInterceptor) call -> {
                advised.countDown();
                return call.proceed();
            });
            return factory.getProxy();
        }
    }

    static class Sealed extends Greeter {
        @Override
        @LoopMethod(name = "greeter", every = "1h")
        final void greet() {
            super.greet(); // with the fields of the proxy, which are null
        }
    }

    @Test
    void a_final_method_is_refused_on_a_proxy_which_would_run_it_itself() {
        application
                .withBean("sealed", Sealed.class)
                .run(context -> assertThat(context).hasNotFailed());
        application
                .withBean("sealed", Sealed.class)
                .withBean(BeanPostProcessor.class, () -> new Advises(new CountDownLatch(1)))
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("cannot pass on calls of a final method"));
    }

    static class NamedLikeTheEnvironment {
        @LoopMethod(name = "environment", every = "1h")
        void run() {}
    }

    @Test
    void a_loop_may_be_named_like_what_is_no_bean_of_the_application() {
        application.withBean("feed", NamedLikeTheEnvironment.class).run(context -> {
            assertThat(context.getBean("environment")).isSameAs(context.getEnvironment());
            assertThat(context.getBean("environmentLoop", Loop.class).isRunning())
                    .isTrue();
        });
    }

    /** Not there, as a library that an application does not use. */
    interface Absent {}

    static class WantsAbsent {
        void run(Absent absent) {}
    }

    @Test
    void a_class_with_a_method_that_wants_what_is_not_there_has_no_loop_methods() throws Exception {
        ClassLoader loader = new ClassLoader(null) {
            @Override
            protected Class<?> findClass(String name) throws ClassNotFoundException {
                if (!name.equals(WantsAbsent.class.getName())) {
                    throw new ClassNotFoundException(name);
                }
                try (InputStream in = LoopMethodTest.class.getResourceAsStream("LoopMethodTest$WantsAbsent.class")) {
                    byte[] bytes = Objects.requireNonNull(in).readAllBytes();
                    return defineClass(name, bytes, 0, bytes.length);
                } catch (IOException e) {
                    throw new ClassNotFoundException(name, e);
                }
            }
        };
        assertThat(LoopMethods.find(loader.loadClass(WantsAbsent.class.getName())))
                .isEmpty();
    }

    static class NoUnit {
        @LoopMethod(every = "5000")
        void run() {}
    }

    static class SignButNoUnit {
        @LoopMethod(every = "1s", timeout = "+30")
        void run() {}
    }

    static class TwoSchedules {
        @LoopMethod(every = "5s", cron = "* * * * *")
        void run() {}
    }

    static class NoSchedule {
        @LoopMethod
        void run() {}
    }

    static class WrongCron {
        @LoopMethod(cron = "61 * * * *")
        void run() {}
    }

    static class WrongZone {
        @LoopMethod(dailyAt = "09:00", zone = "Mars/Olympus")
        void run() {}
    }

    static class UselessZone {
        @LoopMethod(every = "5s", zone = "UTC")
        void run() {}
    }

    static class Returns {
        @LoopMethod(every = "5s")
        String run() {
            return "";
        }
    }

    static class Parameters {
        @LoopMethod(every = "5s")
        void run(String text) {}
    }

    static class Static {
        @LoopMethod(every = "5s")
        static void run() {}
    }

    static class InBackground {
        @Async
        @LoopMethod(every = "5s")
        public void run() {}
    }

    @Async
    static class AllInBackground {
        @LoopMethod(every = "5s")
        public void run() {}
    }

    static class TwoCuts {
        @LoopMethod(
                every = "5s",
                oncePerCluster = {CutSlots.LET_GO, CutSlots.RUN_AGAIN})
        void run() {}
    }

    static class Overloads {
        @LoopMethod(name = "first", every = "5s")
        void run() {}

        @LoopMethod(name = "second", every = "5s")
        void run(Iteration iteration) {}
    }

    @Test
    void two_beans_whose_loops_have_one_name_are_refused_with_the_names_of_both() {
        application
                .withBean("first", Greeter.class)
                .withBean("second", Greeter.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContaining("bean 'second', Greeter.greet(..): there is already a bean 'greeter',"
                                + " the loop of first.greet; give the loop another name"));
    }

    @Test
    void what_is_wrong_with_it_is_told_at_the_start_with_bean_and_method() {
        refused(NoUnit.class, "every = \"5000\"", "needs a unit");
        refused(SignButNoUnit.class, "timeout = \"+30\"", "needs a unit");
        refused(TwoSchedules.class, "[every, cron]", "choose one");
        refused(NoSchedule.class, "no schedule");
        refused(WrongCron.class, "61");
        refused(WrongZone.class, "Mars/Olympus");
        refused(UselessZone.class, "zone = \"UTC\" says nothing of every");
        refused(Returns.class, "returns String");
        refused(Parameters.class, "no parameter, or one of type dev.vloop.Iteration");
        refused(Static.class, "static");
        refused(InBackground.class, "@Async");
        refused(AllInBackground.class, "@Async");
        refused(TwoCuts.class, "oncePerCluster has 2 values: choose one");
        refused(Overloads.class, "two loop methods of a bean have this name");
    }

    private void refused(Class<?> type, String... texts) {
        application.withBean("wrong", type).run(context -> {
            assertThat(context).hasFailed();
            assertThat(context.getStartupFailure())
                    .hasStackTraceContaining("@LoopMethod on bean 'wrong', " + type.getSimpleName() + ".run(..): ");
            for (String text : texts) {
                assertThat(context.getStartupFailure()).hasStackTraceContaining(text);
            }
        });
    }

    @Test
    void a_bean_that_is_no_singleton_is_refused() {
        application
                .withBean("feed", Greeter.class, Greeter::new, definition -> definition.setScope("prototype"))
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasMessageContaining("bean 'feed'")
                        .hasMessageContaining("prototype"));
    }

    @Test
    void a_bean_whose_declared_type_hides_the_method_is_refused() {
        application
                .withUserConfiguration(Hides.class)
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("bean 'hidden', Greeter.greet(..): the declared type of the bean hides")
                        .hasMessageContaining(Greeter.class.getName()));
    }

    @Configuration(proxyBeanMethods = false)
    static class Hides {
        @Bean
        Greets hidden() {
            return new Greeter();
        }
    }

    @Test
    void an_application_that_is_processed_ahead_of_time_has_hints_for_the_methods() throws Exception {
        GenerationContext generation = new DefaultGenerationContext(
                new ClassNameGenerator(ClassName.get("dev.vloop.spring", "Application")), new InMemoryGeneratedFiles());
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
            context.register(LoopsAutoConfiguration.class);
            context.registerBean("feed", Feed.class);
            new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
        }
        assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Feed.class.getDeclaredMethod("poll")))
                .accepts(generation.getRuntimeHints());
    }
}
