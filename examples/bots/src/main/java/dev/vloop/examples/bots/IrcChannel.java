package dev.vloop.examples.bots;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import net.engio.mbassy.listener.Handler;
import org.kitteh.irc.client.library.Client;
import org.kitteh.irc.client.library.event.channel.RequestedChannelJoinCompleteEvent;
import org.kitteh.irc.client.library.event.client.ClientNegotiationCompleteEvent;
import org.kitteh.irc.client.library.event.client.ClientReceiveCommandEvent;
import org.kitteh.irc.client.library.event.client.ClientReceiveNumericEvent;
import org.kitteh.irc.client.library.event.connection.ClientConnectionEndedEvent;
import org.kitteh.irc.client.library.event.helper.UnexpectedChannelLeaveEvent;
import org.kitteh.irc.client.library.feature.filter.CommandFilter;
import org.kitteh.irc.client.library.feature.filter.NumericFilter;

// region irc-channel
/** A channel of an IRC server, by Kitteh. Its events come on Kitteh's threads; the other methods may be called by any. */
final class IrcChannel implements Wire {
    private final Client client;
    private final String name;
    private final Runnable onJoin;
    private final AtomicLong pings = new AtomicLong();
    private final Map<String, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>(); // by their PING
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile boolean joined;

    /** Registers itself with the client, which is not connected yet. {@code onJoin} is called after each join, the first one included. */
    IrcChannel(Client client, String name, Runnable onJoin) {
        this.client = client;
        this.name = name;
        this.onJoin = onJoin;
        client.getEventManager().registerEventListener(this);
    }

    /** The server answers a PING after what came before it. So its PONG is the receipt for the line. */
    @Override
    public Receipt send(String line) throws IOException {
        String ping = "line-" + pings.incrementAndGet();
        CompletableFuture<Void> pong = new CompletableFuture<>();
        waiting.put(ping, pong);
        if (!joined) { // asked after the put, so that a connection that ends now finds the future
            waiting.remove(ping);
            throw new IOException("not in " + name + " at the moment");
        }
        client.sendRawLineImmediately("PRIVMSG " + name + " :" + line); // past Kitteh's queue: the loop has the pace
        client.sendRawLineImmediately("PING :" + ping);
        return () -> await(pong);
    }

    /** Waits until Kitteh's own queue is empty, leaves with a reason, and returns when the connection is closed. */
    void quit(String reason, Duration limit) throws InterruptedException {
        boolean connected = joined;
        try {
            if (connected) {
                CompletableFuture<Void> pong = new CompletableFuture<>();
                waiting.put("quit", pong);
                client.sendRawLine("PING :quit"); // at the end of the queue, which shutdown() would throw away
                pong.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (ExecutionException | TimeoutException e) {
            System.err.println("what waited in Kitteh's queue may be lost: " + e);
        }
        client.shutdown(reason); // returns before the server has the reason
        if (connected) {
            ended.completeOnTimeout(null, limit.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        }
    }

    @Handler
    void onConnect(ClientNegotiationCompleteEvent event) {
        client.addChannel(name); // each time: Kitteh does not join again after a reconnect
    }

    @Handler
    void onJoin(RequestedChannelJoinCompleteEvent event) {
        joined = true;
        onJoin.run();
    }

    @Handler
    void onLeave(UnexpectedChannelLeaveEvent event) {
        joined = false;
        loseAll("the bot was sent out of " + name);
    }

    @Handler
    @CommandFilter("PONG")
    void onPong(ClientReceiveCommandEvent event) {
        CompletableFuture<Void> pong = waiting.remove(event.getParameters().getLast());
        if (pong != null) {
            pong.complete(null);
        }
    }

    /** The channel takes no line from the bot. The PONG comes all the same, so the line must be failed first. */
    @Handler
    @NumericFilter(404)
    void onRefusal(ClientReceiveNumericEvent event) {
        loseAll("the server refuses the line: " + event.getParameters().getLast());
    }

    @Handler
    void onEnd(ClientConnectionEndedEvent event) {
        joined = false;
        loseAll("the connection was lost");
        if (!event.willAttemptReconnect()) {
            ended.complete(null);
        }
    }

    private void loseAll(String why) {
        waiting.values().forEach(pong -> pong.completeExceptionally(new IOException(why)));
        waiting.clear();
    }

    private static void await(CompletableFuture<Void> pong) throws IOException, InterruptedException {
        try {
            pong.get();
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
    }
}
// end region
