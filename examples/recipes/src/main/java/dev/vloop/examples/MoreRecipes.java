package dev.vloop.examples;

import dev.vloop.Backoff;
import dev.vloop.DailySchedule;
import dev.vloop.ForkFailure;
import dev.vloop.Forked;
import dev.vloop.Iteration;
import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import dev.vloop.LoopState;
import dev.vloop.LoopStatus;
import dev.vloop.Reaction;
import dev.vloop.Schedule;
import dev.vloop.cron.Cron;
import java.io.FileNotFoundException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;

/** What docs/schedules.md, docs/failures.md and docs/behaviour.md show. */
final class MoreRecipes {
    private MoreRecipes() {}

    static void daily(LoopRuntime loops, Bot bot) {
        // region daily
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        loops.loop("morning").dailyAt(berlin, LocalTime.of(9, 0)).start(it -> bot.print("good morning"));
        loops.loop("report")
                .schedule(Schedule.dailyAt(berlin, LocalTime.of(2, 30))
                        .onDays(DayOfWeek.MONDAY, DayOfWeek.THURSDAY)
                        .inGap(DailySchedule.Gap.SKIPPED))
                .start(it -> bot.print("report"));
        loops.loop("night").schedule(Cron.parse("0 3 * * MON-FRI", berlin)).start(it -> bot.print("night"));
        // end region
    }

    static void reactions(LoopRuntime loops, Bot bot) {
        // region reactions
        loops.loop("poller")
                .every(Duration.ofSeconds(30))
                .timeout(Duration.ofSeconds(10)) // an attempt that takes longer fails with a TimeoutException
                .failOn(FileNotFoundException.class) // more specific than IOException, so this decides
                .on(RateLimited.class, e -> e.retryAfter().toMinutes() < 5 ? Reaction.RETRY : Reaction.CONTINUE)
                .continueOn(Exception.class) // everything else; I/O errors are still retried
                .backoff((failure, random) -> failure.cause() instanceof RateLimited limited
                        ? limited.retryAfter()
                        : Backoff.exponential().delay(failure, random))
                .onFailure(failure -> {
                    if (failure.inARow() == 5) {
                        bot.print("alert: " + failure.cause());
                    }
                })
                .start(it -> bot.print(bot.fetch("/news")));
        // end region
    }

    static void changeReactions(Loop loop) {
        // region change-reactions
        loop.changeReactions(named -> named.retryOn(RateLimited.class).remove(FileNotFoundException.class));
        // end region
    }

    static void reconnected(Loop feed) {
        // region reconnected
        if (feed.status().state() == LoopState.BACKING_OFF) {
            feed.trigger(); // its next attempt begins now
        }
        // end region
    }

    static void together(LoopRuntime loops, Bot bot) {
        // region together
        loops.loop("news").every(Duration.ofMinutes(10)).start(it -> {
            Forked<String> weather = it.fork(() -> bot.fetch("/weather"));
            Forked<String> traffic = it.fork(() -> bot.fetch("/traffic"));
            bot.print(weather.get() + ", " + traffic.get());
        });
        // end region
    }

    static void fanOut(LoopRuntime loops, Bot bot) {
        loops.loop("digest").every(Duration.ofDays(1)).start(it -> greetAll(it, bot));
    }

    private static void greetAll(Iteration it, Bot bot) throws InterruptedException {
        // region fan-out
        List<ForkFailure<String>> failed = it.forkEach(bot.guilds(), guild -> bot.greet(guild));
        // end region
        bot.print(failed.size() + " failed");
    }

    static void onReady(LoopRuntime loops, Bot bot) {
        // region on-ready
        // in onReady, load() or main, not in a constructor
        loops.loop("status").every(Duration.ofMinutes(1)).startIfIdle(it -> bot.print("still there"));
        // end region
    }

    static void control(LoopRuntime loops, Bot bot) {
        // region control
        for (Loop loop : loops.loops()) {
            LoopStatus status = loop.status();
            bot.print(status.name() + " " + status.state() + ", next: " + status.nextIteration());
        }
        Loop poller = loops.find("poller");
        if (poller != null) {
            poller.trigger(); // one iteration now
            poller.changeInterval(Duration.ofMinutes(1)); // and from now on every minute
            poller.restart(); // or stop(), cancel(), pause(), resume(), remove()
        }
        // end region
    }

    static void exit(LoopRuntime loops, Bot bot) {
        // region exit
        loops.shutdownOnExit(Duration.ofSeconds(10), bot::shutdown);
        // end region
    }
}
