import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The copy of the project: where its sources and tests are, and how they are compiled. It is compiled once; then one file for each fault. */
final class Copy {
    /** Where faults are planted. */
    private static final List<String> MAIN = List.of("loop-api", "loop-cron", "loop-vthreads", "loop-testkit");

    /** Where tests are. */
    private static final List<String> TESTED =
            List.of("verification/tests", "loop-api", "loop-cron", "loop-vthreads", "loop-testkit");

    private final Path root;
    private final JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();

    /** By the simple name of the file. */
    private final Map<String, Path> sources = new HashMap<>();

    private final List<Test> tests = new ArrayList<>();

    /** A class of tests. */
    record Test(String module, String name) {
        /** Tests of the exact engine need a JVM with a flag of its own. */
        boolean isExact() {
            return name.substring(name.lastIndexOf('.') + 1).startsWith("Exact");
        }

        private boolean isCalled(String wanted) {
            return name.endsWith("." + wanted);
        }
    }

    /** @param root has the copy, in the folder {@code copy}, and takes what is made of it */
    Copy(Path root) throws IOException {
        this.root = root;
        for (String module : MAIN) {
            for (Path file : javaFiles(file(module + "/src/main/java"))) {
                sources.put(file.getFileName().toString(), file);
            }
        }
        for (String module : TESTED) {
            Path folder = file(module + "/src/test/java");
            for (Path file : javaFiles(folder)) {
                String path = folder.relativize(file).toString();
                String name = path.substring(0, path.length() - ".java".length()).replace(File.separatorChar, '.');
                tests.add(new Test(module, name));
            }
        }
    }

    Path work() {
        return root;
    }

    /** {@return a file of the copy} */
    Path file(String path) {
        return root.resolve("copy").resolve(path);
    }

    /** {@return the source file of this simple name; null if there is none} */
    Path source(String simpleName) {
        return sources.get(simpleName);
    }

    /** {@return where the classes of a fault go} */
    Path planted(Fault fault) {
        return root.resolve("planted").resolve(fault.name());
    }

    /** {@return the first of these names that is no test's; null if each is one} */
    String unknownTest(List<String> names) {
        return names.stream()
                .filter(name -> tests.stream().noneMatch(test -> test.isCalled(name)))
                .findFirst()
                .orElse(null);
    }

    /** {@return the tests of these names, in their order} */
    List<Test> tests(List<String> names) {
        Set<Test> found = new LinkedHashSet<>();
        for (String name : names) {
            tests.stream().filter(test -> test.isCalled(name)).forEach(found::add);
        }
        return List.copyOf(found);
    }

    void compileMain() throws IOException {
        deleteAll(root.resolve("planted"));
        deleteAll(classes("main"));
        List<Path> files = new ArrayList<>();
        for (String module : MAIN) {
            files.addAll(javaFiles(file(module + "/src/main/java")));
        }
        require(compile(files, List.of(), jars(), classes("main")));
    }

    void compileTests() throws IOException {
        for (String module : TESTED) {
            deleteAll(testClasses(module));
            List<Path> files = javaFiles(file(module + "/src/test/java"));
            require(compile(files, List.of(), classes("main") + File.pathSeparator + jars(), testClasses(module)));
        }
        deleteAll(classes("runner"));
        List<Path> runner =
                List.of(file("verification/mutants/FirstFailure.java"), file("verification/mutants/ExitCode.java"));
        require(compile(runner, List.of(), jars(), classes("runner")));
    }

    /**
     * Compiles one file with a fault.
     *
     * @param all whether other files have to be compiled, too
     * @return what the compiler says; null if it is content
     */
    String compilePlanted(Path source, String text, Path out, boolean all) throws IOException {
        List<Path> others = new ArrayList<>();
        if (all) {
            for (String module : MAIN) {
                others.addAll(javaFiles(file(module + "/src/main/java")));
            }
            others.remove(source);
        }
        URI name = URI.create("string:///" + source.getFileName());
        JavaFileObject planted = new SimpleJavaFileObject(name, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return text;
            }
        };
        return compile(others, List.of(planted), classes("main") + File.pathSeparator + jars(), out);
    }

    /** {@return the class path of a test JVM: what was planted comes first} */
    String classPath(Path planted, String module) throws IOException {
        return Stream.of(
                        planted,
                        classes("main"),
                        testClasses(module),
                        file(module + "/src/test/resources"),
                        classes("runner"))
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator, "", File.pathSeparator + jars()));
    }

    private Path classes(String what) {
        return root.resolve("classes").resolve(what);
    }

    private Path testClasses(String module) {
        return classes("test-" + module.replace('/', '-'));
    }

    /** {@return the libraries that the tests of all modules need} */
    private String jars() throws IOException {
        return Files.readString(root.resolve("jars")).strip();
    }

    /** {@return what the compiler says; null if it is content} */
    private String compile(List<Path> files, List<JavaFileObject> more, String classPath, Path out) throws IOException {
        Files.createDirectories(out);
        DiagnosticCollector<JavaFileObject> errors = new DiagnosticCollector<>();
        List<String> options = List.of(
                "--release", "21", "-proc:none", "-nowarn", "-parameters", "-g", "-cp", classPath, "-d", out.toString());
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(errors, null, StandardCharsets.UTF_8)) {
            List<JavaFileObject> all = new ArrayList<>(more);
            manager.getJavaFileObjectsFromPaths(files).forEach(all::add);
            if (compiler.getTask(null, manager, errors, options, null, all).call()) {
                return null;
            }
        }
        return errors.getDiagnostics().stream()
                .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
                .map(Object::toString)
                .collect(Collectors.joining("\n", "it does not compile:\n", ""));
    }

    private static void require(String errors) {
        if (errors != null) {
            throw new IllegalStateException(errors);
        }
    }

    private static List<Path> javaFiles(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(".java") && !file.endsWith("module-info.java"))
                    .sorted()
                    .toList();
        }
    }

    private static void deleteAll(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
