package dev.vloop.deep;

import static dev.vloop.testkit.LoopAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.testkit.TestLoops;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** For tests of code that knows nothing of virtual time. None of them may take long, whatever virtual time they play. */
abstract class DeepFixture {
    private static final Duration LIMIT = Duration.ofSeconds(30); // Mockito attaches itself, and machines are busy

    /** What loops have said. */
    final List<String> said = Collections.synchronizedList(new ArrayList<>());

    private long began;

    /** The body of a loop. */
    interface Body {
        void run() throws Exception;
    }

    @BeforeEach
    void begin() throws Exception {
        began = Outside.nanoTime();
    }

    @AfterEach
    void tookNoRealTime() throws Exception {
        assertThat(Duration.ofNanos(Outside.nanoTime() - began)).isLessThan(LIMIT);
    }

    /** Runs a body once, on a loop. {@return how long it took in virtual time} */
    static Duration takes(TestLoops loops, Body body) {
        AtomicReference<Duration> took = new AtomicReference<>();
        Loop loop = loops.loop("body-" + loops.loops().size())
                .every(Duration.ofHours(1))
                .count(1)
                .start(it -> {
                    Duration before = loops.elapsed();
                    body.run();
                    took.set(loops.elapsed().minus(before));
                });
        assertThat(loops.awaitEnd(loop)).isCompleted();
        return took.get();
    }
}
