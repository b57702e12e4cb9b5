package dev.vloop.dashboard;

import dev.vloop.Loop;
import dev.vloop.LoopHealth;
import dev.vloop.LoopRuntime;
import dev.vloop.internal.Arguments;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A web page that shows the loops of a runtime and controls them, on the JDK's own HTTP server.
 *
 * {@snippet :
 * LoopHistory history = new LoopHistory();
 * LoopRuntime loops = VirtualLoops.builder().name("bot").listener(history).create();
 * LoopDashboard page = LoopDashboard.builder(loops).history(history).start();
 * System.out.println("loops: " + page.link());
 * }
 *
 * <p>It listens on this machine alone, and lets in only those who have opened its {@link #link}. Nothing is computed while nobody looks.
 * Its threads are daemons: they do not keep the JVM alive, and inherit nothing from whoever starts it. All methods may be called from
 * any thread.
 */
public final class LoopDashboard implements AutoCloseable {
    private final DashboardHandler handler;
    private final JdkServer server;
    private final URI link;

    LoopDashboard(Settings settings) throws IOException {
        String token = settings.tokenOrRandom();
        handler = new DashboardHandler(settings, new Gate(settings, token));
        server = new JdkServer(settings, handler);
        link = URI.create(server.uri() + "?token=" + Html.inQuery(token));
    }

    /**
     * Begins to set up a page.
     *
     * @param loops the runtime that it shows
     * @return a builder for the page
     */
    public static Builder builder(LoopRuntime loops) {
        return new Settings(Arguments.notNull(loops, "loops"));
    }

    /**
     * Returns the link that lets people in. Show it to those who may control the loops, and to nobody else. The page that it opens takes
     * the token out of the address and keeps it in a cookie.
     *
     * @return the address of the page, with its token
     */
    public URI link() {
        return link;
    }

    /** {@return the address of the page, without its token} */
    public URI uri() {
        return server.uri();
    }

    /** Ends the server, and hangs up on all who look. A second call does nothing. */
    @Override
    public void close() {
        handler.close();
        server.close();
    }

    /** The settings of a page, until it is started. Used by one thread. */
    public interface Builder {
        /**
         * Shows what a listener remembers: the last iterations, and failures with their stacks. Without it, the page shows only what a
         * loop's status tells.
         *
         * @param history the listener that was given to the builder of the runtime
         * @return this builder
         */
        Builder history(LoopHistory history);

        /**
         * Says which loops are well; {@link LoopHealth#standard} unless set.
         *
         * @param rule is asked for {@code /health}, and for a loop that somebody looks at
         * @return this builder
         */
        Builder health(LoopHealth rule);

        /**
         * Shows the loops but lets nobody control them. The server then refuses every change, and the page has no buttons. False unless set.
         *
         * @param readOnly whether nothing can be changed
         * @return this builder
         */
        Builder readOnly(boolean readOnly);

        /**
         * Sets the port.
         *
         * @param port from 1 to 65,535; 0 for any that is free, which is the default
         * @return this builder
         * @throws IllegalArgumentException if it is out of range
         */
        Builder port(int port);

        /**
         * Listens on another address than the loopback. The page speaks plain HTTP, so everybody on the way can read and change what it
         * says. Put a proxy with TLS in front of it, or use an SSH tunnel instead. It needs a {@link #token}, and the names under which it is
         * reached as {@link #allowHost}.
         *
         * @param address the address
         * @return this builder
         */
        Builder address(InetAddress address);

        /**
         * Sets the token that the link has; a random one for each start unless set. With your own, links and cookies outlive a restart.
         *
         * @param token at least 20 characters, which nobody can guess
         * @return this builder
         * @throws IllegalArgumentException if it is shorter
         */
        Builder token(String token);

        /**
         * Lets requests in that name this host, for a proxy or another address. The loopback's names and addresses are always let in, all
         * others are refused: a foreign site could otherwise give its own name the address of this machine.
         *
         * @param host a name or an address, without a port
         * @return this builder
         * @throws IllegalArgumentException if it is blank
         */
        Builder allowHost(String host);

        /**
         * Names a header in which a proxy says who asks, for the audit log. Anybody who gets past the proxy can write anything there.
         *
         * @param header for instance {@code X-Forwarded-User}
         * @return this builder
         * @throws IllegalArgumentException if it is blank
         */
        Builder userHeader(String header);

        /**
         * Sets the time zone in which times are shown until somebody chooses another; the system's unless set.
         *
         * @param zone the zone
         * @return this builder
         */
        Builder zone(ZoneId zone);

        /**
         * Takes secrets out of what exceptions, options and facts say, before it is shown. If the function throws, the text is not shown.
         *
         * @param redact gets a text and returns what may be seen of it
         * @return this builder
         */
        Builder redact(UnaryOperator<String> redact);

        /**
         * Adds facts about a loop to its page: for instance which guild it belongs to.
         *
         * @param facts is asked on a thread of the page while somebody looks at a loop; names of facts and their texts
         * @return this builder
         */
        Builder facts(Function<? super Loop, ? extends Map<String, String>> facts);

        /**
         * Starts a server with these settings.
         *
         * @return the page
         * @throws IOException if it cannot listen there, for instance because the port is taken
         * @throws IllegalStateException if the address is not the loopback and there is no token
         */
        LoopDashboard start() throws IOException;

        /**
         * Makes the page without a server, for a framework that has one. It asks for no token: <b>the framework must let in only those who
         * may control the loops.</b> Port, address and token are ignored; all other settings apply.
         *
         * @return the handler, to be mounted
         */
        DashboardHandler handler();
    }
}
