import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Plants faults one at a time, and says which of them the tests notice. It works in a copy of the project, which scripts/mutants.sh makes.
 * That script also says how to call it; *.faults beside this file are the faults, and {@link Fault} says how they are written.
 */
final class Mutants {
    private final Copy copy;
    private final Trial trial;

    /** For each fault a line, in the order in which they were tried. */
    private final List<String> report = new ArrayList<>();

    private final List<Fault> survivors = new ArrayList<>();
    private final List<Fault> wrong = new ArrayList<>();
    private int noticed;

    private Mutants(Copy copy) {
        this.copy = copy;
        this.trial = new Trial(copy);
    }

    public static void main(String[] arguments) throws Exception {
        Path root = Path.of(arguments[0]);
        List<String> names = new ArrayList<>();
        boolean check = false;
        boolean list = false;
        boolean baseline = true;
        int parallel = 1;
        for (int i = 1; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--check" -> check = true;
                case "--list" -> list = true;
                case "--no-baseline" -> baseline = false;
                case "-j" -> parallel = Integer.parseInt(arguments[++i]);
                default -> names.add(arguments[i]);
            }
        }
        Copy copy = new Copy(root);
        List<Fault> all = Fault.readAll(copy.file("verification/mutants"));
        List<Fault> chosen = choose(all, names);
        if (list) {
            chosen.forEach(fault -> System.out.println(fault.title()));
            return;
        }
        Mutants mutants = new Mutants(copy);
        boolean fine = check ? mutants.check(chosen) : mutants.run(chosen, parallel, baseline);
        System.exit(fine ? 0 : 1);
    }

    /** A name is that of a fault, of a source file, or a number or a range of numbers, such as 10-20. */
    private static List<Fault> choose(List<Fault> all, List<String> names) {
        if (names.isEmpty()) {
            return all;
        }
        Set<Fault> chosen = new LinkedHashSet<>();
        for (String name : names) {
            List<Fault> found = all.stream().filter(fault -> fault.isCalled(name)).toList();
            if (found.isEmpty()) {
                throw new IllegalArgumentException("there is no fault " + name + " among 1-" + all.size());
            }
            chosen.addAll(found);
        }
        return List.copyOf(chosen);
    }

    /** Only looks whether each fault applies and compiles, and its tests exist. */
    private boolean check(List<Fault> faults) throws IOException {
        copy.compileMain();
        for (Fault fault : faults) {
            String error = plant(fault);
            if (error != null) {
                wrong.add(fault);
                System.out.println("WRONG    " + fault.title() + "\n" + error.indent(9));
            }
        }
        System.out.println((faults.size() - wrong.size()) + " of " + faults.size() + " faults apply and compile");
        return wrong.isEmpty();
    }

    /** {@return why the fault cannot be planted; null if it was} */
    private String plant(Fault fault) throws IOException {
        String unknown = copy.unknownTest(fault.tests());
        if (unknown != null) {
            return "there is no test " + unknown;
        }
        Path source = copy.source(fault.file());
        if (source == null) {
            return "there is no file " + fault.file();
        }
        String text;
        try {
            text = fault.plantIn(Files.readString(source));
        } catch (IllegalArgumentException e) {
            return e.getMessage();
        }
        return copy.compilePlanted(source, text, copy.planted(fault), fault.changesConstant());
    }

    private boolean run(List<Fault> faults, int parallel, boolean baseline) throws Exception {
        copy.compileMain();
        copy.compileTests();
        if (baseline) {
            List<String> red = trial.baseline(faults);
            if (!red.isEmpty()) {
                System.out.println("error: these tests fail without any fault:\n" + String.join("\n", red));
                return false;
            }
        }
        long began = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(parallel)) {
            List<Future<?>> running = new ArrayList<>();
            for (Fault fault : faults) {
                running.add(threads.submit(() -> {
                    tryOne(fault);
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
        return summary(faults, System.nanoTime() - began);
    }

    private void tryOne(Fault fault) throws Exception {
        long began = System.nanoTime();
        String error = plant(fault);
        String seenBy = error == null ? trial.firstFailure(fault) : null;
        String seconds = String.format("%5.1f s", (System.nanoTime() - began) / 1e9);
        synchronized (this) {
            if (error != null) {
                wrong.add(fault);
                say("WRONG    " + seconds + "  " + fault.title() + "\n" + error.indent(18));
            } else if (seenBy != null) {
                noticed++;
                say("noticed  " + seconds + "  " + fault.title() + "\n" + seenBy.indent(18).stripTrailing());
            } else {
                survivors.add(fault);
                say("SURVIVED " + seconds + "  " + fault.title()
                        + (fault.unseen() == null ? "" : "\n" + fault.unseen().indent(18).stripTrailing()));
            }
        }
    }

    private void say(String line) {
        report.add(line);
        System.out.println(line);
        System.out.flush();
    }

    private boolean summary(List<Fault> faults, long nanos) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add(String.format(
                "%d of %d faults were noticed (%.1f %%), %d survived, %d are wrong; %d s",
                noticed,
                faults.size(),
                100.0 * noticed / faults.size(),
                survivors.size(),
                wrong.size(),
                nanos / 1_000_000_000));
        survivors.forEach(fault -> lines.add("survived: " + fault.title()
                + (fault.unseen() == null ? "" : " [" + fault.unseen() + "]")));
        wrong.forEach(fault -> lines.add("wrong: " + fault.title()));
        lines.forEach(this::say);
        Files.write(copy.work().resolve("report.txt"), report);
        return wrong.isEmpty() && survivors.stream().allMatch(fault -> fault.unseen() != null);
    }
}
