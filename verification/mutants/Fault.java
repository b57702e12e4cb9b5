import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A fault to plant. In a file *.faults it is a paragraph:
 *
 * <pre>
 * fault NAME (RULE): what goes wrong
 * in File.java, seen by QuickestTest AnotherTest
 * unseen: why no test notices it
 *  a line that stays
 * -a line that goes
 * +a line that comes in its place
 * </pre>
 *
 * <p>The line {@code unseen} is there only if no test can notice the fault. The lines that stay and go are as in the source, one after
 * the other, without comments at their ends and white space around; they must be there exactly once. Lines that begin with # are
 * comments. A class of tests that has its name from two packages is written with the end of its package, as in {@code
 * races.CloseReportTest}.
 *
 * @param number its place among all
 * @param rule of the contract that it breaks, or what else
 * @param unseen null if a test should notice it
 */
record Fault(
        int number, String name, String rule, String what, String file, List<String> tests, String unseen, List<String> change) {
    private static final Pattern HEAD = Pattern.compile("fault (\\S+) \\(([^)]+)\\): (.+)");
    private static final Pattern PLACE = Pattern.compile("in (\\S+\\.java), seen by (.+)");
    private static final String UNSEEN = "unseen: ";
    private static final Pattern RANGE = Pattern.compile("(\\d+)(?:-(\\d+))?");

    /** {@return all faults of a folder} */
    static List<Fault> readAll(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.toString().endsWith(".faults")).sorted().toList();
        }
        List<Fault> faults = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Path file : files) {
            for (List<String> paragraph : paragraphs(Files.readAllLines(file))) {
                Fault fault = parse(faults.size() + 1, paragraph, file);
                if (!names.add(fault.name)) {
                    throw new IllegalArgumentException(file + ": two faults are called " + fault.name);
                }
                faults.add(fault);
            }
        }
        return faults;
    }

    private static List<List<String>> paragraphs(List<String> lines) {
        List<List<String>> paragraphs = new ArrayList<>();
        List<String> current = new ArrayList<>();
        for (String line : Stream.concat(lines.stream(), Stream.of("")).toList()) {
            if (line.startsWith("#")) {
                continue;
            }
            if (!line.isEmpty()) {
                current.add(line);
            } else if (!current.isEmpty()) {
                paragraphs.add(current);
                current = new ArrayList<>();
            }
        }
        return paragraphs;
    }

    private static Fault parse(int number, List<String> lines, Path from) {
        Matcher head = HEAD.matcher(lines.get(0));
        Matcher place = PLACE.matcher(lines.size() > 1 ? lines.get(1) : "");
        if (!head.matches() || !place.matches()) {
            throw new IllegalArgumentException(from + ": this does not begin as a fault does: " + lines);
        }
        int next = 2;
        String unseen = null;
        if (lines.size() > 2 && lines.get(2).startsWith(UNSEEN)) {
            unseen = lines.get(next++).substring(UNSEEN.length());
        }
        List<String> change = List.copyOf(lines.subList(next, lines.size()));
        boolean marked = change.stream().allMatch(line -> " -+".indexOf(line.charAt(0)) >= 0);
        if (!marked || change.stream().allMatch(line -> line.startsWith(" "))) {
            throw new IllegalArgumentException(from + ": no change, or a line without a mark: " + lines);
        }
        return new Fault(
                number,
                head.group(1),
                head.group(2),
                head.group(3),
                place.group(1),
                List.of(place.group(2).split(" ")),
                unseen,
                change);
    }

    boolean isCalled(String wanted) {
        Matcher range = RANGE.matcher(wanted);
        if (range.matches()) {
            int from = Integer.parseInt(range.group(1));
            int to = range.group(2) == null ? from : Integer.parseInt(range.group(2));
            return number >= from && number <= to;
        }
        return name.equals(wanted) || file.equals(wanted);
    }

    String title() {
        return number + " " + name + " (" + rule + ", " + file + "): " + what;
    }

    /** {@return whether it changes a constant that the compiler copies into other files} */
    boolean changesConstant() {
        return change.stream()
                .anyMatch(line -> line.startsWith("-") && line.contains("static final") && !line.contains("private"));
    }

    /**
     * {@return the source with the fault in it}
     *
     * @throws IllegalArgumentException if its lines are not there, or more than once
     */
    String plantIn(String source) {
        List<String> lines = source.lines().toList();
        List<String> before = change.stream()
                .filter(line -> !line.startsWith("+"))
                .map(line -> code(line.substring(1)))
                .toList();
        List<Integer> places = new ArrayList<>();
        for (int at = 0; at + before.size() <= lines.size(); at++) {
            if (lines.subList(at, at + before.size()).stream().map(Fault::code).toList().equals(before)) {
                places.add(at);
            }
        }
        if (before.isEmpty() || places.size() != 1) {
            throw new IllegalArgumentException("its lines are there " + places.size() + " times, but must be once: " + before);
        }
        int at = places.get(0);
        List<String> planted = new ArrayList<>(lines.subList(0, at));
        for (String line : change) {
            switch (line.charAt(0)) {
                case ' ' -> planted.add(lines.get(at++));
                case '-' -> at++;
                default -> planted.add(line.substring(1));
            }
        }
        planted.addAll(lines.subList(at, lines.size()));
        return String.join("\n", planted) + "\n";
    }

    /** {@return a line without the comment at its end and white space around} A comment may get other words. */
    private static String code(String line) {
        int comment = line.indexOf(" // ");
        return (comment < 0 || line.strip().startsWith("//") ? line : line.substring(0, comment)).strip();
    }
}
