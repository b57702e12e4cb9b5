package dev.vloop.jda.discord;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import net.dv8tion.jda.api.utils.data.DataObject;
import org.jspecify.annotations.Nullable;

/** The REST API: who the bot is, and a channel that takes messages. Of messages with the same nonce it creates the first. */
public final class FakeRest implements AutoCloseable {
    private static final String BASE = "/api/v10";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ReentrantLock lock = new ReentrantLock();

    /** A message has come, or a request. */
    private final Condition changed = lock.newCondition();

    /** What was created, in this order. Guarded by the lock. */
    private final List<DataObject> messages = new ArrayList<>();

    private final Map<String, DataObject> byNonce = new HashMap<>();

    /** For the next messages; when there is none left, they are created. Guarded by the lock. */
    private final Deque<Answer> next = new ArrayDeque<>();

    private int posts;
    private int repeats;

    /** Until then every message is answered with 429. */
    private Instant limitedUntil = Instant.EPOCH;

    private boolean down;

    /** Texts that begin like this are always created. */
    private @Nullable String spared;

    FakeRest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext(BASE, this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + BASE + "/";
    }

    /** What becomes of the next messages, one after the other. */
    public void next(Answer... answers) {
        lock.lock();
        try {
            next.addAll(List.of(answers));
        } finally {
            lock.unlock();
        }
    }

    /** Answers each message with 429 for so long. */
    public void limit(Duration time) {
        lock.lock();
        try {
            limitedUntil = Instant.now().plus(time);
        } finally {
            lock.unlock();
        }
    }

    /** Creates all messages whose text begins like this, whatever was told for the others. */
    public void spare(String beginning) {
        lock.lock();
        try {
            spared = beginning;
        } finally {
            lock.unlock();
        }
    }

    void down(boolean isDown) {
        lock.lock();
        try {
            down = isDown;
        } finally {
            lock.unlock();
        }
    }

    /** {@return the texts in the channel, in their order} */
    public List<String> texts() {
        lock.lock();
        try {
            return messages.stream()
                    .map(message -> message.getString("content"))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** {@return how often a message was sent again that was there already} */
    public int repeats() {
        lock.lock();
        try {
            return repeats;
        } finally {
            lock.unlock();
        }
    }

    /** {@return how many requests to create a message have come} */
    public int posts() {
        lock.lock();
        try {
            return posts;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until so many messages are in the channel. */
    public void awaitMessages(int count) throws InterruptedException {
        await(count, true);
    }

    /** Waits until so many requests to create a message have come, whatever their answers. */
    public void awaitPosts(int count) throws InterruptedException {
        await(count, false);
    }

    private void await(int count, boolean created) throws InterruptedException {
        long left = TimeUnit.SECONDS.toNanos(60);
        lock.lock();
        try {
            while ((created ? messages.size() : posts) < count) {
                if (left <= 0) {
                    throw new AssertionError("after a minute: " + posts + " requests, not " + count + "; " + messages);
                }
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] request = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            if (isDown()) {
                return; // without an answer, the connection breaks
            }
            if (path.equals(BASE + "/users/@me")) {
                answer(exchange, 200, Payloads.bot());
            } else if (path.equals(BASE + "/channels/" + Payloads.CHANNEL + "/messages")) {
                message(exchange, DataObject.fromJson(request));
            } else {
                answer(exchange, 404, Payloads.error(0, "404: Not Found"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the fake ends
        }
    }

    private boolean isDown() {
        lock.lock();
        try {
            return down;
        } finally {
            lock.unlock();
        }
    }

    private void message(HttpExchange exchange, DataObject body) throws IOException, InterruptedException {
        switch (decide(body.getString("content"))) {
            case Answer.Created() -> answer(exchange, 200, create(body));
            case Answer.CreatedLate(CountDownLatch release) -> {
                DataObject message = create(body);
                release.await();
                answer(exchange, 200, message);
            }
            case Answer.CreatedSlowly(Duration time) -> {
                DataObject message = create(body);
                Thread.sleep(time);
                answer(exchange, 200, message);
            }
            case Answer.CreatedButCut() -> create(body);
            case Answer.Cut() -> {}
            case Answer.RateLimited(int seconds) -> limited(exchange, seconds);
            case Answer.Refused(int status, int code) ->
                answer(exchange, status, Payloads.error(code, "as the test wants"));
        }
    }

    private Answer decide(String text) {
        lock.lock();
        try {
            posts++;
            changed.signalAll();
            if (spared != null && text.startsWith(spared)) {
                return new Answer.Created();
            }
            long limited = Duration.between(Instant.now(), limitedUntil).toMillis();
            if (limited > 0) {
                return new Answer.RateLimited((int) Math.ceilDiv(limited, 1_000L));
            }
            Answer answer = next.poll();
            return answer == null ? new Answer.Created() : answer;
        } finally {
            lock.unlock();
        }
    }

    /** {@return the new message, or the old one with the same nonce} */
    private DataObject create(DataObject body) {
        lock.lock();
        try {
            String nonce = body.getString("nonce", null);
            boolean enforced = nonce != null && body.getBoolean("enforce_nonce");
            DataObject old = enforced ? byNonce.get(nonce) : null;
            if (old != null) {
                repeats++;
                return old;
            }
            DataObject message = Payloads.message(1_000 + messages.size(), body.getString("content"), nonce);
            messages.add(message);
            if (enforced) {
                byNonce.put(nonce, message);
            }
            changed.signalAll();
            return message;
        } finally {
            lock.unlock();
        }
    }

    private static void limited(HttpExchange exchange, int seconds) throws IOException {
        exchange.getResponseHeaders().add("Retry-After", String.valueOf(seconds));
        exchange.getResponseHeaders().add("X-RateLimit-Scope", "user");
        answer(exchange, 429, Payloads.rateLimit(seconds));
    }

    private static void answer(HttpExchange exchange, int status, DataObject body) throws IOException {
        byte[] json = body.toJson();
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.getResponseHeaders().add("Via", "1.1 fake"); // without it, JDA takes a 429 for one of Cloudflare's
        exchange.sendResponseHeaders(status, json.length);
        exchange.getResponseBody().write(json);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
