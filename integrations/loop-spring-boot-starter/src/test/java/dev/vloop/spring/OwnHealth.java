package dev.vloop.spring;

import dev.vloop.LoopHealth;
import dev.vloop.LoopRuntime;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** An application's own rule of health, which says so when it is asked. */
public final class OwnHealth {
    /** What the rule throws has this message. */
    public static final String ASKED = "the rule was asked";

    private OwnHealth() {}

    public static LoopHealth rule() {
        return LoopHealth.standard().grace(loop -> {
            throw new IllegalStateException(ASKED);
        });
    }

    /** Starts a loop to be judged, and waits for its first iteration. */
    public static void startLoop(LoopRuntime loops) throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(1);
        loops.loop("news").every(Duration.ofHours(1)).start(it -> ran.countDown());
        ran.await();
    }
}
