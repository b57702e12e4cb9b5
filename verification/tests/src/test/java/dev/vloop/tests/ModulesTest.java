package dev.vloop.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The descriptors say what the build enforces: nothing is needed at run time but the JDK and ourselves. */
class ModulesTest {
    private static final Pattern OURS = Pattern.compile("loop-(api|vthreads|testkit)");

    @ParameterizedTest
    @CsvSource({
        "dev.vloop,          java.base",
        "dev.vloop.vthreads, java.base dev.vloop",
        "dev.vloop.testkit,  java.base dev.vloop.vthreads"
    })
    void a_module_needs_at_run_time_only_the_JDK_and_the_module_below(String module, String needed) {
        assertThat(neededAtRunTime(descriptor(module))).isEqualTo(Set.of(needed.split(" ")));
    }

    private static ModuleDescriptor descriptor(String module) {
        return ModuleFinder.of(ours())
                .find(module)
                .map(ModuleReference::descriptor)
                .orElseThrow(() -> new AssertionError("no module " + module + " on the class path"));
    }

    /** The jars or class folders of our modules, whichever the build gives. */
    private static Path[] ours() {
        return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> OURS.matcher(entry).find() && !entry.contains("test-classes"))
                .map(Path::of)
                .toArray(Path[]::new);
    }

    private static Set<String> neededAtRunTime(ModuleDescriptor descriptor) {
        return descriptor.requires().stream()
                .filter(required -> !required.modifiers().contains(Modifier.STATIC))
                .map(Requires::name)
                .collect(Collectors.toSet());
    }
}
