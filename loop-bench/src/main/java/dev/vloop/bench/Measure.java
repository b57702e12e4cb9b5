package dev.vloop.bench;

import java.util.List;

/**
 * One thing to measure: a program that is run for each subject in turn, some rounds.
 *
 * @param name of the measure
 * @param program the simple name of its class in {@code run}
 * @param jvm options of the JVM
 * @param subjects who is measured; the first argument of the program
 * @param arguments the others
 * @param rounds how often
 */
record Measure(
        String name, String program, List<String> jvm, List<String> subjects, List<String> arguments, int rounds) {

    private static final List<String> SMALL = List.of("-XX:+UseG1GC", "-Xms1g", "-Xmx4g");
    private static final List<String> LOOPS =
            List.of("vloop", "hand-written", "hand-written, parks", "pool", "pool+virtual", "Spring", "coroutines");
    private static final List<String> TIMES =
            List.of("vloop, cooperative", "vloop, exact", "coroutines-test", "Reactor", "jMock");
    private static final List<String> EXACT =
            List.of("-XX:+UseG1GC", "-Xmx2g", "--add-opens", "java.base/java.lang=ALL-UNNAMED");

    /** {@return all there is to measure} */
    static List<Measure> all() {
        return List.of(
                new Measure("first", "FirstTick", List.of(), LOOPS, List.of(), 15),
                new Measure("waiting", "Waiting", SMALL, LOOPS, List.of("100000"), 5),
                new Measure(
                        "ticking",
                        "Ticking",
                        SMALL,
                        List.of(
                                "vloop",
                                "hand-written",
                                "vloop+listener",
                                "hand-written, parks",
                                "pool",
                                "pool+virtual",
                                "Spring",
                                "coroutines"),
                        List.of("100000", "5", "10"),
                        5),
                new Measure(
                        "iteration",
                        "Iterating",
                        SMALL,
                        List.of("vloop", "vloop, no JFR", "vloopMisses", "vloopListener", "handWritten"),
                        List.of("500", "4"),
                        5),
                new Measure("virtual-day", "VirtualDays", EXACT, TIMES, List.of("1", "86400", "20"), 5),
                new Measure("virtual-1000", "VirtualDays", EXACT, TIMES, List.of("1000", "1000", "7"), 5),
                growth(1_000, 5),
                growth(10_000, 5),
                growth(100_000, 3),
                growth(1_000_000, 1),
                new Measure("million", "Million", SMALL, List.of("vloop"), List.of("1000000", "30"), 3));
    }

    private static Measure growth(int loops, int rounds) {
        return new Measure(
                "growth-" + loops,
                "Waiting",
                SMALL,
                List.of("vloop", "hand-written", "hand-written, parks", "pool"),
                List.of(Integer.toString(loops)),
                rounds);
    }

    /** {@return the same in seconds: only to see that it runs} */
    Measure quick() {
        List<String> few = switch (program) {
            case "Waiting" -> List.of("500");
            case "Ticking" -> List.of("500", "2", "1");
            case "Iterating" -> List.of("50", "1");
            case "VirtualDays" -> List.of("10", "100", "1");
            case "Million" -> List.of("1000", "1");
            default -> arguments;
        };
        return new Measure(name, program, jvm, subjects, few, 1);
    }
}
