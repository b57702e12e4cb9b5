package dev.vloop.tests.races;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("real-time")
@DisplayName("R2, R13: a plugin with a class loader of its own")
class PluginTest {
    /** Loads, runs and drops copies of a plugin, and says how many of them are freed. */
    static final class Host {
        private static final int COPIES = 3;
        private static final int MOST_SECONDS = 60;

        public static void main(String[] arguments) throws Exception {
            ReferenceQueue<ClassLoader> freed = new ReferenceQueue<>();
            List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
            for (int i = 0; i < COPIES; i++) {
                loaders.add(new WeakReference<>(runPlugin(Path.of(arguments[0])), freed));
            }
            int left = COPIES;
            for (int seconds = 0; left > 0 && seconds < MOST_SECONDS; seconds++) {
                System.gc();
                while (left > 0 && freed.remove(1_000) != null) {
                    left--;
                }
            }
            System.out.println("freed " + (COPIES - left) + " of " + loaders.size());
        }

        private static ClassLoader runPlugin(Path services) throws Exception {
            List<URL> urls = new ArrayList<>(List.of(services.toUri().toURL()));
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
                urls.add(Path.of(entry).toUri().toURL());
            }
            try (URLClassLoader loader =
                    new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
                Thread.currentThread().setContextClassLoader(loader);
                ((Runnable) loader.loadClass("dev.vloop.tests.races.Plugin")
                                .getConstructor()
                                .newInstance())
                        .run();
                return loader;
            } finally {
                Thread.currentThread().setContextClassLoader(ClassLoader.getSystemClassLoader());
            }
        }
    }

    @Test
    void its_bodies_find_its_services_and_nothing_of_it_is_left_when_its_runtime_is_closed(@TempDir Path folder)
            throws Exception {
        List<String> said = run(folder);
        assertThat(said)
                .filteredOn(line -> line.equals("found a service of the plugin"))
                .hasSize(3);
        assertThat(said).contains("freed 3 of 3").doesNotContain("then");
    }

    private static List<String> run(Path folder) throws IOException, InterruptedException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve("java.util.function.Supplier"), "dev.vloop.tests.races.Plugin$Service");
        Process process = new ProcessBuilder(Stream.of(
                                Jvm.tool("java"),
                                "-cp",
                                System.getProperty("java.class.path"),
                                Host.class.getName(),
                                folder.toString())
                        .toList())
                .redirectErrorStream(true)
                .start();
        try {
            List<String> said = process.inputReader().lines().toList();
            assertThat(process.waitFor()).isZero();
            return said;
        } finally {
            process.destroyForcibly();
        }
    }
}
