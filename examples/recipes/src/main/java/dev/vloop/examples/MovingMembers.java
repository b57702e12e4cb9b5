package dev.vloop.examples;

import dev.vloop.Iteration;
import dev.vloop.Loop;
import dev.vloop.LoopBuilder;
import dev.vloop.LoopEnd;
import dev.vloop.LoopRuntime;
import dev.vloop.Schedule;
import java.io.IOException;
import java.sql.SQLTransientException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;

/** The counterparts of the members of discord.py's {@code Loop}. Each is in a row of a table in docs/moving.md, as it is here. */
final class MovingMembers {
    private MovingMembers() {}

    static void whenItIsBuilt(LoopBuilder builder, Bot bot, Batch batch, ZoneId zone) {
        builder.every(Duration.ofMinutes(5));
        builder.dailyAt(zone, LocalTime.of(9, 0), LocalTime.of(18, 0));
        builder.count(5);
        builder.clearReactions();
        builder.beforeLoop(bot::awaitReady);
        builder.afterLoop(end -> batch.flush());
        builder.onFailure(failure -> bot.print(failure.cause()));
    }

    static void inItsBody(Iteration it, Bot bot) {
        bot.print(it.index());
    }

    static void started(LoopRuntime loops, Bot bot, String guild) throws IOException {
        loops.loop("greet").every(Duration.ofHours(1)).start(it -> bot.greet(guild));
        bot.greet(guild);
    }

    static void whileItRuns(Loop loop, Bot bot, ZoneId zone) {
        bot.print(loop.name());
        bot.print("next: " + loop.nextIteration());
        bot.print(loop.isRunning());
        loop.changeInterval(Duration.ofSeconds(30));
        loop.changeSchedule(Schedule.dailyAt(zone, LocalTime.of(7, 0)));
        loop.changeReactions(named -> named.retryOn(SQLTransientException.class));
        loop.changeReactions(named -> named.remove(IOException.class));
        loop.changeReactions(named -> named.clear());
    }

    static void atItsEnd(Loop loop, Bot bot) throws InterruptedException {
        loop.restart();
        loop.stop();
        loop.cancel();
        LoopEnd end = loop.join();
        bot.print(end.isCancelled());
        bot.print(end.isFailed());
    }
}
