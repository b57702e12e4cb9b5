package dev.vloop.tests.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.CutSlots;
import dev.vloop.Iteration;
import dev.vloop.LoopRuntime;
import dev.vloop.MissedSlots;
import dev.vloop.testkit.Finding;
import dev.vloop.testkit.TestCluster;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Three instances of a loop every second for ten minutes. They are killed and started again, suspended, have wrong clocks, and lose their
 * store, in an order of a seed's; then the same with hundreds of seeds.
 */
@DisplayName("R40: what is promised under faults, whatever their order")
class FaultsTest {
    private static final int SEEDS = 200;

    /** For each slot how often it was begun by a claim, and how often it came to its end. */
    private final Map<Instant, int[]> slots = new TreeMap<>(); // threads of the test take turns

    private final List<String> wrong = new ArrayList<>();
    private long lastToken;

    @ParameterizedTest
    @EnumSource(CutSlots.class)
    void a_slot_is_never_lost_or_never_twice(CutSlots cut) {
        int cuts = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            slots.clear();
            lastToken = 0;
            run(seed, cut);
            for (Map.Entry<Instant, int[]> slot : slots.entrySet()) {
                int begun = slot.getValue()[0];
                int ended = slot.getValue()[1];
                cuts += begun > ended ? 1 : 0;
                if (cut == CutSlots.RUN_AGAIN ? ended == 0 : begun > 1) {
                    wrong.add("seed " + seed + ": " + slot.getKey() + " begun " + begun + ", ended " + ended);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(cuts).as("iterations that were cut").isGreaterThan(SEEDS);
    }

    private void run(int seed, CutSlots cut) {
        try (TestLoops loops =
                TestLoops.builder().seed(seed).tolerate(Finding.UNSEEN_FAILURE).create()) {
            TestCluster cluster = TestCluster.on(loops);
            Random random = new Random(seed);
            List<String> live = new ArrayList<>();
            int born = 0;
            for (int step = 0; step < 60; step++) {
                if (live.size() < 3) {
                    String name = "i" + born++;
                    live.add(name);
                    start(loops, cluster.instance(name), cut);
                }
                String one = live.get(random.nextInt(live.size()));
                switch (random.nextInt(6)) {
                    case 0 -> {
                        cluster.kill(one);
                        live.remove(one);
                    }
                    case 1 -> cluster.pause(one, Duration.ofMillis(random.nextInt(8_000)));
                    case 2 -> cluster.skew(one, Duration.ofMillis(random.nextInt(10_000) - 5_000));
                    case 3 -> cluster.storeDown(Duration.ofMillis(random.nextInt(6_000)));
                    default -> {}
                }
                loops.advance(Duration.ofMillis(random.nextInt(10_000)));
            }
            loops.advance(Duration.ofMinutes(5)); // all that was missed is made up for
            List<Instant> begun = List.copyOf(slots.keySet());
            Instant last = begun.get(begun.size() - 1);
            if (last.isBefore(loops.clock().instant().minusSeconds(2))) {
                wrong.add("seed " + seed + ": not caught up, " + last);
            }
            slots.remove(last); // it may be running
            for (Instant slot = begun.get(0); slot.isBefore(last); slot = slot.plusSeconds(1)) {
                slots.putIfAbsent(slot, new int[2]);
            }
        }
    }

    private void start(TestLoops loops, LoopRuntime runtime, CutSlots cut) {
        runtime.loop("job")
                .every(Duration.ofSeconds(1))
                .missed(MissedSlots.RUN_ALL)
                .oncePerCluster(cut)
                .start(it -> body(loops, it));
    }

    private void body(TestLoops loops, Iteration it) throws InterruptedException {
        Instant slot = it.scheduledAt();
        slots.computeIfAbsent(slot, s -> new int[2])[0]++;
        if (slot.isAfter(loops.clock().instant())) {
            wrong.add(slot + " began early");
        }
        if (it.token() <= lastToken) {
            wrong.add(slot + " has token " + it.token() + " after " + lastToken);
        }
        lastToken = it.token();
        it.sleep(Duration.ofMillis(300));
        slots.get(slot)[1]++;
    }
}
