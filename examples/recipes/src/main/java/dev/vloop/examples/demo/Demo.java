package dev.vloop.examples.demo;

import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import dev.vloop.dashboard.LoopDashboard;
import dev.vloop.dashboard.LoopHistory;
import dev.vloop.vthreads.VirtualLoops;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs a bot for 20 seconds, or until Ctrl-C. Its server is down at first and fails later, its database gets locked, and in the end its
 * loops are cancelled. Still every message that the server produced is written exactly once. The exit code says whether this is true.
 * Meanwhile a web page shows the loops, and can pause and trigger them; {@code -Ddemo.seconds=600} leaves time to look at it.
 */
public final class Demo {
    private static final Duration SERVER_DOWN = Duration.ofMillis(2_200);
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Path folder;
    private final Store store;
    private final FlakyServer server = new FlakyServer();
    private final Batch batch;
    private final Screen screen;
    private final LoopRuntime loops;
    private final LoopDashboard page;
    private final List<Loop> started;
    private final AtomicBoolean ending = new AtomicBoolean();

    /** Null until the summary is printed. Guarded by this. */
    private @Nullable Integer exitCode;

    private Demo() throws IOException, SQLException {
        folder = Files.createTempDirectory("vloop-demo");
        store = new Store(folder);
        batch = new Batch(server.uri(), store);
        screen = Terminal.screen(InstantSource.system());
        LogLines.install(screen);
        LoopHistory history = new LoopHistory();
        loops = VirtualLoops.builder()
                .name("bot")
                .listener(new Events(screen))
                .listener(history)
                .create();
        page = LoopDashboard.builder(loops).history(history).start();
        screen.note("demo", VirtualLoops.scopes());
        screen.print("a page of these loops, which you can control there:\n  " + page.link());
        Runtime.getRuntime().addShutdownHook(new Thread(this::tellOfSignal));
        started = new Bot(loops, batch, store, screen).start();
        loops.shutdownOnExit(GRACE, () -> Runtime.getRuntime().halt(finish()));
    }

    /** Runs the demo. The system property {@code demo.seconds} is its length: at least 3, by default 20. */
    public static void main(String[] args) throws Exception {
        LogLines.outliveShutdown();
        System.exit(new Demo().run(Duration.ofSeconds(Math.max(3, Integer.getInteger("demo.seconds", 20)))));
    }

    private int run(Duration length) throws Exception {
        if (screen instanceof LiveScreen live) {
            live.show(started);
        }
        screen.note("demo", "the server is down, Ctrl-C ends the demo early");
        loops.clock().sleep(SERVER_DOWN);
        server.goUp();
        screen.good("demo", "the server is up");
        loops.clock().sleep(length.minus(SERVER_DOWN));
        if (ending.compareAndSet(false, true)) {
            screen.note("demo", "time is over: all loops are cancelled");
        }
        loops.close();
        return finish();
    }

    private void tellOfSignal() {
        if (ending.compareAndSet(false, true)) {
            screen.note("demo", "asked to end: all loops are stopped, and cancelled after " + GRACE.toSeconds() + " s");
        }
    }

    /** Prints the summary and cleans up, when all loops are over. {@return the exit code} */
    private synchronized int finish() {
        if (exitCode != null) {
            return exitCode;
        }
        int code = 1;
        try (store;
                server;
                page) {
            code = summary();
        } catch (SQLException e) {
            screen.error("demo", "could not count: " + e);
        }
        screen.close();
        deleteFolder();
        exitCode = code;
        return code;
    }

    private int summary() throws SQLException {
        long produced = server.produced();
        long arrived = batch.arrived();
        long rows = store.rows();
        long written = store.different();
        long lost = arrived - written;
        long duplicates = rows - written;
        screen.close();
        screen.print(String.format(
                Locale.ROOT,
                """

                %s
                server    %s
                messages  %d produced = %d written + %d that the server still has; %d duplicates, %d lost
                %.1f s: %s""",
                LoopTable.last(started),
                server.summary(),
                produced,
                written,
                produced - arrived,
                duplicates,
                lost,
                Screen.seconds(screen.sinceStart()),
                verdict(lost, duplicates)));
        return lost == 0 && duplicates == 0 ? 0 : 1;
    }

    static String verdict(long lost, long duplicates) {
        if (lost == 0) {
            return duplicates == 0 ? "nothing was lost" : "SOMETHING WAS WRITTEN TWICE";
        }
        return duplicates == 0 ? "SOMETHING WAS LOST" : "SOMETHING WAS LOST, AND SOMETHING WRITTEN TWICE";
    }

    private void deleteFolder() {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            screen.error("demo", "left " + folder + " behind: " + e);
        }
    }
}
