package dev.vloop.tests.support;

import dev.vloop.LoopBuilder;
import dev.vloop.LoopEnd;
import dev.vloop.LoopListener;
import dev.vloop.testkit.Finding;
import dev.vloop.testkit.TestLoops;
import dev.vloop.vthreads.VirtualLoops;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** A runtime in virtual time, and a score of what happened when. */
public abstract class VirtualTimeTest {
    /** When the runtime begins, on the wall clock. */
    protected static final Instant ORIGIN = Instant.parse("2000-01-01T00:00:00Z");

    protected final CapturedLog log = new CapturedLog();

    /** What was noted, each with the virtual second. */
    protected final List<String> events = Collections.synchronizedList(new ArrayList<>());

    protected final TestLoops loops;

    private @Nullable ListenerRelay relay;

    /** Without a listener but the testkit's own. */
    protected VirtualTimeTest() {
        this(builder -> {});
    }

    protected VirtualTimeTest(ListenerRelay relay) {
        this(builder -> builder.listener(relay));
        this.relay = relay;
    }

    protected VirtualTimeTest(Consumer<? super VirtualLoops.Builder> settings) {
        loops = TestLoops.builder()
                .startAt(ORIGIN)
                .settings(settings)
                .tolerate(Finding.UNSEEN_FAILURE, Finding.HOOK_FAILURE)
                .create();
    }

    /** Adds a listener, in a test that was made with a relay. */
    protected final void listen(LoopListener listener) {
        Objects.requireNonNull(relay, "relay").to(listener);
    }

    @AfterEach
    void closeRuntime() {
        try {
            loops.close();
        } finally {
            log.close();
        }
    }

    /** Adds {@code "what second"} to the events. */
    protected final void note(String what) {
        events.add(what + " " + now());
    }

    /** The virtual second, such as 0, 12 or 1.5. */
    protected final String now() {
        return BigDecimal.valueOf(loops.elapsed().toMillis(), 3)
                .stripTrailingZeros()
                .toPlainString();
    }

    /** A loop of one second that notes the second of each {@code body}, and {@code before} and {@code after}. */
    protected final LoopBuilder everySecond() {
        return noting().every(seconds(1));
    }

    /** A loop without a schedule that notes {@code before} and {@code after} with its end. */
    protected final LoopBuilder noting() {
        return loops.loop("job").beforeLoop(() -> note("before")).afterLoop(end -> note("after " + word(end)));
    }

    protected static String word(LoopEnd end) {
        return end.getClass().getSimpleName();
    }

    protected static Duration seconds(long seconds) {
        return Duration.ofSeconds(seconds);
    }

    protected static Duration millis(long millis) {
        return Duration.ofMillis(millis);
    }
}
