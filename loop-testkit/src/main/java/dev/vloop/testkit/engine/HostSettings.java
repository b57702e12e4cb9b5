package dev.vloop.testkit.engine;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a virtual host.
 *
 * @param origin the wall clock's time at virtual nanosecond 0
 * @param seed shuffles what is ready and due at one instant; null keeps the order of arrival
 * @param patience for how long a thread of the test may be blocked where virtual time does not see it, in real time
 * @param stall for how long a thread may compute without ever waiting, in real time
 * @param externalLimit how long external work may take, in real time
 * @param switchLimit how many times threads may be switched at one instant, in addition to a hundred times for each thread
 * @param runawayTime how far time may move during one wait of the test without a limit
 * @param runawaySwitches how many times threads may be switched during such a wait
 * @param deep whether code that does not know of the test is on its clock too; only the exact engine can do that
 */
public record HostSettings(
        Instant origin,
        @Nullable Long seed,
        Duration patience,
        Duration stall,
        Duration externalLimit,
        long switchLimit,
        Duration runawayTime,
        long runawaySwitches,
        boolean deep) {
    /** The settings of a test that asks for nothing else. */
    public static final HostSettings DEFAULT = new HostSettings(
            Instant.ofEpochSecond(946_684_800), // 2000-01-01T00:00:00Z; to parse that would load much of java.time
            null,
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            200_000,
            Duration.ofDays(366),
            10_000_000,
            false);

    /** {@return how many times threads may be switched at one instant while there are so many} */
    long switchLimit(int threads) {
        return switchLimit + 100L * threads;
    }

    public HostSettings withOrigin(Instant newOrigin) {
        return new HostSettings(
                newOrigin, seed, patience, stall, externalLimit, switchLimit, runawayTime, runawaySwitches, deep);
    }

    public HostSettings withSeed(long newSeed) {
        return new HostSettings(
                origin, newSeed, patience, stall, externalLimit, switchLimit, runawayTime, runawaySwitches, deep);
    }

    public HostSettings withPatience(Duration newPatience) {
        return new HostSettings(
                origin, seed, newPatience, stall, externalLimit, switchLimit, runawayTime, runawaySwitches, deep);
    }

    public HostSettings withStall(Duration newStall) {
        return new HostSettings(
                origin, seed, patience, newStall, externalLimit, switchLimit, runawayTime, runawaySwitches, deep);
    }

    public HostSettings withExternalLimit(Duration newLimit) {
        return new HostSettings(
                origin, seed, patience, stall, newLimit, switchLimit, runawayTime, runawaySwitches, deep);
    }

    public HostSettings withSwitchLimit(long newLimit) {
        return new HostSettings(
                origin, seed, patience, stall, externalLimit, newLimit, runawayTime, runawaySwitches, deep);
    }

    public HostSettings withRunaway(Duration newTime, long newSwitches) {
        return new HostSettings(origin, seed, patience, stall, externalLimit, switchLimit, newTime, newSwitches, deep);
    }

    public HostSettings withDeep(boolean newDeep) {
        return new HostSettings(
                origin, seed, patience, stall, externalLimit, switchLimit, runawayTime, runawaySwitches, newDeep);
    }
}
