package dev.vloop.testkit.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BootJarTest {
    @Test
    void all_that_rewritten_code_asks_is_handed_to_the_boot_loader() throws IOException, URISyntaxException {
        Path classes = Path.of(BootJar.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .resolve(BootJar.PACKAGE);
        try (Stream<Path> files = Files.list(classes)) {
            assertThat(files.map(file -> file.getFileName().toString())
                            .filter(name -> !name.equals("package-info.class")))
                    .containsExactlyInAnyOrderElementsOf(BootJar.CLASSES.stream()
                            .map(name -> name + ".class")
                            .toList());
        }
    }
}
