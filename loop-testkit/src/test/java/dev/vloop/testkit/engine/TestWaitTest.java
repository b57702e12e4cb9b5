package dev.vloop.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.spi.Host;
import org.junit.jupiter.api.Test;

/** When a wait of the test's thread has lasted too long. */
class TestWaitTest {
    private static final HostSettings SETTINGS = HostSettings.DEFAULT;

    @Test
    void only_a_wait_without_a_limit_runs_away() {
        long time = SETTINGS.runawayTime().toNanos();
        long switches = SETTINGS.runawaySwitches();
        TestWait endless = new TestWait(Host.NEVER, 3, 7);
        assertThat(endless.isRunaway(3 + time, 7 + switches, SETTINGS)).isFalse();
        assertThat(endless.isRunaway(4 + time, 7, SETTINGS)).isTrue();
        assertThat(endless.isRunaway(3, 8 + switches, SETTINGS)).isTrue();
        TestWait limited = new TestWait(Host.NEVER - 1, 3, 7);
        assertThat(limited.isRunaway(4 + time, 8 + switches, SETTINGS)).isFalse();
    }
}
