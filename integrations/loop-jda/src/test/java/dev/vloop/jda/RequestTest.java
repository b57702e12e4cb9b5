package dev.vloop.jda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vloop.Backoff;
import dev.vloop.Loop;
import dev.vloop.LoopBuilder;
import dev.vloop.jda.discord.Answer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.events.session.SessionRecreateEvent;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.exceptions.InsufficientPermissionException;
import org.junit.jupiter.api.Test;

/** Requests in bodies: each message comes once, whatever happens to its request. */
class RequestTest extends BotTest {
    private LoopBuilder loop(int iterations) {
        return loops.loop("ticks")
                .every(Duration.ofMillis(50))
                .count(iterations)
                .backoff(Backoff.fixed(Duration.ofMillis(1)));
    }

    @Test
    void the_answer_is_handed_on() throws Exception {
        discord.ready();
        Message message = JdaLoops.await(channel().sendMessage("hello"));
        assertThat(message.getContentRaw()).isEqualTo("hello");
    }

    @Test
    void what_discord_refuses_is_thrown_as_it_is() throws Exception {
        discord.ready();
        fake.rest().next(new Answer.Refused(403, 50_013));
        assertThatThrownBy(() -> JdaLoops.await(channel().sendMessage("hello")))
                .isInstanceOf(ErrorResponseException.class)
                .hasMessageContaining("50013");
    }

    @Test
    void a_cancel_takes_the_request_back_that_waits_for_a_rate_limit() throws Exception {
        fake.rest().limit(Duration.ofMinutes(1));
        Loop loop = loop(1).start(it -> JdaLoops.await(channel().sendMessage("too late")));
        fake.rest().awaitPosts(1);
        awaitAnswers();
        loop.cancel();
        loop.join();
        assertThat(jda.cancelRequests())
                .as("requests that JDA would still send")
                .isZero();
    }

    @Test
    void an_attempt_that_times_out_while_its_request_is_on_the_wire_sends_one_message() throws Exception {
        CountDownLatch timedOut = new CountDownLatch(1);
        fake.rest().next(new Answer.CreatedLate(timedOut));
        loop(1).timeout(Duration.ofMillis(300))
                .onFailure(failure -> timedOut.countDown())
                .start(it -> discord.send(it, channel(), "once"))
                .join();
        assertThat(fake.rest().texts()).containsExactly("once");
        assertThat(fake.rest().repeats()).as("sent again with the same nonce").isPositive();
    }

    @Test
    void a_message_whose_answer_is_lost_is_sent_again_and_comes_once() throws Exception {
        fake.rest().next(new Answer.CreatedButCut(), new Answer.CreatedButCut(), new Answer.CreatedButCut());
        loop(1).start(it -> discord.send(it, channel(), "once")).join();
        assertThat(fake.rest().texts()).containsExactly("once");
    }

    @Test
    void a_failure_at_discord_is_retried_and_a_refusal_is_not() throws Exception {
        fake.rest().next(new Answer.Refused(500, 0), new Answer.Created(), new Answer.Refused(403, 50_013));
        Loop loop = loop(3).start(it -> discord.send(it, channel(), "tick " + it.index()));
        assertThat(loop.join().isFailed()).isFalse();
        assertThat(fake.rest().texts()).containsExactly("tick 0", "tick 2");
        assertThat(loop.totals().iterations()).isEqualTo(3);
    }

    @Test
    void a_permission_that_jda_misses_ends_no_loop() throws Exception {
        fake.gateway().forbid();
        CountDownLatch again = next(SessionRecreateEvent.class);
        discord.ready();
        fake.gateway().invalidate();
        await(again);
        Loop loop = loop(2).start(it -> discord.send(it, channel(), "tick " + it.index()));
        assertThat(loop.join().isFailed()).isFalse();
        assertThat(loop.status().lastFailure().cause()).isInstanceOf(InsufficientPermissionException.class);
    }

    @Test
    void the_same_text_in_two_iterations_is_two_messages_and_so_are_two_texts_in_one() throws Exception {
        loop(2).start(it -> {
                    discord.send(it, channel(), "again");
                    discord.send(it, channel(), "and more");
                })
                .join();
        assertThat(fake.rest().texts()).containsExactly("again", "and more", "again", "and more");
    }

    @Test
    void a_nonce_fits_and_depends_on_each_part_and_their_order() {
        assertThat(JdaLoops.nonce("news", 7))
                .hasSizeLessThanOrEqualTo(Message.MAX_NONCE_LENGTH)
                .isEqualTo(JdaLoops.nonce("news", "7"))
                .isNotEqualTo(JdaLoops.nonce("news7"))
                .isNotEqualTo(JdaLoops.nonce("new", "s7"))
                .isNotEqualTo(JdaLoops.nonce(7, "news"));
        assertThatThrownBy(JdaLoops::nonce).hasMessage("parts must not be empty");
    }
}
