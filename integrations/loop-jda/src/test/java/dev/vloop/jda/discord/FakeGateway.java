package dev.vloop.jda.discord;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import net.dv8tion.jda.api.utils.data.DataObject;
import org.java_websocket.WebSocket;
import org.java_websocket.drafts.Draft;
import org.java_websocket.exceptions.InvalidDataException;
import org.java_websocket.framing.CloseFrame;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.handshake.ServerHandshakeBuilder;
import org.java_websocket.server.WebSocketServer;

/** The gateway: says hello, takes identify, resume and heartbeats, and ends sessions in the ways that Discord has. */
public final class FakeGateway extends WebSocketServer {
    private static final int IDENTIFY = 2;
    private static final int RESUME = 6;
    private static final int HEARTBEAT = 1;

    private final CountDownLatch bound = new CountDownLatch(1);
    private final AtomicInteger identified = new AtomicInteger();
    private final AtomicInteger resumed = new AtomicInteger();
    private final AtomicInteger sequence = new AtomicInteger();

    /** Those that may be resumed. */
    private final Set<String> sessions = ConcurrentHashMap.newKeySet();

    private volatile boolean closed;

    private volatile boolean down;

    /** Whether it answers an identify with a close that is for good, as for a wrong token. */
    private volatile boolean refuses;

    /** The guild comes when it is open. */
    private volatile CountDownLatch guild = new CountDownLatch(0);

    private volatile long owner = Payloads.BOT;

    FakeGateway() throws InterruptedException {
        super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        setReuseAddr(true);
        setTcpNoDelay(true);
        setDaemon(true);
        setConnectionLostTimeout(0);
        start();
        bound.await();
    }

    String url() {
        return "ws://127.0.0.1:" + getPort() + "/";
    }

    /** {@return how often a session was begun} */
    public int identified() {
        return identified.get();
    }

    /** {@return how often a session was resumed} */
    public int resumed() {
        return resumed.get();
    }

    /** From the next session on, the bot may do nothing in the guild. */
    public void forbid() {
        owner = 1;
    }

    /** From the next session on, the guild, which JDA needs to be ready, is held back until the latch opens. */
    public void holdGuild(CountDownLatch until) {
        guild = until;
    }

    /** From now on a bot that identifies is refused for good, as with a wrong token. */
    public void refuse() {
        refuses = true;
    }

    /** Cuts the connections. The sessions may be resumed. */
    public void drop() {
        for (WebSocket connection : getConnections()) {
            connection.closeConnection(CloseFrame.ABNORMAL_CLOSE, "as the test wants");
        }
    }

    /** Ends the sessions: clients must identify again. */
    public void invalidate() {
        sessions.clear();
        broadcast(text(Payloads.invalidSession(false)));
    }

    /** Forgets the sessions, so that they cannot be resumed. */
    public void forgetSessions() {
        sessions.clear();
    }

    /** Closes the connections with a code of Discord, such as 4004. */
    public void closeWith(int code) {
        for (WebSocket connection : getConnections()) {
            connection.close(code, "as the test wants");
        }
    }

    void down(boolean isDown) {
        down = isDown;
        if (isDown) {
            drop();
        }
    }

    @Override
    public ServerHandshakeBuilder onWebsocketHandshakeReceivedAsServer(
            WebSocket connection, Draft draft, ClientHandshake request) throws InvalidDataException {
        if (down) {
            throw new InvalidDataException(CloseFrame.REFUSE, "down");
        }
        return super.onWebsocketHandshakeReceivedAsServer(connection, draft, request);
    }

    @Override
    public void onStart() {
        bound.countDown();
        Thread.ofPlatform().daemon().name("fake-gateway-flush").start(this::flush);
    }

    /**
     * The server's own thread stops looking at a connection when it has written all, and can miss what another thread adds in that moment. If
     * that is the answer to a close, JDA waits ten seconds for it.
     */
    private void flush() {
        while (!closed) {
            LockSupport.parkNanos(20_000_000);
            for (WebSocket connection : getConnections()) {
                if (connection.hasBufferedData()) {
                    onWriteDemand(connection);
                }
            }
        }
    }

    @Override
    public void stop(int timeout, String closeMessage) throws InterruptedException {
        closed = true;
        super.stop(timeout, closeMessage);
    }

    @Override
    public void onOpen(WebSocket connection, ClientHandshake handshake) {
        send(connection, Payloads.hello());
    }

    @Override
    public void onMessage(WebSocket connection, String message) {
        DataObject payload = DataObject.fromJson(message);
        switch (payload.getInt("op")) {
            case HEARTBEAT -> send(connection, Payloads.heartbeatAck());
            case IDENTIFY -> identify(connection);
            case RESUME -> resume(connection, payload.getObject("d").getString("session_id"));
            default -> {} // presences and the like
        }
    }

    private void identify(WebSocket connection) {
        if (refuses) {
            connection.close(4004, "Authentication failed.");
            return;
        }
        String session = "session-" + identified.incrementAndGet();
        sessions.add(session);
        send(connection, Payloads.ready(session, url(), sequence.incrementAndGet()));
        CountDownLatch until = guild;
        Thread.ofVirtual().start(() -> {
            try {
                until.await();
                send(connection, Payloads.guild(sequence.incrementAndGet(), owner));
            } catch (InterruptedException e) {
                throw new AssertionError("nobody interrupts this thread", e);
            }
        });
    }

    private void resume(WebSocket connection, String session) {
        if (sessions.contains(session)) {
            resumed.incrementAndGet();
            send(connection, Payloads.resumed(sequence.incrementAndGet()));
        } else {
            send(connection, Payloads.invalidSession(false));
        }
    }

    private static void send(WebSocket connection, DataObject payload) {
        if (connection.isOpen()) {
            connection.send(text(payload));
        }
    }

    private static String text(DataObject payload) {
        return payload.toString();
    }

    @Override
    public void onClose(WebSocket connection, int code, String reason, boolean remote) {}

    /** Broken connections are what tests want. */
    @Override
    public void onError(WebSocket connection, Exception e) {
        if (connection == null) {
            throw new AssertionError("the gateway itself has failed", e);
        }
    }
}
