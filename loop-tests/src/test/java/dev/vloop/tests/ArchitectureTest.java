package dev.vloop.tests;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The arrows between the modules, and what each may use, read from the bytecode. */
@AnalyzeClasses(packages = "dev.vloop", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule the_API_and_the_engine_use_only_the_JDK_and_JSpecify = classes()
            .that()
            .resideInAnyPackage("dev.vloop", "dev.vloop.spi", "dev.vloop.vthreads")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "jdk.jfr..", "org.jspecify..", "dev.vloop", "dev.vloop.spi", "dev.vloop.vthreads");

    @ArchTest
    static final ArchRule the_API_does_not_know_its_engine = noClasses()
            .that()
            .resideInAnyPackage("dev.vloop", "dev.vloop.spi")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.vloop.vthreads..");
}
