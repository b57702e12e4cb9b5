package dev.vloop.tests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.vloop.tests.fixtures.TouchesTheMachine;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The arrows between the modules, and what each may use, read from the bytecode. */
@AnalyzeClasses(packages = "dev.vloop", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    /** The engine's package with its sub-packages: no class escapes a rule by moving into one. */
    private static final String ENGINE = "dev.vloop.vthreads..";

    private static final Set<String> ALL = Set.of(MachineRule.ALL);
    private static final Set<String> ITS_OWN_FLAG = Set.of("Thread.interrupt");

    /**
     * What of the engine may touch the machine: the real host and its parts, what holds and ends the JVM, and scopes, which are apart from the
     * host because a thread may only wait for its scope as the JDK does. Others give their own thread its interrupt flag back, or start
     * a thread that a host has made.
     */
    private static final Map<String, Set<String>> ON_THE_MACHINE = Map.ofEntries(
            Map.entry("SystemHost", ALL),
            Map.entry("SystemTimer", ALL),
            Map.entry("TimedPark", ALL),
            Map.entry("TimedAction", ALL),
            Map.entry("JdkPark", ALL),
            Map.entry("TimerThreads", ALL),
            Map.entry("KeepAlive", ALL),
            Map.entry("ExitHook", Set.of("Thread.start", "Thread.join", "Thread.interrupt")),
            Map.entry("ScopeProbe", ALL),
            Map.entry("Warmup", Set.of("Thread.start", "Thread.ofVirtual")),
            Map.entry(
                    "TaskScope", Set.of("LockSupport.park", "LockSupport.unpark", "Thread.interrupt", "Thread.start")),
            Map.entry("StructuredScope", ITS_OWN_FLAG),
            Map.entry("ForkEach", ITS_OWN_FLAG),
            Map.entry("ForkOwner", ITS_OWN_FLAG),
            Map.entry("Shutdown", ITS_OWN_FLAG),
            Map.entry("Supervisor", Set.of("Thread.interrupt", "Thread.start")));

    @ArchTest
    static final ArchRule the_API_and_the_engine_use_only_the_JDK_and_JSpecify = classes()
            .that()
            .resideInAnyPackage("dev.vloop", "dev.vloop.spi..", "dev.vloop.internal..", ENGINE)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "jdk.jfr..",
                    "org.jspecify..",
                    "dev.vloop",
                    "dev.vloop.spi..",
                    "dev.vloop.internal..",
                    ENGINE);

    @ArchTest
    static final ArchRule the_API_does_not_know_its_engine = noClasses()
            .that()
            .resideInAnyPackage("dev.vloop", "dev.vloop.spi..", "dev.vloop.internal..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ENGINE);

    @ArchTest
    static final ArchRule scopes_know_nothing_of_loops = noClasses()
            .that()
            .resideInAPackage("dev.vloop.vthreads.scopes..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.vloop", "dev.vloop.vthreads");

    @ArchTest
    static final ArchRule the_engines_of_virtual_time_do_not_know_the_testkit = noClasses()
            .that()
            .resideInAPackage("dev.vloop.testkit.engine..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.vloop.testkit");

    @ArchTest
    static final ArchRule the_engine_touches_time_waits_threads_and_chance_through_its_host_alone =
            noClasses().that().resideInAPackage(ENGINE).should(new MachineRule(ON_THE_MACHINE));

    /** A permit for a class that does not need it, or is no more, is one that nobody would notice. */
    @ArchTest
    static void every_permit_is_needed(JavaClasses ours) {
        for (Map.Entry<String, Set<String>> permit : ON_THE_MACHINE.entrySet()) {
            Map<String, Set<String>> fewer = new HashMap<>(ON_THE_MACHINE);
            fewer.remove(permit.getKey());
            boolean violated = noClasses()
                    .that()
                    .resideInAPackage(ENGINE)
                    .should(new MachineRule(fewer))
                    .evaluate(ours)
                    .hasViolation();
            assertThat(violated).as(permit.getKey()).isTrue();
        }
    }

    /** The rule finds each of the calls that it is there for. */
    @ArchTest
    static void a_class_that_touches_the_machine_is_found(JavaClasses ignored) {
        JavaClasses fixture = new ClassFileImporter().importClasses(TouchesTheMachine.class);
        String found = noClasses()
                .should(new MachineRule(Map.of()))
                .evaluate(fixture)
                .getFailureReport()
                .toString();
        assertThat(Arrays.stream(TouchesTheMachine.class.getDeclaredMethods())
                        .filter(method -> !method.isSynthetic())
                        .map(method -> "." + method.getName() + "("))
                .hasSize(18)
                .allSatisfy(method -> assertThat(found).contains(method));
    }
}
