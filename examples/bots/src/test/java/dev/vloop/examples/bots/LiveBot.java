package dev.vloop.examples.bots;

import dev.vloop.Backoff;
import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import dev.vloop.vthreads.VirtualLoops;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.engio.mbassy.listener.Handler;
import org.kitteh.irc.client.library.Client;
import org.kitteh.irc.client.library.event.connection.ClientConnectionEndedEvent;
import org.kitteh.irc.client.library.feature.sending.SingleDelaySender;

/** The bot of docs/bots.md in this JVM, in a hurry, and saying nothing while the witness is away. */
final class LiveBot implements AutoCloseable {
    private static final int KITTEHS_PACE_MS = 100;
    private static final int RECONNECT_MS = 300;

    final Outbox outbox = new Outbox();
    final Client client;
    final IrcChannel irc;

    /** Lines whose connection was lost before their receipt: nobody can know whether the server had them. */
    final Set<String> inDoubt = ConcurrentHashMap.newKeySet();

    private final LoopRuntime loops;
    private final CountDownLatch joined = new CountDownLatch(1);

    LiveBot(int port, String channel, Witness witness) throws InterruptedException {
        loops = VirtualLoops.builder()
                .defaults(all -> all.backoff(Backoff.fixed(Duration.ofMillis(20)))
                        .interceptAttempts((iteration, chain) -> {
                            witness.awaitPresent();
                            chain.proceed();
                        }))
                .create();
        client = Client.builder()
                .nick("news")
                .server()
                .host("127.0.0.1")
                .port(port, Client.Builder.Server.SecurityType.INSECURE)
                .then()
                .management()
                .messageSendingQueueSupplier(SingleDelaySender.getSupplier(KITTEHS_PACE_MS))
                .then()
                .build();
        client.setExceptionListener(null); // it prints each connection that is refused
        client.getEventManager().registerEventListener(this);
        irc = new IrcChannel(client, channel, () -> {
            IrcNews.reconnected(loops);
            joined.countDown();
        });
        client.connect();
        if (!joined.await(1, TimeUnit.MINUTES)) {
            throw new AssertionError("the bot has not joined within a minute");
        }
    }

    Loop speak(Duration pace, Duration limit) {
        return IrcNews.speaker(loops, outbox, this::send, pace, limit);
    }

    /** Ends its loops, which say what is left. */
    void finish() {
        loops.shutdown(Duration.ofMinutes(1));
    }

    private Wire.Receipt send(String line) throws IOException {
        Wire.Receipt receipt = irc.send(line);
        return () -> {
            try {
                receipt.await();
            } catch (IOException e) {
                inDoubt.add(line);
                throw e;
            }
        };
    }

    @Handler
    void onEnd(ClientConnectionEndedEvent event) {
        event.setReconnectionDelay(RECONNECT_MS);
    }

    @Override
    public void close() {
        loops.close();
        client.shutdown();
    }
}
