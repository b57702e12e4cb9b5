package dev.vloop.examples.demo;

import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import dev.vloop.vthreads.VirtualLoops;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** A screen for terminals. Events scroll above a table of the loops. A loop of another runtime redraws the table. */
final class LiveScreen extends Screen {
    private static final String ESC = "\u001b[";
    private static final String CLEAR_BELOW = ESC + "J";

    /** Hides the cursor and cuts long lines: the count of drawn lines would be wrong if a line wrapped. */
    private static final String BEGIN = ESC + "?25l" + ESC + "?7l";

    /** Shows the cursor and wraps lines again. */
    private static final String END = ESC + "?25h" + ESC + "?7h";

    private final boolean colours = System.getenv("NO_COLOR") == null;
    private final InstantSource clock;

    /** It does not keep the JVM alive: when the bot has ended, there is nothing to draw. */
    private final LoopRuntime loops =
            VirtualLoops.builder().name("screen").keepAlive(false).create();

    // guarded by lock
    private List<Loop> shown = List.of();
    private int drawn;

    LiveScreen(PrintStream out, InstantSource clock) {
        super(out, clock);
        this.clock = clock;
    }

    /** Begins to show the table of these loops. */
    void show(List<Loop> bot) {
        lock.lock();
        try {
            shown = List.copyOf(bot);
            write(BEGIN);
        } finally {
            lock.unlock();
        }
        loops.loop("redraw").every(Duration.ofMillis(200)).start(it -> print(""));
    }

    @Override
    void print(String text) {
        lock.lock();
        try {
            StringBuilder frame = new StringBuilder();
            if (drawn > 0) {
                frame.append('\r').append(ESC).append(drawn).append('A').append(CLEAR_BELOW);
            }
            if (!text.isEmpty()) {
                frame.append(text).append('\n');
            }
            drawn = 0;
            if (!shown.isEmpty()) {
                String table = "\n" + LoopTable.live(shown, clock.instant(), this::paint);
                drawn = (int) table.lines().count();
                frame.append(table);
            }
            write(frame.toString());
        } finally {
            lock.unlock();
        }
    }

    @Override
    String paint(String colour, String text) {
        return colours ? ESC + colour + "m" + text + ESC + "0m" : text;
    }

    /** Removes the table and restores the terminal. */
    @Override
    public void close() {
        loops.close();
        lock.lock();
        try {
            shown = List.of();
            print("");
            write(END);
        } finally {
            lock.unlock();
        }
    }
}
