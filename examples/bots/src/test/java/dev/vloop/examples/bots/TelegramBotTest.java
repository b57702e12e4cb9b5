package dev.vloop.examples.bots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import dev.vloop.testkit.Finding;
import dev.vloop.testkit.LoopTest;
import dev.vloop.testkit.TestLoops;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.telegram.telegrambots.meta.api.methods.send.SendMessage;
import org.telegram.telegrambots.meta.api.methods.updates.GetUpdates;
import org.telegram.telegrambots.meta.api.objects.ApiResponse;
import org.telegram.telegrambots.meta.api.objects.ResponseParameters;
import org.telegram.telegrambots.meta.api.objects.Update;
import org.telegram.telegrambots.meta.exceptions.TelegramApiException;
import org.telegram.telegrambots.meta.exceptions.TelegramApiRequestException;
import org.telegram.telegrambots.meta.generics.TelegramClient;

/** What docs/bots.md says of Telegram, with a Telegram in virtual time. */
class TelegramBotTest {
    private final List<String> handled = new ArrayList<>();

    /** Answers a long poll when there is an update, or after its time; what waits in {@code failures} comes first. */
    private static final class FakeTelegram {
        private final TestLoops loops;
        private final Deque<TelegramApiException> failures = new ArrayDeque<>();
        private final List<String> sent = new ArrayList<>();
        private final List<Integer> asked = new ArrayList<>();
        private int updates;

        FakeTelegram(TestLoops loops) {
            this.loops = loops;
        }

        TelegramClient client() {
            return (TelegramClient) Proxy.newProxyInstance(
                    TelegramClient.class.getClassLoader(),
                    new Class<?>[] {TelegramClient.class},
                    (proxy, method, arguments) -> execute(arguments[0]));
        }

        private Object execute(Object request) throws TelegramApiException {
            TelegramApiException failure = failures.poll();
            if (failure != null) {
                throw failure;
            }
            if (request instanceof SendMessage message) {
                sent.add(loops.elapsed().toSeconds() + " " + message.getText());
                return null; // nobody looks at it
            }
            int offset = ((GetUpdates) request).getOffset();
            asked.add(offset);
            ArrayList<Update> found = new ArrayList<>();
            for (int id = offset; id < updates; id++) {
                Update update = new Update();
                update.setUpdateId(id);
                found.add(update);
            }
            if (found.isEmpty()) {
                holdFor(Duration.ofSeconds(((GetUpdates) request).getTimeout()));
            }
            return found;
        }

        /** Wraps an interrupt, as the real client does. */
        private void holdFor(Duration time) throws TelegramApiException {
            try {
                loops.clock().sleep(time);
            } catch (InterruptedException e) {
                throw new TelegramApiException("Unable to execute", e);
            }
        }
    }

    private static TelegramApiRequestException refused(int code, Integer retryAfter) {
        ApiResponse<?> response = ApiResponse.builder()
                .ok(false)
                .errorCode(code)
                .errorDescription("as the test wants")
                .parameters(retryAfter == null ? null : new ResponseParameters(null, retryAfter))
                .build();
        return new TelegramApiRequestException("refused", response);
    }

    private TelegramBot bot(FakeTelegram telegram, TestLoops loops) {
        return new TelegramBot(
                telegram.client(), update -> handled.add(loops.elapsed().toSeconds() + " " + update.getUpdateId()));
    }

    @LoopTest
    void an_update_that_could_not_be_handled_is_asked_for_again(TestLoops loops) {
        FakeTelegram telegram = new FakeTelegram(loops);
        telegram.updates = 3;
        Deque<TelegramApiException> troubles = new ArrayDeque<>(List.of(new TelegramApiException(new IOException())));
        TelegramBot bot = new TelegramBot(telegram.client(), update -> {
            if (update.getUpdateId() == 1 && !troubles.isEmpty()) {
                throw troubles.poll();
            }
            handled.add(Integer.toString(update.getUpdateId()));
        });
        bot.poll(loops);
        loops.advance(Duration.ofSeconds(10));
        assertThat(handled).containsExactly("0", "1", "2");
        assertThat(telegram.asked).startsWith(0, 1, 3);
    }

    @LoopTest
    void telegram_is_given_the_time_that_it_asks_for(TestLoops loops) {
        FakeTelegram telegram = new FakeTelegram(loops);
        telegram.updates = 1;
        telegram.failures.add(refused(429, 17));
        bot(telegram, loops).poll(loops);
        loops.advance(Duration.ofSeconds(20));
        assertThat(handled).containsExactly("17 0");
    }

    @LoopTest
    void a_cancel_ends_a_long_poll_and_the_next_run_asks_for_the_same(TestLoops loops) {
        FakeTelegram telegram = new FakeTelegram(loops);
        Loop poll = bot(telegram, loops).poll(loops);
        loops.advance(Duration.ofSeconds(5));
        poll.cancel();
        assertThat(loops.awaitEnd(poll).isCancelled()).isTrue();
        assertThat(loops.elapsed()).isEqualTo(Duration.ofSeconds(5));
        telegram.updates = 1;
        poll.start();
        loops.settle();
        assertThat(telegram.asked).startsWith(0, 0);
        assertThat(handled).containsExactly("5 0");
    }

    @LoopTest
    void at_its_end_the_bot_says_what_it_has_handled(TestLoops loops) {
        FakeTelegram telegram = new FakeTelegram(loops);
        telegram.updates = 2;
        new TelegramBot(telegram.client(), update -> LoopRuntime.current().stop()).poll(loops);
        loops.settle();
        assertThat(telegram.asked).containsExactly(0, 2);
        assertThat(loops.get("updates").isRunning())
                .as("it does not wait for updates")
                .isFalse();
    }

    @LoopTest
    void what_passes_by_is_asked_for_again(TestLoops loops) {
        for (int code : new int[] {409, 429, 500, 502}) {
            FakeTelegram telegram = new FakeTelegram(loops);
            telegram.updates = 1;
            telegram.failures.add(refused(code, null)); // a 429 may come without its time
            Loop poll = bot(telegram, loops).poll(loops);
            loops.advance(Duration.ofSeconds(5));
            assertThat(handled).as("after " + code).hasSize(1);
            handled.clear();
            poll.stop();
            loops.advance(Duration.ofSeconds(30));
        }
    }

    @Test
    void a_wrong_token_ends_the_loop() {
        try (TestLoops loops =
                TestLoops.builder().tolerate(Finding.UNSEEN_FAILURE).create()) {
            FakeTelegram telegram = new FakeTelegram(loops);
            telegram.failures.add(refused(401, null));
            Loop poll = bot(telegram, loops).poll(loops);
            loops.settle();
            assertThat(poll.isRunning()).isFalse();
        }
    }

    @LoopTest
    void a_digest_is_sent_again_after_a_429_and_not_after_anything_else(TestLoops loops) {
        FakeTelegram telegram = new FakeTelegram(loops);
        telegram.failures.add(refused(429, 5));
        bot(telegram, loops).digest(loops, "chat");
        loops.advance(Duration.ofMinutes(1));
        telegram.failures.add(new TelegramApiException(new IOException("no answer")));
        loops.advance(Duration.ofHours(2));
        assertThat(telegram.sent).containsExactly("5 digest 0", "7200 digest 2");
    }
}
