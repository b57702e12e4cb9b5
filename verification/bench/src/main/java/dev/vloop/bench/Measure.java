package dev.vloop.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A measure: a program that runs for each subject in turn, for some rounds.
 *
 * @param name the name of the measure
 * @param program the simple name of the program's class, which is in {@code run}
 * @param jvm options of the JVM
 * @param subjects those that are measured in every round; each is the first argument of the program
 * @param peers those that are measured in the first round only; they are in the table but have no target
 * @param arguments the further arguments of the program
 * @param rounds how many rounds there are
 */
record Measure(
        String name,
        String program,
        List<String> jvm,
        List<String> subjects,
        List<String> peers,
        List<String> arguments,
        int rounds) {

    private static final int ROUNDS_OF_PEERS = 1;
    private static final List<String> SMALL = List.of("-XX:+UseG1GC", "-Xms1g", "-Xmx4g");
    private static final List<String> PARKS = List.of("vloop", "hand-written", "hand-written, parks");
    private static final List<String> PEERS = List.of("pool", "pool+virtual", "Spring", "coroutines");
    private static final List<String> EXACT =
            List.of("-XX:+UseG1GC", "-Xmx2g", "--add-opens", "java.base/java.lang=ALL-UNNAMED");

    /** {@return all measures} */
    static List<Measure> all() {
        return List.of(
                new Measure("first", "FirstTick", List.of(), PARKS, PEERS, List.of(), 15),
                new Measure("waiting", "Waiting", SMALL, PARKS, PEERS, List.of("100000"), 5),
                new Measure(
                        "ticking",
                        "Ticking",
                        SMALL,
                        List.of("vloop", "hand-written", "pool+virtual"),
                        List.of("vloop+listener", "hand-written, parks", "pool", "Spring", "coroutines"),
                        List.of("100000", "5", "10"),
                        5),
                new Measure(
                        "timeouts",
                        "Ticking",
                        SMALL,
                        List.of("vloop", "vloop+timeout"),
                        List.of(),
                        List.of("10000", "35", "10"),
                        3),
                size(1_000),
                size(10_000),
                size(100_000),
                new Measure(
                        "metrics",
                        "Ticking",
                        SMALL,
                        List.of("vloop", "vloop+metrics"),
                        List.of("vloop+listener"),
                        List.of("10000", "10", "10"),
                        3),
                new Measure(
                        "iteration",
                        "Iterating",
                        SMALL,
                        List.of("vloop", "vloop, no JFR", "vloopListener"),
                        List.of("vloopMisses", "handWritten", "vloopForks", "handWrittenForks"),
                        List.of("500", "4"),
                        5),
                new Measure(
                        "dashboard",
                        "Watching",
                        SMALL,
                        List.of("none", "history", "page", "open"),
                        List.of(),
                        List.of("10000", "10", "10"),
                        3),
                virtual("virtual-day", "1", "86400", "20"),
                virtual("virtual-1000", "1000", "1000", "5"),
                new Measure(
                        "deep-day",
                        "DeepDays",
                        EXACT,
                        List.of("iteration.sleep", "iteration.sleep, agent", "Thread.sleep and Instant.now, agent"),
                        List.of(),
                        List.of("86400", "20"),
                        5),
                new Measure(
                        "clock-outside",
                        "ClockOutside",
                        EXACT,
                        List.of("no test", "no test, agent", "beside a test, agent"),
                        List.of(),
                        List.of("10000000", "10"),
                        5),
                growth(1_000, 5),
                growth(10_000, 5),
                growth(100_000, 3),
                growth(1_000_000, 1),
                new Measure("million", "Million", SMALL, List.of("vloop"), List.of(), List.of("1000000", "30"), 1));
    }

    /** What a tick costs and how late it is, with each collector. */
    private static Measure size(int loops) {
        List<String> subjects = new ArrayList<>();
        for (String collector : List.of("G1", "ZGC", "Parallel")) {
            for (String contender : List.of("vloop", "hand-written", "pool+virtual", "Spring", "coroutines")) {
                subjects.add(contender + ", " + collector);
            }
        }
        return new Measure(
                "size-" + loops,
                "Ticking",
                List.of("-Xms1g", "-Xmx4g"),
                List.copyOf(subjects),
                List.of(),
                List.of(Integer.toString(loops), "5", "8"),
                1);
    }

    private static Measure virtual(String name, String... arguments) {
        return new Measure(
                name,
                "VirtualDays",
                EXACT,
                List.of("vloop, cooperative", "vloop, exact", "coroutines-test"),
                List.of("vloop, cooperative, one carrier", "Reactor", "jMock"),
                List.of(arguments),
                5);
    }

    private static Measure growth(int loops, int rounds) {
        return new Measure(
                "growth-" + loops,
                "Waiting",
                SMALL,
                List.of("vloop", "hand-written", "hand-written, parks", "pool"),
                List.of(),
                List.of(Integer.toString(loops)),
                rounds);
    }

    /** {@return the subjects and peers of a round, in the order in which they run; it changes, so that none is always the first} */
    List<String> inRound(int round) {
        List<String> all = new ArrayList<>(subjects);
        if (round < ROUNDS_OF_PEERS) {
            all.addAll(peers);
        }
        if (round % 2 == 1) {
            Collections.reverse(all);
        }
        return all;
    }

    /** {@return the same measure, but so short that it only shows that it runs} */
    Measure quick() {
        List<String> few = switch (program) {
            case "Waiting" -> List.of("500");
            case "Ticking" -> List.of("500", "2", "1");
            case "Watching" -> List.of("500", "2", "1");
            case "Iterating" -> List.of("50", "1");
            case "VirtualDays" -> List.of("10", "100", "1");
            case "DeepDays" -> List.of("100", "1");
            case "ClockOutside" -> List.of("1000", "1");
            case "Million" -> List.of("1000", "1");
            default -> arguments;
        };
        return new Measure(name, program, jvm, subjects, peers, few, 1);
    }
}
