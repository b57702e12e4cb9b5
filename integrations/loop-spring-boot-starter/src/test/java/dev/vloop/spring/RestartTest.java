package dev.vloop.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** An application that is started again in the same JVM with new classes, as devtools does it. */
@Timeout(120)
class RestartTest {
    @Test
    void nothing_holds_the_classes_of_an_application_that_was_ended() throws Exception {
        // Spring keeps classes in soft references. A process of its own, which clears these at once, shows what else is
        // held.
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:SoftRefLRUPolicyMSPerMB=0",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Host.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(output).contains("all but the last are freed");
    }

    /**
     * Starts and ends an application some times, with classes of its own each time, and says whether they are freed. Spring itself holds the
     * last ones until the next start, also without any loop.
     */
    static final class Host {
        private static final int COPIES = 3;
        private static final int MOST_SECONDS = 60;

        public static void main(String[] arguments) throws Exception {
            ReferenceQueue<ClassLoader> freed = new ReferenceQueue<>();
            List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
            for (int i = 0; i < COPIES; i++) {
                loaders.add(new WeakReference<>(startAndEnd(), freed));
            }
            int left = COPIES - 1;
            for (int seconds = 0; left > 0 && seconds < MOST_SECONDS; seconds++) {
                System.gc();
                while (left > 0 && freed.remove(1_000) != null) {
                    left--;
                }
            }
            System.out.println(
                    left == 0 ? "all but the last are freed" : left + " of " + loaders.size() + " are not freed");
        }

        private static ClassLoader startAndEnd() throws Exception {
            ClassLoader loader = new OwnClasses();
            Thread thread = new Thread(() -> {
                try (ConfigurableApplicationContext context = new SpringApplicationBuilder(
                                loader.loadClass(RestartedApplication.class.getName()))
                        .web(WebApplicationType.NONE)
                        .run()) {
                    context.getBean(CountDownLatch.class).await();
                } catch (ClassNotFoundException | InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            });
            thread.setContextClassLoader(loader);
            thread.start();
            thread.join();
            return loader;
        }
    }

    /** Loads the application's classes itself, and leaves all others to its parent. */
    private static final class OwnClasses extends ClassLoader {
        OwnClasses() {
            super(OwnClasses.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(RestartedApplication.class.getName())) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? define(name) : loaded;
            }
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream file = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = file.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
