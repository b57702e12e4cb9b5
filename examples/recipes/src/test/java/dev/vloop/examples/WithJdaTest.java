package dev.vloop.examples;

import static dev.vloop.Reaction.CONTINUE;
import static dev.vloop.Reaction.RETRY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vloop.LoopRuntime;
import dev.vloop.testkit.TestLoops;
import dev.vloop.vthreads.VirtualLoops;
import java.net.SocketException;
import java.time.Duration;
import java.util.Set;
import net.dv8tion.jda.api.JDABuilder;
import net.dv8tion.jda.api.entities.channel.middleman.MessageChannel;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.requests.ErrorResponse;
import net.dv8tion.jda.api.requests.Response;
import net.dv8tion.jda.api.requests.RestAction;
import org.junit.jupiter.api.Test;

/** What docs/jda.md says about JDA, with JDA. Nothing connects to Discord. */
class WithJdaTest {
    @Test
    void what_failed_on_the_way_is_retried_and_what_discord_refuses_is_not() {
        Response noNetwork = new Response(new SocketException("no network"), Set.of());
        ErrorResponseException lost = ErrorResponseException.create(ErrorResponse.fromCode(noNetwork.code), noNetwork);
        ErrorResponseException refused =
                ErrorResponseException.create(ErrorResponse.MISSING_PERMISSIONS, new Response(0, Set.of()));
        try (TestLoops loops =
                TestLoops.builder().settings(WithJdaTest::settings).create()) {
            loops.loop("status").every(Duration.ofHours(1)).start(it -> {
                if (it.attempt() == 1 && it.index() == 0) {
                    throw lost;
                }
                if (it.index() == 1) {
                    throw refused;
                }
            });
            loops.advance(Duration.ofMinutes(1));
            assertThat(loops.get("status").status().retries()).isEqualTo(1);
            assertThat(loops.get("status").status().iterations()).isEqualTo(1);
            loops.advance(Duration.ofHours(1));
            assertThat(loops.get("status").status().retries()).isEqualTo(1);
            assertThat(loops.get("status").status().failuresInARow()).isEqualTo(1);
            assertThat(loops.get("status").isRunning()).isTrue();
        }
    }

    /** Is compiled but not run, because it would connect. */
    static void compiled(JDABuilder jda, MessageChannel channel, LoopRuntime loops) {
        // region jda-hook
        jda.setEnableShutdownHook(false); // else JDA disconnects while your afterLoop still flushes
        // end region
        RestAction<?> action = channel.sendMessage("still there");
        loops.loop("status").every(Duration.ofMinutes(1)).start(it -> {
            // region jda-action
            action.submit().get(); // in a body: unlike complete(), it hears an interrupt
            // end region
        });
    }

    private static void settings(VirtualLoops.Builder builder) {
        // region jda
        builder.defaults(all -> all.on(ErrorResponseException.class, e -> e.isServerError() ? RETRY : CONTINUE));
        // end region
    }
}
