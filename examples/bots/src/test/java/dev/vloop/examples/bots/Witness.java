package dev.vloop.examples.bots;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Sits in a channel and hears what the bot says, on a bare socket. It has a thread for each of its connections; the other methods are for
 * the test's thread, but for {@link #awaitPresent}.
 */
final class Witness implements AutoCloseable {
    /** Generous: a test that waits so long has failed. */
    private static final long LIMIT_SECONDS = 60;

    private final String channel;
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final List<String> all = new ArrayList<>();
    private volatile CountDownLatch present = new CountDownLatch(1);
    private volatile CountDownLatch lost = new CountDownLatch(1);
    private volatile Socket socket;

    Witness(int port, String channel) throws IOException, InterruptedException {
        this.channel = channel;
        join(port);
    }

    /** Connects, and returns when it is in the channel. */
    void join(int port) throws IOException, InterruptedException {
        lost = new CountDownLatch(1);
        Socket connection = new Socket(InetAddress.getLoopbackAddress(), port);
        socket = connection;
        send(connection, "NICK witness", "USER witness 0 * :witness");
        Thread.ofVirtual().start(() -> read(connection));
        awaitPresent();
    }

    /** Returns when the connection is lost, and all that came before has been read. The next line is for {@link #join}. */
    void awaitLost() throws InterruptedException {
        in(lost);
        present = new CountDownLatch(1);
    }

    /** Returns while it is in the channel. Any thread may call it. */
    void awaitPresent() throws InterruptedException {
        in(present);
    }

    /** {@return all it has heard since the beginning, up to and with the first that is new and fits} */
    List<String> hearUntil(Predicate<String> fits) throws InterruptedException {
        String last;
        do {
            last = heard.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
            if (last == null) {
                throw new AssertionError("nothing more for " + LIMIT_SECONDS + " s; heard so far: " + all);
            }
            all.add(last);
        } while (!fits.test(last));
        return List.copyOf(all);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static void in(CountDownLatch latch) throws InterruptedException {
        if (!latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("waited for more than " + LIMIT_SECONDS + " s");
        }
    }

    private void read(Socket connection) {
        CountDownLatch end = lost;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8))) {
            String line;
            while ((line = lines.readLine()) != null) {
                take(connection, line);
            }
        } catch (IOException e) {
            // the server was killed, or the test is over
        } finally {
            end.countDown();
        }
    }

    private void take(Socket connection, String line) throws IOException {
        String[] words = line.split(" ", 4);
        if (line.startsWith("PING ")) {
            send(connection, "PONG " + line.substring("PING ".length()));
        } else if (words[1].equals("001")) {
            send(connection, "JOIN " + channel);
        } else if (words[1].equals("366")) { // the end of the list of names: the join is complete
            present.countDown();
        } else if (words[1].equals("PRIVMSG")) {
            heard.add(words[3].substring(1));
        } else if (words[1].equals("QUIT")) {
            heard.add(line.substring(line.indexOf(" QUIT ") + 1));
        }
    }

    private static void send(Socket connection, String... lines) throws IOException {
        OutputStream out = connection.getOutputStream();
        for (String line : lines) {
            out.write((line + "\r\n").getBytes(UTF_8));
        }
        out.flush();
    }
}
