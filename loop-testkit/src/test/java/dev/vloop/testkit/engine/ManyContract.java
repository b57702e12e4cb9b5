package dev.vloop.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.spi.Host;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Exactness over many repetitions, seeds, and tests in parallel, in both engines. */
abstract class ManyContract extends OutsideContract {
    private static final int MANY = 20_000;

    private int wrong;

    private void expect(long nanos) {
        if (host.nanoTime() != nanos) {
            wrong++;
        }
    }

    @Test
    void twenty_thousand_hand_overs_are_seen_at_the_right_time() {
        Thread[] partner = new Thread[2];
        AtomicInteger turn = new AtomicInteger();
        for (int k = 0; k < 2; k++) {
            int me = k;
            partner[k] = start("p" + k, () -> {
                for (int i = 0; i < MANY; i++) {
                    while (turn.get() != me) {
                        host.park(Host.NEVER);
                    }
                    expect((me == 0 ? i : i + 1L) * S);
                    if (me == 0) {
                        sleep(1);
                    }
                    turn.set(1 - me);
                    host.unpark(partner[1 - me]);
                }
            });
        }
        advance(MANY + 1);
        assertThat(wrong).isZero();
        assertThat(host.liveThreads()).isZero();
    }

    @Test
    void twenty_thousand_cancels_at_a_deadline_wake_each_sleeper_once() {
        int[] slept = new int[2];
        for (int i = 0; i < MANY; i++) {
            long deadline = (i + 1) * S;
            boolean first = i % 2 == 0;
            Thread[] sleeper = new Thread[1];
            if (first) {
                host.alarm(deadline, () -> host.interrupt(sleeper[0]));
            }
            sleeper[0] = host.newThread("sleeper", () -> {
                try {
                    host.sleepUntil(deadline);
                    slept[0]++;
                } catch (InterruptedException e) {
                    slept[1]++;
                }
                expect(deadline);
            });
            sleeper[0].start();
            settle();
            if (!first) {
                host.alarm(deadline, () -> host.interrupt(sleeper[0]));
            }
            host.advanceTo(deadline);
        }
        assertThat(wrong).isZero();
        assertThat(slept[0]).isEqualTo(MANY / 2);
        assertThat(slept[1]).isEqualTo(MANY / 2);
        assertThat(host.nextDeadline()).isEqualTo(Host.NEVER);
    }

    @Test
    void twenty_thousand_scope_joins_are_seen_at_the_right_time() {
        start("owner", () -> {
            Thread owner = Thread.currentThread();
            for (int i = 0; i < MANY; i++) {
                long start = host.nanoTime();
                AtomicInteger left = new AtomicInteger(2);
                try (ExecutorService scope =
                        Executors.newThreadPerTaskExecutor(body -> host.newThread("child", body))) {
                    for (int k = 1; k <= 2; k++) {
                        long end = start + k * S;
                        scope.execute(() -> {
                            try {
                                host.sleepUntil(end);
                            } catch (InterruptedException e) {
                                wrong++;
                            }
                            if (left.decrementAndGet() == 0) {
                                host.unpark(owner);
                            }
                        });
                    }
                    while (left.get() > 0) {
                        host.park(Host.NEVER);
                    }
                }
                expect(start + 2 * S);
            }
        });
        advance(2L * MANY);
        assertThat(wrong).isZero();
        assertThat(host.liveThreads()).isZero();
        assertThat(host.nanoTime()).isEqualTo(2L * MANY * S);
    }

    /** {@return the order in which ten threads act that are due at the same instants} */
    List<Integer> interleaving(long seed) {
        VirtualHost seeded = create(settings().withSeed(seed));
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        for (int k = 0; k < 10; k++) {
            int me = k;
            seeded.newThread("t" + k, () -> {
                        try {
                            for (int i = 1; i <= 3; i++) {
                                order.add(me);
                                seeded.sleepUntil(i * S);
                                seeded.sleepUntil(i * S);
                            }
                        } catch (InterruptedException e) {
                            order.add(-1);
                        }
                    })
                    .start();
        }
        seeded.advanceTo(4 * S);
        seeded.close();
        return order;
    }

    @Test
    void a_thousand_seeds_give_many_interleavings_and_each_replays() {
        Set<List<Integer>> seen = new HashSet<>();
        for (long seed = 0; seed < 1_000; seed++) {
            List<Integer> once = interleaving(seed);
            assertThat(interleaving(seed)).as("seed %d", seed).isEqualTo(once);
            seen.add(once);
        }
        assertThat(seen).hasSizeGreaterThan(990);
    }

    /** Two threads that check, wait and then act. {@return how many of them acted} In some orders that is one too many. */
    int withdrawn(HostSettings settings) {
        VirtualHost bank = create(settings);
        int[] balance = {1};
        int[] paid = {0};
        for (int k = 0; k < 2; k++) {
            long begin = k + 1L;
            bank.newThread("customer" + k, () -> {
                        try {
                            bank.sleepUntil(begin * S);
                            boolean enough = balance[0] > 0;
                            bank.sleepUntil(2 * S);
                            if (enough) {
                                balance[0]--;
                                paid[0]++;
                            }
                        } catch (InterruptedException e) {
                            paid[0] = -1;
                        }
                    })
                    .start();
        }
        bank.advanceTo(3 * S);
        bank.close();
        return paid[0];
    }

    @Test
    void a_check_then_act_bug_is_found_by_some_seed() {
        long found = 0;
        for (long seed = 0; seed < 100; seed++) {
            found += withdrawn(settings().withSeed(seed)) == 2 ? 1 : 0;
        }
        assertThat(found).isBetween(1L, 99L);
    }

    @Test
    void sixty_four_tests_in_parallel_do_not_see_each_other() throws Exception {
        List<Integer> expected = interleaving(7);
        List<Future<List<Integer>>> results = new ArrayList<>();
        try (ExecutorService tests = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 64; i++) {
                results.add(tests.submit(() -> interleaving(7)));
            }
            for (Future<List<Integer>> result : results) {
                assertThat(result.get()).isEqualTo(expected);
            }
        }
    }

    @Test
    void a_day_of_a_loop_of_one_second_passes() {
        int[] count = {0};
        start("loop", () -> {
            for (; ; ) {
                sleep(1);
                count[0]++;
            }
        });
        long real = System.nanoTime();
        advance(86_400);
        System.out.printf("%s: a day in %d ms%n", host.engine(), (System.nanoTime() - real) / 1_000_000);
        assertThat(count[0]).isEqualTo(86_400);
        real = System.nanoTime();
        advance(86_400);
        System.out.printf("%s: the next day in %d ms%n", host.engine(), (System.nanoTime() - real) / 1_000_000);
    }

    @Test
    void a_thousand_loops_go_round_a_thousand_times() {
        int[] count = {0};
        for (int i = 0; i < 1_000; i++) {
            start("loop" + i, () -> {
                for (int k = 0; k < 1_000; k++) {
                    sleep(1);
                    count[0]++;
                }
            });
        }
        long real = System.nanoTime();
        advance(1_000);
        System.out.printf("%s: a thousand loops in %d ms%n", host.engine(), (System.nanoTime() - real) / 1_000_000);
        assertThat(count[0]).isEqualTo(1_000_000);
    }
}
