package dev.vloop.testkit.agent;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The classes of the JDK that runs the tests, as bytes. */
final class JdkClasses {
    private static final Path BASE =
            FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules/java.base");

    private JdkClasses() {}

    /** {@return the bytes of a class of java.base} */
    static byte[] bytes(String type) throws IOException {
        return Files.readAllBytes(BASE.resolve(type + ".class"));
    }

    /** {@return the classes in a package of java.base and below, by their internal names} */
    static List<String> in(String folder) throws IOException {
        try (Stream<Path> files = Files.walk(BASE.resolve(folder))) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .map(file -> BASE.relativize(file).toString())
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .toList();
        }
    }
}
