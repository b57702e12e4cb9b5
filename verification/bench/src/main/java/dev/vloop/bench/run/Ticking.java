package dev.vloop.bench.run;

import com.sun.management.OperatingSystemMXBean;
import dev.vloop.bench.peers.Contender;
import dev.vloop.bench.peers.Contenders;
import java.lang.management.ManagementFactory;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Lets loops tick once a second, and measures what a tick costs and how late it is. Arguments: contender, loops, seconds to settle,
 * seconds to measure.
 *
 * <p>Each loop begins after a random delay. If all ticked at the same time, the lateness would show how fast a burst is worked off.
 */
final class Ticking {
    private static final long PERIOD = TimeUnit.SECONDS.toNanos(1);

    private Ticking() {}

    public static void main(String[] args) throws Exception {
        int loops = Integer.parseInt(args[1]);
        Contender contender = Contenders.of(args[0], loops);
        Lateness lateness = new Lateness();
        Random random = new Random(42);
        Tick[] ticks = new Tick[loops];
        for (int i = 0; i < loops; i++) {
            ticks[i] = new Tick(lateness, PERIOD);
        }
        long before = Heap.live();
        for (int i = 0; i < loops; i++) {
            contender.start(i, random.nextLong(PERIOD), PERIOD, ticks[i]);
        }
        Thread.sleep(TimeUnit.SECONDS.toMillis(Long.parseLong(args[2])));

        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        lateness.begin();
        long cpu = system.getProcessCpuTime();
        long start = System.nanoTime();
        Thread.sleep(TimeUnit.SECONDS.toMillis(Long.parseLong(args[3])));
        double seconds = (System.nanoTime() - start) / 1e9;
        cpu = system.getProcessCpuTime() - cpu;
        lateness.end();

        Result.tell("cpu", cpu / 1e3 / lateness.count());
        Result.tell("ticks", lateness.count() / seconds / loops);
        Result.tell("p50", lateness.quantile(0.5));
        Result.tell("p99", lateness.quantile(0.99));
        Result.tell("p99.9", lateness.quantile(0.999));
        Result.tell("max", lateness.quantile(1));
        Result.tell("heap", (double) (Heap.live() - before) / loops);
        System.exit(0);
    }
}
