package dev.vloop.testkit.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's threads that watch sockets for virtual threads. From JDK 22 on some are virtual themselves, are started by the first
 * thread that waits for a socket, and get its scheduler. If that thread were of a test, the test would carry them, and after it no
 * virtual thread of the JVM would hear from a socket any more.
 */
final class SocketPollers {
    private SocketPollers() {}

    /** Has them started from now on, by a thread of no test. {@return what is over when they are there} */
    static CompletableFuture<@Nullable String> start() {
        return Probe.begin(() -> {
            Thread.startVirtualThread(SocketPollers::awaitNobody).join();
            return null;
        });
    }

    /** The interrupt ends the wait, but only after it has begun. A time limit could pass before, and nothing would be started. */
    private static void awaitNobody() {
        Thread.currentThread().interrupt();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            server.accept().close();
        } catch (IOException e) {
            // as expected, nobody connects; and without sockets nobody needs these threads
        }
    }
}
