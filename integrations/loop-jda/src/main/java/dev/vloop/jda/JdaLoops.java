package dev.vloop.jda;

import dev.vloop.Backoff;
import dev.vloop.Iteration;
import dev.vloop.LoopBuilder;
import dev.vloop.LoopRuntime;
import dev.vloop.Reaction;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.entities.Message;
import net.dv8tion.jda.api.entities.channel.Channel;
import net.dv8tion.jda.api.entities.channel.middleman.MessageChannel;
import net.dv8tion.jda.api.exceptions.ErrorResponseException;
import net.dv8tion.jda.api.exceptions.PermissionException;
import net.dv8tion.jda.api.requests.RestAction;
import net.dv8tion.jda.api.requests.restaction.MessageCreateAction;
import org.jspecify.annotations.Nullable;

/**
 * Connects loops to one {@link JDA}: bodies wait for requests in a way that can be interrupted, loops begin when JDA is ready and go on
 * at once after a reconnect, and both end together. All methods may be called from any thread.
 *
 * <p>Build JDA with {@code setEnableShutdownHook(false)}. Otherwise JDA ends at SIGTERM while loops still need it.
 *
 * <p>It is for one JDA, not for the shards of a {@code ShardManager}: such a manager restarts single shards, and {@link #watch} would close
 * the runtime.
 */
public final class JdaLoops {
    private static final System.Logger LOG = System.getLogger("dev.vloop.jda");

    /** As many bytes of a hash as Base64 turns into 24 characters. Discord takes 25. */
    private static final int NONCE_BYTES = 18;

    private final JDA jda;
    private final Wire wire;

    private JdaLoops(JDA jda) {
        this.jda = jda;
        wire = new Wire(jda);
    }

    /**
     * Makes the connection. It does nothing yet.
     *
     * @param jda the bot's JDA, connected or not
     * @return the connection
     */
    public static JdaLoops of(JDA jda) {
        return new JdaLoops(Objects.requireNonNull(jda, "jda"));
    }

    /**
     * Sets what all loops of a bot need: {@code VirtualLoops.builder().defaults(discord::defaults)}. They begin when JDA is ready. A request
     * that failed on its way or at Discord is retried. One that Discord or JDA refuses, such as for a missing permission, is logged, and the
     * loop goes on with its next slot. A retry waits a minute at most: of a message whose answer was lost, Discord would not know the nonce
     * any more after some minutes, and the retry would be a second message. What a loop says for itself comes after that.
     *
     * @param loop the builder of a loop
     */
    public void defaults(LoopBuilder loop) {
        loop.beforeLoop(this::ready)
                .backoff(Backoff.exponential(Duration.ofSeconds(2), Duration.ofMinutes(1)))
                .on(ErrorResponseException.class, e -> e.isServerError() ? Reaction.RETRY : Reaction.CONTINUE)
                // JDA knows the bot's permissions, and asks Discord only if they suffice.
                .continueOn(PermissionException.class);
    }

    /**
     * Tells a runtime what becomes of JDA's session. After a reconnect, loops whose last request failed or that found JDA not connected try
     * again at once. When JDA has ended, because Discord has closed the session for good (such as for a wrong token) or the program has shut
     * JDA down, the runtime is closed as {@link LoopRuntime#close} does. Otherwise its loops would go on without a bot. The thread that
     * closes it is a virtual one of its own.
     *
     * @param loops the runtime
     */
    public void watch(LoopRuntime loops) {
        SessionWatch watch = new SessionWatch(Objects.requireNonNull(loops, "loops"));
        jda.addEventListener(watch);
        if (jda.getStatus() == JDA.Status.SHUTDOWN) { // before the listener was there
            watch.end();
        }
    }

    /**
     * Waits until JDA is connected and has loaded its caches. {@link #defaults} makes it the {@code beforeLoop} of all loops.
     *
     * @throws InterruptedException if the waiting thread is interrupted
     * @throws IllegalStateException if JDA has ended
     */
    public void ready() throws InterruptedException {
        jda.awaitReady();
    }

    /**
     * Sends a request and waits for its answer. If the thread is interrupted, by a timeout or a cancel, JDA forgets the request unless it is
     * on the wire already. {@code action.submit().get()} would leave it with JDA, which sends it later: twice, if the loop retries.
     *
     * <p>Give it the request itself. The cancel does not reach through {@code map} and {@code flatMap}; wait for one request after the other
     * instead.
     *
     * @param <T> the type of the answer; null for requests that have none
     * @param action the request
     * @return the answer
     * @throws InterruptedException if the waiting thread is interrupted
     * @throws ErrorResponseException if the request failed on its way or Discord refuses it
     * @throws java.util.concurrent.RejectedExecutionException if JDA has ended
     * @throws java.util.concurrent.CancellationException if somebody else has cancelled the request, such as the end of JDA
     * @throws CompletionException around any other checked exception; loops judge its cause
     */
    public static <T extends @Nullable Object> T await(RestAction<T> action) throws InterruptedException {
        CompletableFuture<T> answer = action.submit();
        try {
            return answer.get();
        } catch (InterruptedException e) {
            answer.cancel(true);
            throw e;
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            if (cause instanceof Error error) {
                throw error;
            }
            throw new CompletionException(cause);
        }
    }

