package dev.vloop.examples.bots;

import dev.vloop.Loop;
import dev.vloop.LoopRuntime;
import dev.vloop.LoopState;
import dev.vloop.vthreads.VirtualLoops;
import java.time.Duration;
import org.kitteh.irc.client.library.Client;

/** A bot that says headlines. Arguments: host, port and channel of an IRC server, the pace in ms, and how many lines to say at once. */
final class IrcNews {
    private IrcNews() {}

    // region irc-speaker
    /** Says what is in the outbox. */
    static Loop speaker(LoopRuntime loops, Outbox outbox, Wire wire, Duration pace, Duration limit) {
        return loops.loop("speaker")
                .every(pace) // what the server allows: a line every second or two
                .timeout(limit) // 30 s, for instance: then it is logged, and waits on for the same line
                .afterLoop(end -> outbox.sayAll(wire)) // without a connection it fails, and the log says so
                .start(it -> outbox.sayNext(wire));
    }

    /** Back in the channel: if the speaker waits for its next attempt, it need not wait longer. */
    static void reconnected(LoopRuntime loops) {
        Loop speaker = loops.find("speaker");
        if (speaker != null && speaker.status().state() == LoopState.BACKING_OFF) {
            speaker.trigger();
        }
    }
    // end region

    // region irc-bot
    static void start(Client client, String channel, Outbox outbox, Duration pace) {
        LoopRuntime loops = VirtualLoops.create();
        IrcChannel irc = new IrcChannel(client, channel, () -> reconnected(loops));
        speaker(loops, outbox, irc, pace, Duration.ofSeconds(30));
        loops.loop("headlines")
                .every(Duration.ofMinutes(10))
                .start(it -> outbox.add("headline " + it.index())); // yours
        loops.shutdownOnExit(Duration.ofSeconds(4), () -> quit(irc)); // after all loops have ended
        client.connect();
    }

    private static void quit(IrcChannel irc) {
        try {
            irc.quit("back soon", Duration.ofSeconds(4));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
    // end region

    public static void main(String... arguments) {
        Client client = Client.builder()
                .nick("news")
                .server()
                .host(arguments[0])
                .port(Integer.parseInt(arguments[1]), Client.Builder.Server.SecurityType.INSECURE)
                .then()
                .build();
        Outbox outbox = new Outbox();
        int lines = Integer.parseInt(arguments[4]);
        for (int i = 0; i < lines; i++) {
            outbox.add("line " + i);
        }
        start(client, arguments[2], outbox, Duration.ofMillis(Long.parseLong(arguments[3])));
    }
}
