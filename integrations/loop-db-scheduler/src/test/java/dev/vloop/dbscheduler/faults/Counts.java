package dev.vloop.dbscheduler.faults;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts what came of the faults, and says which promises are broken. The promises are those of docs/cluster.md. */
final class Counts {
    /** How exactly an instance knows the database's clock. */
    private static final Duration EARLY = Duration.ofMillis(50);

    /** How long a process that was resumed may take for what it had begun before. */
    private static final Duration RESUMED = Duration.ofSeconds(1);

    private final Machine machine;
    private final long lease;
    private final List<Phase> phases = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();
    private @Nullable Phase down;

    private record Phase(String name, Instant begin, Instant end) {
        boolean has(Instant time) {
            return !time.isBefore(begin) && time.isBefore(end);
        }
    }

    Counts(Machine machine, long lease) {
        this.machine = machine;
        this.lease = lease;
    }

    void add(String phase, Instant begin, Instant end) {
        phases.add(new Phase(phase, begin, end));
    }

    void downFrom(Instant begin, Instant end) {
        down = new Phase("down", begin, end);
    }

    void broken(String promise) {
        broken.add(promise);
    }

    private void promise(boolean holds, String promise) {
        if (!holds) {
            broken.add(promise);
        }
    }

    /** Prints the counts. {@return the promises that are broken} */
    List<String> report() throws Exception {
        Map<String, List<Tick>> loops = new TreeMap<>();
        try (Connection connection = machine.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select * from tick order by id")) {
            while (rows.next()) {
                Tick tick = Tick.read(rows);
                loops.computeIfAbsent(tick.loop(), name -> new ArrayList<>()).add(tick);
            }
        }
        promise(loops.size() == 8, "only these loops have run: " + loops.keySet());
        System.out.printf(
                Locale.ROOT,
                "%-9s %-17s %5s %5s %5s %5s %8s %5s %7s %9s %7s %7s%n",
                "phase",
                "loop",
                "slots",
                "never",
                "twice",
                "early",
                "overlaps",
                "cut",
                "again",
                "takeover",
                "p50 ms",
                "max ms");
        for (Phase phase : phases) {
            loops.forEach((name, ticks) -> count(phase, name, ticks));
        }
        loops.forEach(this::tokens);
        if (down != null) {
            loops.forEach((name, ticks) -> madeUp(name, ticks, java.util.Objects.requireNonNull(down)));
        }
        return broken;
    }

    private void count(Phase phase, String loop, List<Tick> all) {
        boolean letGo = loop.endsWith("let_go");
        boolean runsAll = loop.startsWith("second") || loop.startsWith("times");
        Map<Instant, List<Tick>> slots = new TreeMap<>();
        all.forEach(tick ->
                slots.computeIfAbsent(tick.slot(), slot -> new ArrayList<>()).add(tick));
        List<Instant> grid = grid(
                loop, slots.keySet().iterator().next(), all.get(all.size() - 1).slot());
        long never = 0;
        long unfinished = 0;
        long twice = 0;
        long expected = 0;
        for (Instant slot : grid) {
            if (!phase.has(slot)) {
                continue;
            }
            expected++;
            List<Tick> ran = slots.getOrDefault(slot, List.of());
            never += ran.isEmpty() ? 1 : 0;
            unfinished += !ran.isEmpty() && ran.stream().noneMatch(Tick::done) ? 1 : 0;
            twice += ran.stream().map(Tick::token).distinct().count() > 1 ? 1 : 0;
        }
        List<Tick> within = all.stream().filter(tick -> phase.has(tick.began())).toList();
        long early = within.stream()
                .filter(tick -> tick.began().isBefore(tick.slot().minus(EARLY)))
                .count();
        long cut = within.stream().filter(tick -> !tick.done()).count();
        long again = within.stream().filter(Tick::again).count();
        long overlaps = overlaps(within);
        long takeover = takeover(within, all);
        List<Long> late = within.stream()
                .map(tick -> Duration.between(tick.slot(), tick.began()).toMillis())
                .sorted()
                .toList();
        System.out.printf(
                Locale.ROOT,
                "%-9s %-17s %5d %5d %5d %5d %8d %5d %7d %9s %7s %7s%n",
                phase.name(),
                loop,
                expected,
                never,
                twice,
                early,
                overlaps,
                cut,
                again,
                takeover < 0 ? "-" : takeover + " ms",
                late.isEmpty() ? "-" : late.get(late.size() / 2),
                late.isEmpty() ? "-" : late.get(late.size() - 1));
        String where = phase.name() + ", " + loop + ": ";
        promise(early == 0, where + early + " began early");
        promise(
                !slots.keySet().stream().anyMatch(slot -> !grid.contains(slot)),
                where + "slots that the schedule does not have");
        promise(!letGo || twice == 0, where + twice + " slots that are let go began twice");
        promise(letGo || !runsAll || never == 0, where + never + " slots never ran");
        promise(letGo || unfinished == 0, where + unfinished + " slots never came to their end");
        boolean suspended = phase.name().equals("stop") || phase.name().equals("database");
        promise(suspended || overlaps == 0, where + overlaps + " bodies overlap without a suspend");
        promise(
                letGo || !phase.name().equals("kill") || takeover <= lease * 3 / 2 + 1_000,
                where + "take-over took " + takeover + " ms");
        promise(!phase.name().equals("roll") || cut == 0 && twice == 0, where + cut + " cut, " + twice + " twice");
    }

