package dev.vloop.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import dev.vloop.vthreads.VirtualLoops;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A history keeps the text of failures, and neither their exceptions nor loops that are gone. */
@Tag("real-time")
class ForgottenLoopsTest {
    private final Logger logger = Logger.getLogger("dev.vloop");
    private final LoopHistory history = new LoopHistory();

    @AfterEach
    void speakAgain() {
        logger.setLevel(null);
    }

    @Test
    void loops_that_have_failed_and_were_removed_leave_no_object_of_theirs() throws Exception {
        logger.setLevel(Level.OFF);
        List<WeakReference<?>> gone = new ArrayList<>();
        try (LoopRuntime loops = VirtualLoops.builder().listener(history).create()) {
            Loop stays = loops.loop("stays").every(Duration.ofHours(1)).start(it -> {});
            for (int i = 0; i < 200; i++) {
                failAndRemove(loops, i, gone);
            }
            assertThat(history.size()).isOne();
            assertThat(history.of(stays)).isNotNull();
            assertThat(gone).hasSize(400).allMatch(ForgottenLoopsTest::isCollected);
        }
    }

    private static void failAndRemove(LoopRuntime loops, int number, List<WeakReference<?>> gone) throws Exception {
        IllegalStateException failure = new IllegalStateException("number " + number);
        Loop loop = loops.loop("loop " + number).every(Duration.ofHours(1)).start(it -> {
            throw failure;
        });
        if (number % 2 == 0) {
            loop.join(); // others are removed while they run
        }
        loop.remove();
        loop.join();
        gone.add(new WeakReference<>(loop));
        gone.add(new WeakReference<>(failure));
    }

    private static boolean isCollected(WeakReference<?> reference) {
        for (int i = 0; i < 100 && reference.get() != null; i++) {
            System.gc();
        }
        return reference.get() == null;
    }
}
