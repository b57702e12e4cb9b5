package dev.vloop.tests.conformance;

import dev.vloop.Backoff;
import dev.vloop.LoopFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The backoff of discord.py, without its jitter: it doubles with every failure until none came for 2,048 s. */
final class DiscordBackoff implements Backoff {
    private static final Duration CALM = Duration.ofSeconds(2048);

    private int exponent;
    private @Nullable Instant last;

    @Override
    public Duration delay(LoopFailure failure, RandomGenerator random) {
        if (last != null && Duration.between(last, failure.at()).compareTo(CALM) > 0) {
            exponent = 0;
        }
        last = failure.at();
        exponent = Math.min(10, exponent + 1);
        return Duration.ofSeconds(1L << exponent);
    }
}
