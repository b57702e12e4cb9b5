package dev.vloop.examples;

import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import dev.vloop.Schedule;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;

/** Sends a user a digest every day, at nine o'clock where the user is. */
final class Digest {
    private static final LocalTime NINE = LocalTime.of(9, 0);

    private Digest() {}

    static Loop start(LoopRuntime loops, Bot bot, String user, ZoneId zone) {
        // region digest
        Loop digest = loops.loop("digest of " + user)
                .dailyAt(zone, NINE)
                .maxLateness(Duration.ofHours(2)) // if the machine slept until noon: none rather than a late one
                .start(it -> bot.print("digest for " + user));
        // end region
        return digest;
    }

    static void move(Loop digest, ZoneId zone) {
        // region digest-moves
        // the user has moved
        digest.changeSchedule(Schedule.dailyAt(zone, NINE));
        // end region
    }

    static String changeHour(Loop digest, ZoneId zone, LocalTime hour) {
        // region digest-hour
        // /digest at 07:00
        digest.changeSchedule(Schedule.dailyAt(zone, hour));
        return "your next digest comes at " + digest.nextIteration();
        // end region
    }
}
