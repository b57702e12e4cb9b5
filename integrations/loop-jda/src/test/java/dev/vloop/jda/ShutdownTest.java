package dev.vloop.jda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.jda.discord.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** The end of JDA after the end of the loops. */
class ShutdownTest extends BotTest {
    @Test
    void what_afterLoop_has_queued_is_sent_before_it_returns() throws Exception {
        fake.rest().next(new Answer.RateLimited(1)); // the message comes a second later
        loops.loop("ticks")
                .every(Duration.ofMinutes(1))
                .count(1)
                .afterLoop(end -> channel().sendMessage("bye").queue())
                .start(it -> {})
                .join();
        assertThat(discord.shutdown(Duration.ofSeconds(5))).isZero(); // it takes all of them, see there
        assertThat(fake.rest().texts()).containsExactly("bye");
        assertThat(jda.awaitShutdown(Duration.ofSeconds(20))).isTrue();
    }

    /** The call is over, and JDA puts the request back a moment later. Here that moment is longer than several looks at the wire. */
    @Test
    void a_request_that_JDA_has_not_put_back_yet_is_not_lost() throws Exception {
        discord.ready();
        fake.rest().next(new Answer.RateLimited(1));
        CountDownLatch answered = new CountDownLatch(1);
        jda.getHttpClient().dispatcher().setIdleCallback(() -> {
            answered.countDown();
            LockSupport.parkNanos(500_000_000);
        });
        channel().sendMessage("bye").queue();
        await(answered);
        assertThat(discord.shutdown(Duration.ofSeconds(5))).isZero();
        assertThat(fake.rest().texts()).containsExactly("bye");
    }

    @Test
    void a_request_that_JDA_has_not_put_back_at_the_limit_is_left() throws Exception {
        discord.ready();
        fake.rest().limit(Duration.ofMinutes(1));
        CountDownLatch answered = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        jda.getHttpClient().dispatcher().setIdleCallback(() -> {
            answered.countDown();
            awaitUnchecked(over);
        });
        channel().sendMessage("never").queue();
        await(answered);
        assertThat(discord.shutdown(Duration.ofMillis(100))).isEqualTo(1);
        over.countDown();
        assertThat(jda.awaitShutdown(Duration.ofSeconds(20))).isTrue();
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            await(latch);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void what_is_on_the_wire_has_its_answer_before_it_returns() throws Exception {
        discord.ready();
        fake.rest().next(new Answer.CreatedSlowly(Duration.ofMillis(300)));
        channel().sendMessage("bye").queue();
        fake.rest().awaitPosts(1);
        assertThat(discord.shutdown(Duration.ofSeconds(20))).isZero();
        assertThat(jda.getHttpClient().dispatcher().runningCallsCount()).isZero();
    }

    @Test
    void it_waits_no_longer_than_its_limit_and_logs_what_was_left() throws Exception {
        discord.ready();
        fake.rest().limit(Duration.ofMinutes(1));
        channel().sendMessage("never").queue();
        fake.rest().awaitPosts(1);
        List<String> logged;
        try (CapturedLog log = new CapturedLog("dev.vloop.jda")) {
            assertThat(discord.shutdown(Duration.ofMillis(100)))
                    .as("requests that were not sent")
                    .isEqualTo(1);
            logged = log.lines();
        }
        assertThat(logged).containsExactly("WARNING 1 requests have no answer: JDA has not ended within PT0.1S");
        assertThat(jda.awaitShutdown(Duration.ofSeconds(20))).isTrue();
        assertThat(fake.rest().texts()).isEmpty();
    }

    @Test
    void an_interrupt_ends_the_wait_and_is_not_lost() throws Exception {
        discord.ready();
        Thread.currentThread().interrupt();
        assertThat(discord.shutdown(Duration.ofMinutes(10))).isZero();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(jda.awaitShutdown(Duration.ofSeconds(20))).isTrue();
    }

    @Test
    void a_limit_that_is_none_is_refused() {
        assertThatThrownBy(() -> discord.shutdown(Duration.ZERO)).hasMessage("limit must be positive, but is PT0S");
    }
}
