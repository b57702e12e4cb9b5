package dev.vloop.testkit.agent;

import java.util.ArrayList;
import java.util.List;

/**
 * Decides which classes keep real time: those of the JDK that are not in {@link JdkTable}, tools for tests and builds, and engines with
 * threads of their own.
 */
final class LeftAlone {
    private static final List<String> ALWAYS = List.of(
            "dev/vloop/testkit/",
            "dev/vloop/vthreads/",
            "dev/vloop/spi/",
            // the JDK
            "java/",
            "javax/",
            "jdk/",
            "sun/",
            "com/sun/",
            // tools that run and measure tests
            "org/junit/",
            "org/opentest4j/",
            "org/apiguardian/",
            "org/testng/",
            "net/bytebuddy/",
            "org/assertj/",
            "org/jacoco/",
            "org/apache/maven/",
            "org/gradle/",
            "worker/org/gradle/",
            "com/intellij/",
            "org/eclipse/jdt/",
            // logging
            "ch/qos/logback/",
            "org/apache/logging/",
            "org/slf4j/",
            // libraries whose own threads look at deadlines that other threads have set
            "kotlinx/coroutines/",
            "io/netty/",
            "io/vertx/",
            "okhttp3/",
            "okio/",
            "org/apache/catalina/",
            "org/apache/coyote/",
            "org/apache/tomcat/",
            "org/eclipse/jetty/",
            "io/undertow/",
            "org/xnio/");

    private final List<String> prefixes;

    private LeftAlone(List<String> prefixes) {
        this.prefixes = prefixes;
    }

    /**
     * Reads what a user wants left alone.
     *
     * @param packages names of packages, such as {@code com.acme.engine}, with commas between them; each stands for those below it
     *     too
     */
    static LeftAlone parse(String packages) {
        List<String> prefixes = new ArrayList<>(ALWAYS);
        for (String name : packages.split(",", -1)) {
            String trimmed = name.strip().replace('.', '/');
            if (!trimmed.isEmpty()) {
                prefixes.add(trimmed.endsWith("/") ? trimmed : trimmed + "/");
            }
        }
        return new LeftAlone(List.copyOf(prefixes));
    }

    /** {@return whether a class, by its internal name, keeps real time} */
    boolean contains(String type) {
        for (String prefix : prefixes) {
            if (type.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
