package dev.vloop.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Code in the README and in docs is code that tests run: every block is a region of a source file, and every region is shown. */
class ReadmeTest {
    private static final Pattern BLOCK = Pattern.compile("```(java|kotlin)\n(.*?)```", Pattern.DOTALL);
    private static final Pattern REGION =
            Pattern.compile("^ *// region ([\\w-]+)\n(.*?)^ *// end region$", Pattern.DOTALL | Pattern.MULTILINE);

    @Test
    void every_block_of_the_readme_and_docs_is_a_region_of_a_source_file() throws IOException {
        Map<String, String> regions = regions();
        for (String block : blocks()) {
            assertThat(regions.values()).as("regions for%n%s", block).containsAll(parts(block, regions));
        }
    }

    @Test
    void every_region_of_a_source_file_is_in_the_readme_or_docs() throws IOException {
        Map<String, String> regions = regions();
        Set<String> shown = new HashSet<>();
        for (String block : blocks()) {
            shown.addAll(parts(block, regions));
        }
        assertThat(regions)
                .isNotEmpty()
                .allSatisfy((name, text) -> assertThat(shown).as(name).contains(text));
    }

    /** {@return the regions of a block: one, or several with an empty line between them} */
    private static List<String> parts(String block, Map<String, String> regions) {
        return regions.containsValue(block) ? List.of(block) : List.of(block.split("\n\n", -1));
    }

    /** Blocks that are marked as {@code java before} are not ours: they show code that a user replaces. */
    private static List<String> blocks() throws IOException {
        List<String> blocks = new ArrayList<>();
        for (Path page : pages()) {
            Matcher block = BLOCK.matcher(Files.readString(page));
            while (block.find()) {
                blocks.add(block.group(2).strip());
            }
        }
        return blocks;
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(Path.of("..", "..", "docs"))) {
            // loop-testkit compares testing.md with its own tests
            Stream<Path> pages = docs.filter(page -> page.toString().endsWith(".md") && !page.endsWith("testing.md"));
            return Stream.concat(Stream.of(Path.of("..", "..", "README.md")), pages)
                    .toList();
        }
    }

    private static Map<String, String> regions() throws IOException {
        Map<String, String> regions = new TreeMap<>();
        for (Path folder : List.of(
                Path.of("src"),
                Path.of("..", "..", "loop-kotlin", "src"),
                Path.of("..", "bots", "src"),
                Path.of("..", "spring-boot", "src"),
                Path.of("..", "cluster", "src"),
                Path.of("..", "..", "integrations", "loop-jda", "src"))) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.filter(ReadmeTest::isSource).toList()) {
                    addRegions(file, regions);
                }
            }
        }
        return regions;
    }

    private static void addRegions(Path file, Map<String, String> regions) throws IOException {
        Matcher region = REGION.matcher(Files.readString(file));
        while (region.find()) {
            String name = file.getFileName() + "#" + region.group(1);
            regions.put(name, region.group(2).stripTrailing().stripIndent());
        }
    }

    private static boolean isSource(Path file) {
        return file.toString().endsWith(".java") || file.toString().endsWith(".kt");
    }
}
