package dev.vloop.jda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.Backoff;
import dev.vloop.Iteration;
import dev.vloop.IterationOutcome;
import dev.vloop.Loop;
import dev.vloop.LoopChange;
import dev.vloop.LoopEnd;
import dev.vloop.LoopListener;
import dev.vloop.LoopRuntime;
import dev.vloop.jda.discord.Answer;
import dev.vloop.jda.discord.FakeDiscord;
import dev.vloop.vthreads.VirtualLoops;
import java.io.IOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.entities.channel.concrete.TextChannel;
import net.dv8tion.jda.api.entities.channel.concrete.VoiceChannel;
import net.dv8tion.jda.api.events.session.SessionInvalidateEvent;
import net.dv8tion.jda.api.events.session.SessionRecreateEvent;
import net.dv8tion.jda.api.events.session.SessionResumeEvent;
import net.dv8tion.jda.api.events.session.ShutdownEvent;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import org.junit.jupiter.api.Test;

/** What loops do when JDA's session begins, breaks, comes again and ends. */
class SessionTest extends BotTest {
    @Test
    void loops_begin_when_jda_is_ready() throws Exception {
        JDA.Status[] seen = new JDA.Status[1];
        loops.loop("first")
                .every(Duration.ofMinutes(1))
                .count(1)
                .start(it -> seen[0] = jda.getStatus())
                .join();
        assertThat(seen[0]).isEqualTo(JDA.Status.CONNECTED);
    }

    @Test
    void a_channel_that_a_lost_session_has_taken_away_is_missing_for_a_while_only() throws Exception {
        discord.ready();
        CountDownLatch back = new CountDownLatch(1);
        fake.gateway().holdGuild(back);
        CountDownLatch invalid = next(SessionInvalidateEvent.class);
        CountDownLatch again = next(SessionRecreateEvent.class);
        fake.gateway().invalidate();
        await(invalid);
        assertThat(jda.getTextChannelById(channelId())).isNull();
        assertThatThrownBy(this::channel)
                .isInstanceOf(NotConnectedException.class)
                .hasMessageStartingWith("no TextChannel " + channelId() + " at the moment: JDA is ");
        back.countDown();
        await(again);
        discord.ready();
        assertThat(channel().getName()).isEqualTo("news");
    }

    @Test
    void a_channel_that_does_not_exist_is_another_failure() throws Exception {
        discord.ready();
        assertThatThrownBy(() -> discord.channel(TextChannel.class, 7))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("no TextChannel 7: it does not exist, or the bot may not see it");
        assertThatThrownBy(() -> discord.channel(VoiceChannel.class, channelId()))
                .isInstanceOf(NoSuchElementException.class);
    }

    @Test
    void after_a_reconnect_those_that_wait_for_discord_try_again_at_once() throws Exception {
        discord.watch(loops);
        CountDownLatch otherFailed = new CountDownLatch(1);
        Loop other = loops.loop("database")
                .every(Duration.ofMinutes(1))
                .backoff(Backoff.fixed(Duration.ofHours(1)))
                .onFailure(failure -> otherFailed.countDown())
                .start(it -> {
                    throw new IOException("no database");
                });
        await(otherFailed);
        Loop waiting = loops.loop("discord")
                .every(Duration.ofMinutes(1))
                .count(1)
                .backoff(Backoff.fixed(Duration.ofHours(1)))
                .onFailure(failure -> fake.gateway().drop()) // back in milliseconds, when the backoff has begun
                .start(it -> {
                    if (it.attempt() == 1) {
                        throw new NotConnectedException("as the test wants");
                    }
                });
        assertThat(waiting.join(Duration.ofSeconds(30))).isInstanceOf(LoopEnd.Completed.class);
        assertThat(other.status().retries())
                .as("of what waits for something else")
                .isZero();
    }

    @Test
    void after_a_new_session_those_that_wait_for_discord_try_again_at_once() throws Exception {
        discord.watch(loops);
        Loop waiting = loops.loop("discord")
                .every(Duration.ofMinutes(1))
                .count(1)
                .backoff(Backoff.fixed(Duration.ofHours(1)))
                .onFailure(failure -> fake.gateway().invalidate()) // the new session comes when the backoff has begun
                .start(it -> {
                    if (it.attempt() == 1) {
                        throw new NotConnectedException("as the test wants");
                    }
                });
        assertThat(waiting.join(Duration.ofSeconds(30))).isInstanceOf(LoopEnd.Completed.class);
    }