    private static List<Instant> grid(String loop, Instant first, Instant last) {
        List<Instant> grid = new ArrayList<>();
        for (Instant slot = first; slot.isBefore(last); slot = slot.plusSeconds(loop.startsWith("second") ? 1 : 5)) {
            grid.add(slot);
        }
        grid.add(last);
        return grid;
    }

    /** How often a body began while one of another process ran. A body whose process was killed ends with it. */
    private long overlaps(List<Tick> ticks) {
        long overlaps = 0;
        for (int i = 0; i < ticks.size(); i++) {
            Instant end = end(ticks.get(i));
            for (int j = i + 1; j < ticks.size() && ticks.get(j).began().isBefore(end); j++) {
                overlaps += ticks.get(j).pid() == ticks.get(i).pid() ? 0 : 1;
            }
        }
        return overlaps;
    }

    private Instant end(Tick tick) {
        Instant ended = tick.ended();
        if (ended != null) {
            return ended;
        }
        return machine.killed.getOrDefault(tick.pid(), tick.began().plusMillis(500));
    }

    /**
     * The longest time from a kill to the next begin of the loop elsewhere, in milliseconds; -1 if none was killed. If the slot was let go, that
     * is the next slot, which may be later than the take-over.
     */
    private long takeover(List<Tick> within, List<Tick> all) {
        long longest = -1;
        for (Tick cut : within) {
            Instant death = cut.ended() == null ? machine.killed.get(cut.pid()) : null;
            if (death == null || Duration.between(cut.began(), death).toMillis() > 1_000) {
                continue;
            }
            for (Tick next : all) {
                if (next.began().isAfter(death) && next.pid() != cut.pid()) {
                    longest = Math.max(
                            longest, Duration.between(death, next.began()).toMillis());
                    break;
                }
            }
        }
        return longest;
    }

    private void tokens(String loop, List<Tick> ticks) {
        long largest = 0;
        for (Tick tick : ticks) {
            promise(
                    tick.token() > largest || slept(tick),
                    loop + ": token " + tick.token() + " after " + largest + " in process " + tick.pid());
            largest = Math.max(largest, tick.token());
        }
    }

    /**
     * {@return whether a body's process stood still between its slot and its begin} Such a body comes late with its old token: nothing can tell it
     * before that its lease is over. The larger token is there for that case.
     */
    private boolean slept(Tick tick) {
        return machine.suspensions.stream()
                .anyMatch(suspension -> suspension.pid() == tick.pid()
                        && tick.slot().isBefore(suspension.to())
                        && tick.began().isAfter(suspension.from())
                        && tick.began().isBefore(suspension.to().plus(RESUMED)));
    }

    /** What came of the slots while no instance lived. */
    private void madeUp(String loop, List<Tick> ticks, Phase away) {
        long made = ticks.stream()
                .filter(tick -> away.has(tick.slot()) && !tick.began().isBefore(away.end()))
                .map(Tick::slot)
                .distinct()
                .count();
        System.out.println("all down: " + loop + " made up for " + made);
        long due = Duration.between(away.begin(), away.end()).toSeconds();
        promise(
                !loop.startsWith("second") || made >= due - 2,
                loop + " made up for " + made + " slots of " + due + " s");
        promise(
                !loop.startsWith("times") || made >= due / 5 - 1,
                loop + " made up for " + made + " slots of " + due + " s");
        promise(!loop.startsWith("once") || made <= 1, loop + " made up for " + made);
        promise(!loop.startsWith("skip") || made <= 1, loop + " made up for " + made);
    }
}
