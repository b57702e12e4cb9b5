package dev.vloop.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Links between the pages of this repository lead somewhere, and each page of docs is linked. */
class LinksTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern CODE = Pattern.compile("^```.*?^```", Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]*)(?:#([^)]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);

    @Test
    void every_link_leads_to_a_page_and_a_heading_that_exist() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path page : pages()) {
            for (Link link : links(page)) {
                if (!Files.exists(link.target)
                        || link.heading != null && !headings(link.target).contains(link.heading)) {
                    broken.add(page + " -> " + link);
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void every_page_of_docs_is_linked_from_another() throws IOException {
        Set<Path> linked = new HashSet<>();
        for (Path page : pages()) {
            links(page).stream()
                    .map(Link::target)
                    .filter(target -> !target.equals(page))
                    .forEach(linked::add);
        }
        assertThat(linked).containsAll(docs());
    }

    private record Link(Path target, @Nullable String heading) {}

    private static List<Link> links(Path page) throws IOException {
        List<Link> links = new ArrayList<>();
        Matcher link = LINK.matcher(text(page));
        while (link.find()) {
            Path target = link.group(1).isEmpty()
                    ? page
                    : page.resolveSibling(link.group(1)).normalize();
            links.add(new Link(target, link.group(2)));
        }
        return links;
    }

    /** As a page's address has them: small letters, hyphens for spaces, nothing else. */
    private static Set<String> headings(Path page) throws IOException {
        Set<String> headings = new HashSet<>();
        Matcher heading = HEADING.matcher(text(page));
        while (heading.find()) {
            headings.add(heading.group(1)
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\w\\- ]", "")
                    .replace(' ', '-'));
        }
        return headings;
    }

    /** The page without its code, and with links in one line. */
    private static String text(Path page) throws IOException {
        String text = CODE.matcher(Files.readString(page)).replaceAll("");
        return text.replaceAll("\\[([^\\]\n]*)\n([^\\]\n]*)\\]", "[$1 $2]");
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>(docs());
        for (String name : List.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md")) {
            pages.add(ROOT.resolve(name));
        }
        return pages;
    }

    private static List<Path> docs() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
            return files.filter(file -> file.toString().endsWith(".md")).toList();
        }
    }
}
