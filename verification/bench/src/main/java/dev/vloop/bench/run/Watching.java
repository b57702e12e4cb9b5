package dev.vloop.bench.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import dev.vloop.LoopRuntime;
import dev.vloop.dashboard.LoopDashboard;
import dev.vloop.dashboard.LoopHistory;
import dev.vloop.vthreads.VirtualLoops;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Lets loops tick once a second, and measures what the page costs. Arguments: {@code none}, {@code history}, {@code page} (nobody looks) or
 * {@code open} (somebody looks at the list); loops; seconds to settle; seconds to measure.
 */
final class Watching {
    private static final long PERIOD = TimeUnit.SECONDS.toNanos(1);
    private static final int REQUESTS = 9;
    private static final String TOKEN = "the token of the benchmark";

    private Watching() {}

    public static void main(String[] args) throws Exception {
        String subject = args[0];
        int count = Integer.parseInt(args[1]);
        LoopHistory history = new LoopHistory();
        VirtualLoops.Builder builder = VirtualLoops.builder();
        LoopRuntime loops = (subject.equals("none") ? builder : builder.listener(history)).create();
        long before = Heap.live();
        LongAdder ticks = new LongAdder();
        Random random = new Random(42);
        for (int i = 0; i < count; i++) {
            loops.loop("loop " + i)
                    .kind("kind " + i % 10)
                    .every(Duration.ofNanos(PERIOD))
                    .initialDelay(Duration.ofNanos(random.nextLong(PERIOD)))
                    .start(it -> ticks.increment());
        }
        LoopDashboard page = subject.equals("page") || subject.equals("open")
                ? LoopDashboard.builder(loops).history(history).token(TOKEN).start()
                : null;
        AtomicLong received = new AtomicLong();
        if (page != null && subject.equals("open")) {
            look(page.uri(), received);
        }
        Thread.sleep(TimeUnit.SECONDS.toMillis(Long.parseLong(args[2])));

        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = system.getProcessCpuTime();
        long bytes = received.get();
        long ticked = ticks.sum();
        long start = System.nanoTime();
        Thread.sleep(TimeUnit.SECONDS.toMillis(Long.parseLong(args[3])));
        double seconds = (System.nanoTime() - start) / 1e9;
        cpu = system.getProcessCpuTime() - cpu;
        bytes = received.get() - bytes;
        ticked = ticks.sum() - ticked;

        Result.tell("cpu, % of a core", 100 * cpu / 1e9 / seconds);
        Result.tell("ticks", ticked / seconds / count);
        if (page != null) {
            if (subject.equals("open")) {
                Result.tell("updates, KB/s", bytes / 1e3 / seconds);
            }
            requests(page.uri());
        }
        Result.tell("heap", (double) (Heap.live() - before) / count);
        System.exit(0);
    }

    /** Listens to the list as a browser does, on a thread that only counts. */
    private static void look(URI page, AtomicLong received) throws IOException {
        Socket socket = ask(page, "/events");
        InputStream in = socket.getInputStream();
        Thread.ofPlatform().daemon().start(() -> {
            byte[] buffer = new byte[1 << 16];
            try {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    received.addAndGet(n);
                }
            } catch (IOException e) {
                throw new IllegalStateException("the page has hung up", e);
            }
        });
    }

    /** Asks for the list some times: how long until its last byte is there, and how many there are. */
    private static void requests(URI page) throws IOException {
        long[] took = new long[REQUESTS];
        int length = 0;
        for (int i = 0; i < took.length; i++) {
            long start = System.nanoTime();
            try (Socket socket = ask(page, "/")) {
                length = socket.getInputStream().readAllBytes().length;
            }
            took[i] = System.nanoTime() - start;
        }
        Arrays.sort(took);
        Result.tell("list, ms", took[took.length / 2] / 1e6);
        Result.tell("list, KB", length / 1e3);
    }

    private static Socket ask(URI page, String path) throws IOException {
        Socket socket = new Socket(page.getHost(), page.getPort());
        String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + TOKEN
                + "\r\nConnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(UTF_8));
        socket.getOutputStream().flush();
        return socket;
    }
}
