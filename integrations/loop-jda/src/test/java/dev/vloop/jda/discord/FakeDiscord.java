package dev.vloop.jda.discord;

import java.io.IOException;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.JDABuilder;
import net.dv8tion.jda.api.requests.RestConfig;
import net.dv8tion.jda.api.utils.Compression;
import net.dv8tion.jda.api.utils.SessionController;
import net.dv8tion.jda.api.utils.SessionControllerAdapter;

/** A Discord on this machine, with one guild and one channel, for JDA. It fails when it is told to. */
public final class FakeDiscord implements AutoCloseable {
    /** The id of its text channel. */
    public static final long CHANNEL = Payloads.CHANNEL;

    private final FakeRest rest = new FakeRest();
    private final FakeGateway gateway = new FakeGateway();

    /** Starts it on ports of its own. */
    public FakeDiscord() throws IOException, InterruptedException {}

    /** {@return a JDA that connects to it, and may not be ready yet} */
    public JDA connect() {
        return connect(JDABuilder.createLight("token"), restUrl(), gatewayUrl()).build();
    }

    /** {@return the builder of a bot that connects to the fake with these addresses, also from another process} */
    public static JDABuilder connect(JDABuilder bot, String restUrl, String gatewayUrl) {
        return bot.setRestConfig(new RestConfig().setBaseUrl(restUrl))
                .setSessionController(new Impatient(gatewayUrl))
                .setCompression(Compression.NONE)
                .setEnableShutdownHook(false);
    }

    /** {@return the REST API} */
    public FakeRest rest() {
        return rest;
    }

    /** {@return the gateway} */
    public FakeGateway gateway() {
        return gateway;
    }

    /** {@return the address of its REST API} */
    public String restUrl() {
        return rest.url();
    }

    /** {@return the address of its gateway} */
    public String gatewayUrl() {
        return gateway.url();
    }

    /** From now on nobody answers, and all connections are cut. */
    public void goDown() {
        rest.down(true);
        gateway.down(true);
    }

    /** It answers again. */
    public void comeBack() {
        rest.down(false);
        gateway.down(false);
    }

    @Override
    public void close() {
        rest.close();
        try {
            gateway.stop(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Knows the gateway's address, and does not wait five seconds between two sessions as Discord asks for. */
    private static final class Impatient extends SessionControllerAdapter implements SessionController {
        private final String url;

        Impatient(String url) {
            this.url = url;
        }

        @Override
        public String getGateway() {
            return url;
        }

        @Override
        protected void runWorker() {
            synchronized (lock) {
                if (workerHandle == null) {
                    workerHandle = new QueueWorker(0L);
                    workerHandle.start();
                }
            }
        }
    }
}
