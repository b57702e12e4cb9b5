package dev.vloop.testkit.engine;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a virtual host is made with.
 *
 * @param origin the wall clock's time at nanosecond 0
 * @param seed shuffles what is runnable and due at one instant; null keeps the order of arrival
 * @param patience the real time for which a thread of the test may be blocked where virtual time does not see it
 * @param stall the real time for which a thread may compute without ever waiting
 * @param externalLimit the real time that external work may take
 * @param switchLimit how many times threads may be switched at one instant
 * @param runawayTime how far time may move while the test waits without a limit
 * @param runawaySwitches how many times threads may be switched meanwhile
 */
public record HostSettings(
        Instant origin,
        @Nullable Long seed,
        Duration patience,
        Duration stall,
        Duration externalLimit,
        long switchLimit,
        Duration runawayTime,
        long runawaySwitches) {
    public static final HostSettings DEFAULT = new HostSettings(
            Instant.parse("2000-01-01T00:00:00Z"),
            null,
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            1_000_000,
            Duration.ofDays(366),
            10_000_000);

    public HostSettings withOrigin(Instant newOrigin) {
        return new HostSettings(
                newOrigin, seed, patience, stall, externalLimit, switchLimit, runawayTime, runawaySwitches);
    }

    public HostSettings withSeed(long newSeed) {
        return new HostSettings(
                origin, newSeed, patience, stall, externalLimit, switchLimit, runawayTime, runawaySwitches);
    }

    public HostSettings withPatience(Duration newPatience) {
        return new HostSettings(
                origin, seed, newPatience, stall, externalLimit, switchLimit, runawayTime, runawaySwitches);
    }

    public HostSettings withStall(Duration newStall) {
        return new HostSettings(
                origin, seed, patience, newStall, externalLimit, switchLimit, runawayTime, runawaySwitches);
    }

    public HostSettings withExternalLimit(Duration newLimit) {
        return new HostSettings(origin, seed, patience, stall, newLimit, switchLimit, runawayTime, runawaySwitches);
    }

    public HostSettings withSwitchLimit(long newLimit) {
        return new HostSettings(origin, seed, patience, stall, externalLimit, newLimit, runawayTime, runawaySwitches);
    }

    public HostSettings withRunaway(Duration newTime, long newSwitches) {
        return new HostSettings(origin, seed, patience, stall, externalLimit, switchLimit, newTime, newSwitches);
    }
}
