package dev.vloop.testkit.agent;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/** Hands the classes that rewritten code calls to the boot loader, so that the JDK and all other code see them. */
final class BootJar {
    static final String PACKAGE = "dev/vloop/testkit/agent/boot/";

    /** All classes of that package. */
    static final List<String> CLASSES = List.of(
            "AgentLink",
            "TestTime",
            "VirtualTime",
            "Waits",
            "Pools",
            "Delays",
            "Delays$Later",
            "Outside",
            "Outside$Held");

    private BootJar() {}

    /**
     * The JDK accepts only a jar file. The classes are loaded at once, because rewritten code may call them while it holds the lock of a
     * class loader.
     */
    static void append(Instrumentation instrumentation) throws IOException, ClassNotFoundException {
        Path file = Files.createTempFile("loop-testkit-agent-boot", ".jar");
        file.toFile().deleteOnExit();
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file))) {
            for (String name : CLASSES) {
                copy(PACKAGE + name + ".class", jar);
            }
        }
        instrumentation.appendToBootstrapClassLoaderSearch(new JarFile(file.toFile()));
        for (String name : CLASSES) {
            Class.forName((PACKAGE + name).replace('/', '.'), true, null);
        }
    }

    private static void copy(String name, JarOutputStream jar) throws IOException {
        try (InputStream inside = BootJar.class.getResourceAsStream("/META-INF/boot/" + name)) {
            if (inside == null) {
                throw new IOException("the agent's jar lacks META-INF/boot/" + name);
            }
            jar.putNextEntry(new JarEntry(name));
            inside.transferTo(jar);
        }
    }
}