    @Test
    void after_a_reconnect_what_discord_had_failed_to_do_is_tried_again_at_once() throws Exception {
        discord.watch(loops);
        fake.rest().next(new Answer.Refused(500, 0));
        Loop failed = loops.loop("discord")
                .every(Duration.ofMinutes(1))
                .count(1)
                .backoff(Backoff.fixed(Duration.ofHours(1)))
                .onFailure(failure -> fake.gateway().drop())
                .start(it -> discord.send(it, channel(), "hello"));
        assertThat(failed.join(Duration.ofSeconds(30))).isInstanceOf(LoopEnd.Completed.class);
        assertThat(failed.status().lastFailure().cause()).isInstanceOf(ErrorResponseException.class);
        assertThat(fake.rest().texts()).containsExactly("hello");
    }

    @Test
    void after_a_reconnect_those_that_wait_for_their_next_slot_go_on_waiting() throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        List<String> triggered = new CopyOnWriteArrayList<>();
        LoopListener listener = new LoopListener() {
            @Override
            public void onIterationEnd(Iteration last, IterationOutcome outcome, Duration took) {
                failed.countDown();
            }

            @Override
            public void onChange(Loop loop, LoopChange change) {
                if (change == LoopChange.TRIGGERED) {
                    triggered.add(loop.name());
                }
            }
        };
        discord.ready();
        try (LoopRuntime watched =
                VirtualLoops.builder().keepAlive(false).listener(listener).create()) {
            discord.watch(watched);
            watched.loop("digest")
                    .every(Duration.ofHours(1))
                    .continueOn(NotConnectedException.class)
                    .start(it -> {
                        throw new NotConnectedException("as the test wants");
                    });
            await(failed);
            CountDownLatch again = next(SessionResumeEvent.class); // JDA tells this listener after the one that watches
            fake.gateway().drop();
            await(again);
            assertThat(triggered).isEmpty();
        }
    }

    @Test
    void a_session_that_discord_closes_for_good_closes_the_runtime() throws Exception {
        discord.watch(loops);
        CountDownLatch ticks = new CountDownLatch(2);
        Loop loop = loops.loop("zombie").every(Duration.ofMillis(10)).start(it -> ticks.countDown());
        await(ticks);
        fake.gateway().closeWith(4004);
        assertThat(loop.join(Duration.ofSeconds(30))).isInstanceOf(LoopEnd.Cancelled.class);
        assertThatThrownBy(loop::start).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_session_that_was_closed_before_closes_the_runtime_too() throws Exception {
        CountDownLatch ticks = new CountDownLatch(2);
        Loop loop = loops.loop("zombie").every(Duration.ofMillis(10)).start(it -> ticks.countDown());
        await(ticks);
        jda.shutdown();
        jda.awaitShutdown();
        discord.watch(loops);
        assertThat(loop.join(Duration.ofSeconds(30))).isInstanceOf(LoopEnd.Cancelled.class);
    }

    /** The last code is that of a program that has shut JDA down. */
    @Test
    void the_log_says_why_discord_has_closed_the_session_for_good_and_nothing_of_other_ends() throws Exception {
        List<String> logged;
        try (CapturedLog log = new CapturedLog("dev.vloop.jda")) {
            for (int code : new int[] {4014, 4000, 1000}) {
                new SessionWatch(loops).onEvent(new ShutdownEvent(jda, OffsetDateTime.now(ZoneOffset.UTC), code));
            }
            logged = log.lines();
        }
        assertThat(logged)
                .singleElement()
                .asString()
                .startsWith("SEVERE Discord has closed the session for good, and the loops end: DISALLOWED_INTENTS, ");
    }

    /** A loop may need JDA's threads to end, on one of which this comes. */
    @Test
    void the_end_of_jda_does_not_wait_for_the_loops() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        discord.ready();
        CountDownLatch began = new CountDownLatch(1);
        Loop loop = loops.loop("last words")
                .every(Duration.ofHours(1))
                .afterLoop(end -> await(told))
                .start(it -> began.countDown());
        await(began);
        new SessionWatch(loops).onEvent(new ShutdownEvent(jda, OffsetDateTime.now(ZoneOffset.UTC), 1000));
        told.countDown();
        LoopEnd end = loop.join(Duration.ofSeconds(30));
        assertThat(end).isInstanceOf(LoopEnd.Cancelled.class);
        assertThat(end.hookFailures()).isEmpty();
    }

    private static long channelId() {
        return FakeDiscord.CHANNEL;
    }
}
