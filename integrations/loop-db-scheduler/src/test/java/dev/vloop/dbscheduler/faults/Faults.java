package dev.vloop.dbscheduler.faults;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Does to three instances what happens to real ones, and counts what came of it. Arguments: {@code short}, {@code full} or
 * {@code skew}, and a folder. */
public final class Faults {
    private static final long LEASE = 2_000;

    private final Machine machine;
    private final Counts counts;

    private Faults(Machine machine) {
        this.machine = machine;
        this.counts = new Counts(machine, LEASE);
    }

    public static void main(String[] args) throws Exception {
        Path folder = Files.createDirectories(Path.of(args[1]).toAbsolutePath());
        List<String> broken;
        try (Machine machine = new Machine(folder, LEASE)) {
            Faults faults = new Faults(machine);
            for (String name : List.of("a", "b", "c")) {
                machine.start(name);
            }
            Thread.sleep(6_000);
            switch (args[0]) {
                case "full" -> faults.full();
                case "skew" -> faults.phase("skew", faults::skew);
                default -> faults.brief();
            }
            faults.end();
            broken = faults.counts.report();
        }
        broken.forEach(promise -> System.out.println("BROKEN: " + promise));
        System.out.println(broken.isEmpty() ? "all promises hold" : broken.size() + " promises are broken");
        System.exit(broken.isEmpty() ? 0 : 1);
    }

    private void brief() throws Exception {
        phase("kill", () -> kill(5));
        phase("stop", () -> stop(1));
        phase("database", () -> database(6_000));
    }

    private void full() throws Exception {
        phase("kill", () -> kill(20));
        phase("stop", () -> stop(4));
        phase("skew", this::skew);
        phase("database", () -> database(20_000));
        phase("down", this::down);
        phase("roll", this::roll);
    }

    private interface Phase {
        void run() throws Exception;
    }

    private void phase(String name, Phase phase) throws Exception {
        Instant begin = machine.now();
        phase.run();
        counts.add(name, begin, machine.now());
    }

    private void kill(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            machine.sleep(2_000, 4_000);
            String victim = machine.victim();
            machine.kill(victim);
            Thread.sleep(1_000);
            machine.start(victim);
        }
        Thread.sleep(8_000);
    }

    private void stop(int times) throws Exception {
        for (int i = 0; i < times; i++) {
            Thread.sleep(3_000);
            machine.suspend(machine.victim(), LEASE * 5 / 2);
        }
        Thread.sleep(8_000);
    }

    private void restartAll(String... offsets) throws Exception {
        for (String name : machine.instances()) {
            machine.kill(name);
        }
        List<String> names = List.of("a", "b", "c");
        for (int i = 0; i < names.size(); i++) {
            machine.start(names.get(i), offsets.length == 0 ? null : offsets[i]);
        }
    }

    private void skew() throws Exception {
        restartAll("+5s", "-5s", "+0s");
        machine.awaitSlots(40);
        restartAll();
        Thread.sleep(8_000);
    }

    private void database(long away) throws Exception {
        machine.stopDatabase();
        Thread.sleep(away);
        machine.startDatabase();
        Thread.sleep(20_000);
    }

    private void down() throws Exception {
        for (String name : machine.instances()) {
            machine.kill(name);
        }
        Instant from = machine.now();
        Thread.sleep(23_000);
        counts.downFrom(from, machine.now());
        restartAll();
        Thread.sleep(20_000);
    }

    /** A body that still ran while the ticks are counted would look like one that was cut. */
    private void end() throws Exception {
        for (String name : machine.instances()) {
            terminate(name);
        }
    }

    private void terminate(String name) throws InterruptedException {
        if (!machine.terminate(name)) {
            counts.broken(name + " did not end within 20 s after SIGTERM");
        }
    }

    private void roll() throws Exception {
        for (String name : machine.instances()) {
            String fresh = name + "2";
            machine.start(fresh);
            Thread.sleep(3_000);
            terminate(name);
            Thread.sleep(3_000);
        }
    }
}