    /**
     * Sends a text and waits until Discord has it. All attempts of an iteration send the same text to the same channel once: the message has
     * a {@link #nonce} of the loop, the slot, the channel and the text. A retry with another text is another message; set the nonce yourself
     * if your text changes.
     *
     * @param iteration the iteration that sends
     * @param channel where to
     * @param text what; at most 2,000 characters
     * @return the message
     * @throws InterruptedException if the waiting thread is interrupted, see {@link #await}
     * @throws ErrorResponseException if the request failed on its way or Discord refuses it
     */
    public Message send(Iteration iteration, MessageChannel channel, String text) throws InterruptedException {
        String nonce = nonce(iteration.loop().name(), iteration.scheduledAt(), channel.getId(), text);
        MessageCreateAction action = channel.sendMessage(text).setNonce(nonce);
        return await(action);
    }

    /**
     * Makes the nonce of a message: {@code channel.sendMessage(..).setNonce(nonce("news", article.id(), channel.getId()))}. Of several messages
     * with the same nonce Discord creates the first, and answers with it for the others. It remembers a nonce for a few minutes, over all
     * channels of the bot. So name everything that tells this message from all others. Without that, JDA makes another nonce for each attempt.
     *
     * @param parts what tells the message from others; their texts count, and their order
     * @return 24 characters, always the same for the same parts
     * @throws IllegalArgumentException if there is no part
     */
    public static String nonce(Object... parts) {
        if (parts.length == 0) {
            throw new IllegalArgumentException("parts must not be empty");
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Object part : parts) {
                digest.update(part.toString().getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0); // "a", "bc" is not "ab", "c"
            }
            byte[] hash = Arrays.copyOf(digest.digest(), NONCE_BYTES);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * Finds a channel in JDA's cache. When Discord invalidates a session, JDA empties its caches until it is connected again, and
     * {@code getTextChannelById} returns null.
     *
     * @param <C> the type of the channel
     * @param type the type of the channel, such as {@code TextChannel.class}
     * @param id the channel's id
     * @return the channel
     * @throws NotConnectedException if JDA does not have it because it is not connected, has not loaded everything yet, or a guild is
     *     unavailable; loops retry it
     * @throws NoSuchElementException if JDA is connected and does not have it: it does not exist, is of another type, or the bot may not see
     *     it
     */
    public <C extends Channel> C channel(Class<C> type, long id) throws NotConnectedException {
        C channel = jda.getChannelById(type, id);
        if (channel == null) {
            JDA.Status status = jda.getStatus();
            if (status != JDA.Status.CONNECTED
                    || jda.getChannelCache().isEmpty()
                    || !jda.getUnavailableGuilds().isEmpty()) {
                throw new NotConnectedException(
                        "no " + type.getSimpleName() + " " + id + " at the moment: JDA is " + status);
            }
            channel = jda.getChannelById(type, id); // it may have come meanwhile
        }
        if (channel == null) {
            throw new NoSuchElementException(
                    "no " + type.getSimpleName() + " " + id + ": it does not exist, or the bot may not see it");
        }
        return channel;
    }

    /**
     * Waits for what is on the wire, shuts JDA down, and waits until it has sent what is queued, so that a {@code queue()} in
     * {@code afterLoop} is not lost: {@code loops.shutdownOnExit(grace, () -> discord.shutdown(Duration.ofSeconds(2)))}. Requests that are
     * left after the limit are cancelled. The log says how many, unless it has ended already, as the JDK's own does at SIGTERM. An interrupt
     * ends the wait as the limit does, and the interrupt flag is set again.
     *
     * <p>If a rate limit holds requests back, it takes the whole limit, up to half a minute: JDA looks only that often whether it is done.
     * If others use JDA's HTTP client, their calls on the wire count, too, and so do the requests of another JDA in the JVM.
     *
     * @param limit how long to wait at most
     * @return how many requests were left, without an answer
     * @throws IllegalArgumentException if the limit is not positive
     */
    public int shutdown(Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("limit must be positive, but is " + limit);
        }
        long deadline = System.nanoTime() + TimeUnit.NANOSECONDS.convert(limit);
        boolean ended = false;
        try {
            // JDA's shutdown waits for the queue alone, and what comes back to it with a 429 is lost.
            wire.awaitQuiet(deadline);
            aside("JDA shutdown", jda::shutdown); // while it connects, it would wait longer than the limit
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            ended = jda.awaitShutdown(Math.max(1, left), TimeUnit.MILLISECONDS) && wire.awaitQuiet(deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (ended) {
            return 0;
        }
        // None if JDA only waits for the gateway, or for the turn of a request that was cancelled.
        int left = wire.cancelQueued();
        if (left > 0) {
            LOG.log(System.Logger.Level.WARNING, left + " requests have no answer: JDA has not ended within " + limit);
        }
        aside("JDA shutdown now", jda::shutdownNow);
        return left;
    }

    private static void aside(String name, Runnable task) {
        Thread.ofPlatform().daemon().name(name).start(task);
    }
}
